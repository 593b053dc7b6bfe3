"""What can go wrong around a form, and where is it told? `fault` marks a test as a row.

docs/faults.md is made of these rows: what goes wrong, what the patient sees, and what
the test shows. Each row's picture is called as its test is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One row: `test` is the name of the test, the rest is said in whole sentences."""

    test: str
    what: str
    sees: str
    kept: str

    @property
    def picture(self):
        """Return the name of its picture, without a folder or an ending."""
        return self.test.removeprefix("test_").replace("_", "-")


FAULTS = []
"""Every row, in the order of the tests."""


def fault(*, what, sees, kept):
    """Note the test as a row of the table."""

    def noted(test):
        FAULTS.append(Fault(test=test.__name__, what=what, sees=sees, kept=kept))
        return test

    return noted
