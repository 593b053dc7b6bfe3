"""What may the clinic's own reference for a patient look like, as staff type it?"""

LONGEST = 64

NO_REFERENCE = "Enter the clinic's reference for the patient, of up to 64 characters."


def is_reference(typed: str) -> bool:
    """Say whether it is one line of 1 to 64 characters."""
    return typed.isprintable() and 0 < len(typed) <= LONGEST
