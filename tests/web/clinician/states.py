"""Which pages has the clinic's staff, and in which states is each met?

`every_state(clinic)` takes a clinic of a test from its first day to a busy one, and
gives each page with a name as somebody sees it: empty, wrongly filled in, full, or
refused.
Tests look at them in a browser; `endpoints` says which pages were met.
"""

from screening.accounts.permissions import Role
from screening.accounts.sessions import Stage
from screening.store.audit import Actor
from screening.web.shell import put_shell
from tests.accounts.authenticators import AppOfATest
from tests.web.clinician.conftest import ADA, PASSWORD, Browser
from tests.web.clinician.deciding import (
    NOT_NOW,
    begin,
    decide,
    home,
    revision_in,
    save,
    write,
)
from tests.web.clinician.test_invitations import LIST, by_links, invite, one_of
from tests.web.clinician.test_letters import draft, preview, release
from tests.web.clinician.test_staff import join, link_in, stranger
from tests.web.clinician.test_visit import SESSIONS, mark, said

LONG = "A remark that goes on for a while, as remarks about patients do. " * 12
WORST = "Wolfeschlegelsteinhausenbergerdorff " * 3
ADDRESS = "/clinic/submissions/{}"


def every_state(clinic):
    """Give (name, answer) of each page in each of its states."""
    for part in (
        signing_in,
        first_day,
        own_account,
        staff,
        accounts_help,
        inviting,
        desk,
        persons,
    ):
        yield from part(clinic)


def endpoints(clinic, answers):
    """Give the names of the pages that these answers are of."""
    adapter = clinic.app.url_map.bind("clinic.example")
    return {
        adapter.match(one.request.path, one.request.method)[0].partition(".")[2]
        for one in answers
    }


def signing_in(clinic):
    """Yield the pages before somebody is in."""
    name = clinic.person("clinician")
    browser = stranger(clinic)
    yield "sign-in", browser.get("/clinic/sign-in")
    yield "sign-in-wrong", browser.give_password(name, "not the password")
    yield "sign-in-passkey-wrong", browser.post("/clinic/sign-in/passkey")
    yield "not-signed-in", stranger(clinic).get("/clinic")
    half = clinic.quick("clinician", Stage.HALF)
    yield "second-step", half.get("/clinic/sign-in/second")
    yield "second-step-wrong", half.post("/clinic/sign-in/second", code="000000")
    yield "second-step-passkey", half.post("/clinic/sign-in/second/passkey")
    for _ in range(5):
        wait = half.post("/clinic/sign-in/second", code="000000")
    yield "second-step-wait", wait
    enrolling = clinic.quick("clinician", Stage.ENROLLING)
    yield "set-up", enrolling.get("/clinic/set-up")
    yield "set-up-app", enrolling.get("/clinic/account/app")
    yield "link-over", stranger(clinic).get("/clinic/join/not-a-link")


def first_day(clinic):
    """Yield the pages of a clinic in which nothing has happened yet."""
    clinician = clinic.quick("clinician")
    yield "queue-empty", clinician.get("/clinic")
    yield "glance-empty", clinician.get("/clinic/at-a-glance")
    yield "exports-none", clinician.get("/clinic/exports")
    yield "duplicates-empty", clinician.get("/clinic/duplicates")
    yield "no-such-page", clinician.get("/clinic/submissions/K7QM-2XRD")


def own_account(clinic):
    """Yield what somebody sees of their own sign-in."""
    clinic.clock.step(minutes=10)
    browser = clinic.quick("coordinator")
    yield "account", browser.get("/clinic/account")
    yield "account-app", browser.get("/clinic/account/app")
    yield "account-app-wrong", browser.post("/clinic/account/app", code="000000")
    yield "account-passkey", browser.get("/clinic/account/passkey")
    yield "account-passkey-wrong", browser.post("/clinic/account/passkey", name="")
    yield "account-only-app", browser.post("/clinic/account/app/remove")
    yield "account-password", browser.get("/clinic/account/password")
    wrong = {"password": "short", "again": "other"}
    yield "account-password-wrong", browser.post("/clinic/account/password", **wrong)
    yield "confirm", browser.get("/clinic/confirm")
    yield "confirm-wrong", browser.post("/clinic/confirm", code="000000")
    yield "confirm-passkey-wrong", browser.post("/clinic/confirm/passkey")
    yield "account-codes", browser.post("/clinic/account/codes")


