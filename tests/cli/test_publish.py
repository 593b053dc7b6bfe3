"""Is a version published only after it was shown to be right, by somebody who may?"""

import pypdf
import pytest

from screening.cli.instance import settings_of, store_of
from screening.core.certificate import Basis
from screening.core.problems import DefinitionError
from screening.web.config import Config, ConfigProblem
from screening.web.service import open_service
from tests.cli.running import json_lines, run

PASSWORD = "seven plums under a grey roof"
SETTINGS = {
    "SCREENING_CLINIC_NAME": "A clinic",
    "SCREENING_CONTACT_ROUTE": "phone",
    "SCREENING_CLINIC_DAYS": "five working days",
    "SCREENING_LOCALE": "US",
    "SCREENING_QUESTIONNAIRE": "first-visit",
}
PEOPLE = {"ada": "coordinator", "bob": "clinician", "eve": "administrator"}
UNREACHED = """\
  - id: precaution-nobody
    kind: precaution
    when: age + 1 < age
    clinician: "Nobody at all."
    because: "To be seen by the proofs."
    sources: [own_judgement]
"""
KEY = "reached: criterion precaution-nobody"


@pytest.fixture
def clinic(own_folder):
    assert run("init", "clinic").exit_code == 0
    for name, role in PEOPLE.items():
        done = run(
            *("user", "add", name, "--role", role),
            *("--password-stdin", "--instance", "clinic"),
            given=PASSWORD + "\n",
        )
        assert done.exit_code == 0, done.output
    assert run("new", "first-visit", "--folder", "draft").exit_code == 0
    return own_folder / "clinic"


@pytest.fixture
def file(clinic):
    return clinic.parent / "draft/first-visit/questionnaire.yaml"


def publish(*words, by="ada", password=PASSWORD, settings=None):
    return run(
        *("publish", *words, "--by", by),
        *("--password-stdin", "--instance", "clinic"),
        given=password + "\n",
        settings=settings,
    )


def edited(file, *pairs):
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


def numbered(number):
    return 'version: "1"', f'version: "{number}"'


def now(clinic):
    store = store_of(settings_of(clinic))
    found = store.certificates.published("first-visit")
    store.close()
    return found


def site(clinic):
    return open_service(
        Config.from_environment(settings_of(clinic) | SETTINGS | folder_of(clinic))
    )


def folder_of(clinic):
    return {"SCREENING_QUESTIONNAIRES": str(clinic.parent / "draft")}


def title_now(app):
    return app.test_client().get("/").text


def test_what_is_proved_is_published_with_its_certificate(clinic):
    result = publish("draft/first-visit")

    assert result.exit_code == 0, result.output
    assert "Published: first-visit 1." in result.stdout
    certificate = now(clinic).certificate
    assert certificate.basis is Basis.PROOFS
    assert certificate.by == "ada"
    assert certificate.cases > 0
    assert "not knowing never passes" in certificate.proved
    assert not certificate.waivers


def test_a_site_asks_nothing_before_something_was_published(clinic):
    with pytest.raises(DefinitionError, match="no version"):
        site(clinic)


def test_a_site_asks_what_was_published_and_not_what_the_files_say(clinic, file):
    publish("draft/first-visit")
    app = site(clinic)
    edited(file, ("title: ", 'title: "Changed meanwhile" # '), numbered(2))

    assert "Changed meanwhile" not in title_now(app)
    assert "Changed meanwhile" not in title_now(site(clinic))

    assert publish("draft/first-visit").exit_code == 0
    assert now(clinic).certificate.version == "2"


def test_another_wording_needs_the_check_alone(clinic, file):
    publish("draft/first-visit")
    proved = now(clinic).certificate
    edited(file, ("title: ", 'title: "In other words" # '), numbered(2))

    result = publish("draft/first-visit")

    assert "Only wording differs" in result.stdout
    worded = now(clinic).certificate
    assert (worded.basis, worded.rests_on) == (Basis.WORDING, proved.id)

    edited(file, ("In other words", "Again"), ('version: "2"', 'version: "3"'))
    publish("draft/first-visit")
    assert now(clinic).certificate.rests_on == proved.id


def test_what_another_release_proved_is_proved_anew(clinic, file, monkeypatch):
    publish("draft/first-visit")
    edited(file, ("title: ", 'title: "In other words" # '), numbered(2))
    monkeypatch.setattr("screening.authoring.publishing.__version__", "99.0")

    result = publish("draft/first-visit")

    assert "Proved: " in result.stdout
    assert (now(clinic).certificate.basis, now(clinic).certificate.engine) == (
        Basis.PROOFS,
        "99.0",
    )


