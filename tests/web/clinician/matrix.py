"""Which role opens which page? One line a page, kept as tests/golden/roles.txt.

Run `python -m tests.web.clinician.matrix` after a page was added or a permission was
changed, and read what became of the table: it is the whole answer to who may do what.
"""

import re
import tempfile
from datetime import timedelta
from pathlib import Path

from screening.accounts.permissions import Role
from screening.accounts.sessions import Stage
from screening.web.clinician.gate import ANYBODY
from screening.web.clinician.routes import ROUTES
from tests.web.clinician.conftest import ADA, Browser, open_clinic, worked_cases
from tests.web.conftest import new_key_ring, plain_config, secure_client

GOLDEN = Path(__file__).parents[2] / "golden" / "roles.txt"
ROLES = ("clinician", "coordinator", "administrator")
COLUMNS = ("nobody", "half", "enrolling", *ROLES)
HEADING = """\
Who opens which page of the clinic, as the status that each is answered with: 200 a
page, 303 on to another one, 400 and 422 a form that was not filled in, 401 sign in
first, 403 and 404 refused. "half" gave the password and no second factor; "enrolling"
gave the password and has no second factor yet. "fresh" asks for a second factor again
after five minutes. Made by `python -m tests.web.clinician.matrix`.
"""


class Opener:
    """Opens each page as everybody in turn, in a session that was just begun."""

    def __init__(self, clinic):
        self.clinic = clinic
        self.reference = clinic.submit("L1", contact=ADA)
        self.other = clinic.submit("L1", contact=ADA)
        self.spare = clinic.newcomer("coordinator", "somebody").id
        self.link = clinic.accounts.staff_invitations.invite(
            display_name="New Person", role=Role.CLINICIAN, actor=clinic.actor
        ).token

        self.invitation = clinic.store.invitations.create(
            clinic_reference="MRN 0042",
            expires_at=clinic.clock() + timedelta(days=14),
            actor=clinic.actor,
        ).id

    def answer(self, column, route):
        browser = Browser(secure_client(self.clinic.app))
        browser.get("/clinic/sign-in")
        if column != "nobody":
            browser.client.set_cookie("__Host-clinic", self.token(column), secure=True)
        path = self.path(route)
        if route.method == "POST":
            form = {"reference": self.reference, "role": ROLES[0], "name": "New Person"}
            return browser.post(path, **form)
        return browser.get(path)

    def path(self, route):
        named = {
            "reference": self.reference,
            "one": self.reference,
            "other": self.other,
            "user_id": self.spare,
            "token": self.link,
            "export_id": "none-of-this-id-22-xxx",
            "number": "1",
            "invitation_id": self.invitation,
        }
        return re.sub(r"<(\w+)>", lambda found: named[found[1]], route.address)

    def token(self, column):
        stage = Stage(column) if column in set(Stage) else Stage.WHOLE
        name = self.clinic.person(column if column in ROLES else ROLES[0])
        return self.clinic.session(name, stage).token


def table(clinic):
    """Give the whole text; `clinic` is one of a test."""
    opener = Opener(clinic)
    found = {}
    for column in COLUMNS:
        for route in ROUTES:
            found[column, route.name] = opener.answer(column, route).status_code
        clinic.clock.step(minutes=6)
    lines = [(("", "page", "needs", *COLUMNS))]
    lines += [
        (
            route.method,
            route.address,
            needs(route),
            *(str(found[column, route.name]) for column in COLUMNS),
        )
        for route in ROUTES
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = (
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True))
        for line in lines
    )
    return HEADING + "\n" + "\n".join(line.rstrip() for line in drawn) + "\n"


def needs(route):
    if route.stages == ANYBODY:
        return "nothing"
    if route.permission is None:
        return "the password"
    return route.permission.value + (", fresh" if route.fresh_at else "")


def main():
    """Write the table anew."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_clinic(
            plain_config(new_key_ring()), Path(folder), worked_cases()
        ) as clinic,
    ):
        GOLDEN.write_text(table(clinic), "utf-8")


if __name__ == "__main__":
    main()