def staff(clinic):
    """Yield what whoever looks after accounts sees."""
    browser = clinic.quick("administrator")
    yield "staff-invite", browser.get("/clinic/staff/invite")
    yield "staff-invite-wrong", browser.post("/clinic/staff/invite")
    invited = browser.post("/clinic/staff/invite", name=WORST, role="clinician")
    yield "staff-invited", invited
    yield "join", stranger(clinic).get(link_in(invited))
    yield "join-wrong", join(stranger(clinic), link_in(invited), password="short")
    clinic.close_account("gone")
    yield "staff", browser.get("/clinic/staff")
    user = clinic.user("clinician")
    yield "person", browser.get(f"/clinic/staff/{user.id}")
    link = browser.post(f"/clinic/staff/{user.id}/password")
    yield "person-password-link", link
    yield "join-new-password", stranger(clinic).get(link_in(link))
    own = clinic.user("administrator")
    yield "person-oneself", browser.get(f"/clinic/staff/{own.id}")
    gone = clinic.accounts.users.named("gone")
    yield "person-closed", browser.get(f"/clinic/staff/{gone.id}")
    yield "audit", browser.get("/clinic/audit")
    browser.post("/clinic/audit/check")
    yield "audit-checked", browser.get("/clinic/audit")
    yield "audit-nothing", browser.get("/clinic/audit?actor=nobody")
    yield "audit-wrong-day", browser.get("/clinic/audit?day=never")
    yield "refused", browser.get("/clinic")


def accounts_help(clinic):
    """Yield how a coordinator fills in with somebody, and reads in an emergency."""
    browser = clinic.quick("coordinator")
    yield "fill-in", browser.get("/clinic/fill-in")
    yield "fill-in-wrong", browser.post("/clinic/fill-in")
    yield "emergency", browser.get("/clinic/emergency")
    yield "emergency-wrong", browser.post("/clinic/emergency", reason="")
    browser.post("/clinic/emergency", reason="Nobody answers the telephone.")
    yield "emergency-open", browser.get("/clinic/emergency")
    browser.post("/clinic/emergency/end")


def inviting(clinic):
    """Yield how patients are invited, first where they need no link."""
    browser = clinic.quick("coordinator")
    yield "invitations-no-links", browser.get(LIST)
    shell = clinic.app.extensions["screening"]
    by_links(clinic)
    yield "invitations-none", browser.get(LIST)
    yield "invitations-find-wrong", browser.post(f"{LIST}/find", reference="what")
    yield "invite-patient", browser.get(f"{LIST}/new")
    yield "invite-patient-wrong", invite(browser, "")
    yield "invite-patient-link", invite(browser, WORST[:60])
    yield "invite-patient-twice", invite(browser, WORST[:60])
    one = one_of(clinic)
    yield "invitation", browser.get(one)
    yield "invitation-resent", browser.post(f"{one}/resend", days="30")
    yield "invitation-not-sure", browser.post(f"{one}/withdraw")
    yield "invitation-no-days", browser.post(f"{one}/prolong")
    invite(browser, "MRN 0043")
    browser.post(f"{one}/withdraw", sure="yes")
    yield "invitation-withdrawn", browser.get(one)
    yield "invitations", browser.get(LIST)
    put_shell(clinic.app, shell)


def desk(clinic):
    """Yield the queue and everything that is done from it."""
    named = {**ADA, "name": WORST}
    for case in ("L1", "N1", "R1", "R2", "N2"):
        clinic.submit(case, contact=ADA)
        clinic.clock.step(hours=5)
    urgent = clinic.submit("U1", contact=named, help_at=clinic.clock())
    clinic.clock.step(minutes=4)
    yield from _queue(clinic)
    yield from _records(clinic, urgent)
    yield from _deciding(clinic)
    yield from _exports(clinic, urgent)
    yield from _visit(clinic, urgent)
    yield from _letters(clinic)