def test_what_another_release_proved_can_be_published_again_as_it_is(
    clinic, monkeypatch
):
    publish("draft/first-visit")
    first = now(clinic).certificate
    for place in ("cli.publish", "authoring.publishing"):
        monkeypatch.setattr(f"screening.{place}.__version__", "99.0")

    result = publish("draft/first-visit")

    assert result.exit_code == 0, result.output
    second = now(clinic).certificate
    assert (second.sha256, second.engine) == (first.sha256, "99.0")
    assert second.basis is Basis.PROOFS


def test_a_site_says_that_another_release_proved_what_it_asks(
    clinic, monkeypatch, caplog
):
    publish("draft/first-visit")
    site(clinic)
    assert "another_release" not in caplog.text
    monkeypatch.setattr("screening.web.sources.__version__", "99.0")

    site(clinic)

    assert "questionnaire_proved_by_another_release" in caplog.text


def test_what_this_release_can_not_read_any_more_does_not_stop_it(
    clinic, file, monkeypatch
):
    publish("draft/first-visit")
    edited(file, ("title: ", 'title: "In other words" # '), numbered(2))

    def unreadable(*_):
        raise DefinitionError([])

    monkeypatch.setattr("screening.cli.publish.load", unreadable)

    assert publish("draft/first-visit").exit_code == 0
    assert now(clinic).certificate.compared_with is None


def test_a_file_with_a_problem_is_not_published(clinic, file):
    edited(file, ("type: integer", "type: intejer"))

    result = publish("draft/first-visit")

    assert result.exit_code == 1
    assert "questionnaire.yaml:" in result.stderr
    assert "Not published" in result.stderr
    assert now(clinic) is None


def test_a_worked_patient_who_comes_out_otherwise_stops_it(clinic, file):
    edited(file, ("age < 18", "age < 99"))

    result = publish("draft/first-visit")

    assert result.exit_code == 1
    assert "comes out otherwise" in result.stderr
    assert now(clinic) is None


@pytest.fixture
def unreached(file):
    """A rule that no patient can meet, in a way the checker does not see."""
    edited(file, ("criteria:\n", "criteria:\n" + UNREACHED))
    return file


def test_what_is_not_shown_is_told_with_how_to_waive_it(clinic, unreached):
    result = publish("draft/first-visit")

    assert result.exit_code == 1
    assert f'--waive "{KEY}" "the reason"' in result.stdout
    assert "Nothing was changed" in result.stderr
    assert now(clinic) is None


def test_what_is_waived_says_why(clinic, unreached):
    result = publish("draft/first-visit", "--waive", KEY, "For next month.")

    assert result.exit_code == 0, result.output
    [waiver] = now(clinic).certificate.waivers
    assert (waiver.about, waiver.reason) == (KEY, "For next month.")


def test_a_reason_for_nothing_is_refused(clinic, unreached):
    result = publish("draft/first-visit", "--waive", KEY[:-1], "Why not.")

    assert result.exit_code == 2
    assert f'Did you mean "{KEY}"?' in result.stderr
    assert now(clinic) is None


def test_a_second_person_agrees_where_the_clinic_says_so(clinic, unreached):
    result = publish(
        *("draft/first-visit", "--waive", KEY, "For next month."),
        settings={"SCREENING_SECOND_PERSON": "1"},
    )

    assert result.exit_code == 0, result.output
    assert "Kept, not published" in result.stdout
    assert now(clinic) is None
    [line] = [one for one in result.stdout.splitlines() if "--certificate" in one]
    short = line.split("--certificate ")[1].split()[0]

    again = publish("--certificate", short)
    assert "Kept, not published" in again.stdout
    assert now(clinic) is None

    agreed = publish("--certificate", short, by="bob")
    assert agreed.exit_code == 0, agreed.output
    assert (now(clinic).published_by, now(clinic).seconded_by) == ("ada", "bob")


def test_a_second_coordinator_is_no_clinician(clinic, unreached):
    done = run(
        *("user", "add", "cy", "--role", "coordinator"),
        *("--password-stdin", "--instance", "clinic"),
        given=PASSWORD + "\n",
    )
    assert done.exit_code == 0
    result = publish(
        *("draft/first-visit", "--waive", KEY, "For next month."),
        settings={"SCREENING_SECOND_PERSON": "1"},
    )
    short = result.stdout.split("--certificate ")[1].split()[0]

    refused = publish("--certificate", short, by="cy")

    assert refused.exit_code == 1
    assert "may not agree" in refused.stderr
    assert now(clinic) is None


@pytest.mark.parametrize(
    ("by", "password"),
    [("ada", "wrong plums"), ("nobody", PASSWORD), ("eve", PASSWORD)],
)
def test_nobody_else_publishes(clinic, by, password):
    result = publish("draft/first-visit", by=by, password=password)

    assert result.exit_code == 1
    assert PASSWORD not in result.output
    assert now(clinic) is None


