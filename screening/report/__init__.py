"""What the clinician holds: the summary of one record, and its PDF.

Only this folder draws: nothing outside it imports reportlab, and nothing in it reads
the clock, the database or the network.
"""