def _queue(clinic):
    browser = clinic.quick("clinician")
    yield "queue", browser.get("/clinic")
    yield "queue-coordinator", clinic.quick("coordinator").get("/clinic")
    yield "queue-find-wrong", browser.post("/clinic/find", reference="what")
    yield "queue-find-none", browser.post("/clinic/find", reference="K7QM-2XRD")
    yield "queue-nothing-decided", browser.get("/clinic?show=decided-invite")
    yield "glance", browser.get("/clinic/at-a-glance")
    reference = clinic.submit("L1")
    path = f"{ADDRESS.format(reference)}/assign"
    yield "assign", browser.get(path)
    yield "assign-not-chosen", browser.post(path)
    browser.post(path, was="", to=clinic.user("clinician").id)
    yield "assign-meanwhile", browser.post(path, was="", to="")
    yield "queue-mine", browser.get("/clinic?show=mine")


def _records(clinic, urgent):
    browser = clinic.quick("clinician")
    yield "record-urgent", browser.get(ADDRESS.format(urgent))
    yield "record-plain", browser.get(ADDRESS.format(clinic.submit("L2")))
    wordy = clinic.submit(
        "R1", changes={"medicines": [{"medicine": WORST, "dose": LONG[:200]}]}
    )
    yield "record-wordy", browser.get(ADDRESS.format(wordy))
    broken = clinic.submit("N1")
    clinic.damage(broken)
    yield "record-damaged", browser.get(ADDRESS.format(broken))
    yield "queue-damaged", browser.get("/clinic")


def persons(clinic):
    """Yield what is shown of people who came twice."""
    eve = {"name": WORST, "date_of_birth": "1979-01-30", "phone": "01632 960 777"}
    taken = {"medicines": [{"medicine": "Drops", "dose": LONG[:200]}]}
    first = clinic.submit("R1", contact=eve, changes=taken)
    clinic.clock.step(days=40)
    second = clinic.submit("U1", contact=eve)
    clinician, coordinator = clinic.quick("clinician"), clinic.quick("coordinator")
    yield "duplicates", coordinator.get("/clinic/duplicates")
    last = clinic.store.persons.pairs(actor=clinic.actor, size=100).entries[-1].key
    yield "duplicates-end", clinician.get(f"/clinic/duplicates?after={last}")
    path = f"/clinic/duplicates/{first}/{second}"
    yield "pair", clinician.get(path)
    coordinator.get(path)
    yield "pair-not-chosen", coordinator.post(path, revision="0")
    yield "record-may-be-the-same", clinician.get(ADDRESS.format(second))
    clinician.get(path)
    clinician.post(path, revision="0", verdict="same")
    yield "pair-said", clinician.get(path)
    yield "duplicates-said", clinician.get("/clinic/duplicates?show=same")
    yield "pair-meanwhile", clinician.post(path, revision="0", verdict="different")
    yield "record-changed", clinician.get(ADDRESS.format(second))
    yield "record-older", clinician.get(ADDRESS.format(first))
    clinic.clock.step(days=40)
    clinic.put_a_newer_version_in_use()
    third = clinic.submit("U1", contact=eve, changes=taken)
    clinician = clinic.quick("clinician")
    clinician.get(f"/clinic/duplicates/{second}/{third}")
    clinician.post(f"/clinic/duplicates/{second}/{third}", revision="0", verdict="same")
    yield "record-third", clinician.get(ADDRESS.format(third))
    clinic.damage(first)
    yield "record-beside-damaged", clinician.get(ADDRESS.format(third))


