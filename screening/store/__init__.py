"""What is kept, how is it kept secret, and how is it shown not to have changed?

Rules of this room: what a patient said leaves this package only decrypted and in
frozen dataclasses that do not show it in their `repr`; every method that changes or
reads a record does so, with its audit row, in one transaction, and returns only after
the commit. `opening.py` puts the parts together; start reading there.
"""
