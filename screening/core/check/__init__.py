"""What a questionnaire may still have wrong once it can be read.

Each room looks for one kind of fault in what `load` made, and notes it where the file
says so. Nothing here is needed to evaluate a patient.
"""