def _deciding(clinic):
    ann, ben = clinic.quick("clinician"), _another(clinic)
    reference = clinic.submit("R1", contact=ADA)
    begin(ben, reference)
    begin(ann, reference)
    yield "record-two-write", ann.get(ADDRESS.format(reference))
    draft = ann.get(f"{home(reference)}/draft")
    yield "deciding", draft
    save(ann, reference)
    yield "deciding-unfinished", ann.get(f"{home(reference)}/draft")
    save(ann, reference, then="record", **NOT_NOW)
    old = revision_in(draft)
    yield "deciding-two-windows", save(ann, reference, revision=old, reason=LONG)
    write(ann, reference, **NOT_NOW)
    yield "sign", ann.get(f"{home(reference)}/sign")
    wrong = {"seen": "0" * 64, "password": "wrong", "code": "000000"}
    yield "sign-wrong", ann.post(f"{home(reference)}/sign", **wrong)
    write(ben, reference, decision="refer", reason=LONG)
    yield "decided", decide(ann, reference, **NOT_NOW)
    yield "sign-meanwhile", ben.get(f"{home(reference)}/sign")
    yield "record-decided", ann.get(ADDRESS.format(reference))
    yield "amended", decide(ann, reference, decision="refer", reason=LONG)
    asked = clinic.submit("U1")
    again = {"reason": "To be sure.", "ask-answered": ["liver", "age"]}
    decide(ann, asked, decision="ask", **again)
    yield "decided-asked", ann.get(home(asked))
    yield "decided-code", ann.post(f"{home(asked)}/code")
    yield "decision-none", ann.get(home(clinic.submit("L1")))


def _another(clinic):
    """Give the browser of a second clinician."""
    user = clinic.accounts.users.create(
        username="ben",
        display_name="Dr Ben Cole",
        role=Role.CLINICIAN,
        password=PASSWORD,
        actor=Actor.service("test"),
    )
    clinic.apps["ben"] = AppOfATest.of(clinic.accounts, user.id)
    browser = Browser(stranger(clinic).client, apps=clinic.apps)
    token = clinic.session("ben").token
    browser.client.set_cookie("__Host-clinic", token, secure=True)
    browser.get("/clinic/account")
    return browser


def _exports(clinic, reference):
    browser = clinic.quick("clinician")
    browser.get("/clinic")
    yield "export-nothing-chosen", browser.post("/clinic/exports")
    wish = {"form": "ndjson", "reason": LONG[:120], "chosen": [reference]}
    path = browser.post("/clinic/exports", **wish).location
    yield "export-waiting", browser.get(path)
    clinic.make_exports()
    yield "export-ready", browser.get(path)
    other = browser.post("/clinic/exports", **wish).location
    browser.post(f"{other}/cancel")
    yield "export-cancelled", browser.get(other)
    yield "exports", browser.get("/clinic/exports")
    clinic.clock.step(minutes=6)
    yield "export-confirm", browser.post("/clinic/exports", **wish)
    wrong = browser.post("/clinic/exports/code", **wish, code="000000")
    yield "export-confirm-wrong", wrong
    passkey = browser.post("/clinic/exports/passkey", **wish)
    yield "export-confirm-passkey-wrong", passkey


def _visit(clinic, urgent):
    browser = clinic.quick("clinician")
    yield "wording-nothing", browser.get("/clinic/wording")
    for _ in range(5):
        mark(browser, clinic.submit("R1"), **said(SESSIONS, "wrong", "14"))
    yield "wording", browser.get("/clinic/wording")
    reference = clinic.submit("R1", changes={"liver": None, "pregnancy": None})
    yield "visit", browser.get(f"{ADDRESS.format(reference)}/visit")
    yield "visit-wrong", mark(browser, reference, **said(SESSIONS, "wrong", "many"))
    mark(browser, reference, **said(SESSIONS, "wrong", "14", LONG[:200]))
    yield "visit-marked", browser.get(f"{ADDRESS.format(reference)}/visit")
    again = mark(browser, reference, read="0", **said(SESSIONS, "confirmed"))
    yield "visit-meanwhile", again
    yield "record-visited", browser.get(ADDRESS.format(reference))
    yield "visit-urgent", browser.get(f"{ADDRESS.format(urgent)}/visit")


def _letters(clinic):
    browser = clinic.quick("clinician")
    reference = clinic.submit("R1", contact=ADA)
    path = f"{ADDRESS.format(reference)}/letter"
    yield "letters-none", browser.get(path)
    yield "letter-draft", draft(browser, reference)
    yield "letter-nothing-entered", preview(browser, reference, recipient="")
    yield "letter-preview", preview(browser, reference)
    yield "letter-wrong-password", release(browser, reference, password="no")
    released = release(browser, reference)
    yield "letter-released", browser.get(released.location)
    yield "letters", browser.get(path)