def test_a_decision_that_differs_is_shown_by_a_patient(clinic, file):
    publish("draft/first-visit")
    edited(file, ("kind: review", "kind: precaution"), numbered(2))
    cases = file.parent / "cases"
    for path in cases.glob("*.yaml"):
        path.unlink()

    result = publish("draft/first-visit")

    assert "Decided otherwise: needs review before, no barrier reported now." in (
        result.stdout
    ), result.output
    assert "A patient" in result.stdout
    assert now(clinic).certificate.redecided


def test_one_number_stands_for_one_version(clinic, file):
    publish("draft/first-visit")
    edited(file, ("title: ", 'title: "In other words" # '))

    result = publish("draft/first-visit")

    assert result.exit_code == 1
    assert "a number of its own" in result.stderr
    edited(file, numbered(2))
    assert publish("draft/first-visit").exit_code == 0
    edited(file, ('version: "2"', 'version: "1"'), ("In other", "In yet other"))
    assert publish("draft/first-visit").exit_code == 1


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines"])
def test_a_reason_says_something(clinic, unreached, reason):
    result = publish("draft/first-visit", "--waive", KEY, reason)

    assert result.exit_code == 2
    assert "needs a reason" in result.stderr
    assert now(clinic) is None


def test_publishing_it_again_changes_nothing(clinic):
    publish("draft/first-visit")

    result = publish("draft/first-visit")

    assert result.exit_code == 0
    assert "already" in result.stdout


def test_an_earlier_version_can_be_gone_back_to(clinic, file):
    publish("draft/first-visit")
    first = now(clinic).certificate
    edited(file, ("title: ", 'title: "In other words" # '), numbered(2))
    publish("draft/first-visit")

    result = publish("--certificate", first.id[:12], by="bob")

    assert result.exit_code == 0
    assert now(clinic).certificate == first


def test_an_id_is_one_of_the_clinics_own_library(clinic):
    with (clinic / "screening.env").open("a", encoding="utf-8") as settings:
        settings.write(f"SCREENING_QUESTIONNAIRES={clinic.parent / 'draft'}\n")

    result = publish("first-visit")

    assert result.exit_code == 0, result.output
    assert publish("ocd-ketamine").exit_code == 2


def test_a_questionnaire_or_a_certificate_is_named(clinic):
    for words in ((), ("draft/first-visit", "--certificate", "ab")):
        assert publish(*words).exit_code == 2
    assert publish("--certificate", "ab").exit_code == 1


def test_the_certificate_is_printed(clinic):
    publish("draft/first-visit")

    result = run("certificate", "--instance", "clinic", settings=SETTINGS)

    assert result.exit_code == 0
    certificate = now(clinic).certificate
    for told in (certificate.id, certificate.sha256, "by ada", "Not knowing never"):
        assert told in result.stdout
    [told] = json_lines(
        run("certificate", certificate.id[:12], "--json", "--instance", "clinic")
    )
    assert told["id"] == certificate.id
    assert told["proved"].keys() == certificate.proved.keys()


def test_the_certificate_is_one_page(clinic, unreached):
    publish("draft/first-visit", "--waive", KEY, "For next month.")
    certificate = now(clinic).certificate

    for name in ("one.pdf", "two.pdf"):
        done = run(
            *("certificate", certificate.id, "-o", name, "--instance", "clinic"),
        )
        assert done.exit_code == 0, done.output

    first, second = (clinic.parent / name for name in ("one.pdf", "two.pdf"))
    assert first.read_bytes() == second.read_bytes()
    [page] = pypdf.PdfReader(first).pages
    text = " ".join(page.extract_text().split())
    assert "For next month." in text
    assert certificate.id in text


def test_before_anything_was_published_there_is_no_certificate(clinic):
    result = run("certificate", "--instance", "clinic", settings=SETTINGS)

    assert result.exit_code == 2
    assert "screening publish" in result.stderr


def test_what_was_published_for_other_uses_is_not_asked(clinic, monkeypatch):
    publish("draft/first-visit")
    store = store_of(settings_of(clinic))
    monkeypatch.setattr(
        "screening.web.sources.load",
        lambda *_: type("Other", (), {"sha256": "", "left_out_pages": ("mood",)}),
    )

    with pytest.raises(DefinitionError, match="other instruments"):
        site(clinic)
    store.close()


def test_a_way_of_publishing_that_does_not_exist_is_told(clinic):
    environment = settings_of(clinic) | SETTINGS | {"SCREENING_PUBLISHING": "chekced"}

    with pytest.raises(ConfigProblem, match="checked"):
        Config.from_environment(environment)
