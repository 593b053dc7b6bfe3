from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from screening.report.signing import self_made
from screening.web.config import Config, ConfigProblem, Identity
from tests.report.seals import kept


@pytest.fixture
def environment(key_ring_text):
    return {
        "SCREENING_DATABASE": "sqlite:////var/lib/screening/clinic.sqlite3",
        "SCREENING_KEYS": key_ring_text,
        "SCREENING_CLINIC_NAME": "Riverside Clinic",
        "SCREENING_CONTACT_ROUTE": "phone",
        "SCREENING_CLINIC_DAYS": "five working days",
    }


def test_the_least_settings_are_enough(environment):
    config = Config.from_environment(environment)

    assert config.clinic_name == "Riverside Clinic"
    assert config.questionnaire == "ocd-ketamine"
    assert config.identity is Identity.CONTACT
    assert config.locale is None
    assert config.monitoring_statement == "No one is reading this right now."
    assert config.trusted_proxies == 0
    assert config.insecure_demo is False
    assert config.colour is None
    assert config.seal is None
    assert config.notices is None


def test_every_setting_is_read(environment, tmp_path):
    environment |= {
        "SCREENING_QUESTIONNAIRE": "ocd-short",
        "SCREENING_QUESTIONNAIRES": str(tmp_path),
        "SCREENING_LOCALE": "UK",
        "SCREENING_CLINIC_CONTACT": "the clinic on 020 7946 0000",
        "SCREENING_MONITORING_STATEMENT": "A nurse reads this from 9 to 5.",
        "SCREENING_IDENTITY": "invitation",
        "SCREENING_TIME_ZONE": "Europe/London",
        "SCREENING_TRUSTED_PROXIES": "2",
        "SCREENING_COLOUR": "#7C2855",
    }

    config = Config.from_environment(environment)

    assert config.questionnaire == "ocd-short"
    assert config.questionnaires == tmp_path
    assert config.locale == "UK"
    assert config.clinic_contact == "the clinic on 020 7946 0000"
    assert config.monitoring_statement == "A nurse reads this from 9 to 5."
    assert config.identity is Identity.INVITATION
    assert config.time_zone == ZoneInfo("Europe/London")
    assert config.trusted_proxies == 2
    assert str(config.colour) == "#7c2855"


def test_nothing_set_is_told_all_at_once():
    with pytest.raises(ConfigProblem) as refused:
        Config.from_environment({})

    told = str(refused.value)
    assert refused.value.exit_code == 2
    for name in ("DATABASE", "KEYS", "CLINIC_NAME", "CONTACT_ROUTE", "CLINIC_DAYS"):
        assert f"SCREENING_{name}" in told


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("FLASK_DEBUG", "1", "Unset FLASK_DEBUG"),
        ("FLASK_TESTING", "true", "Unset FLASK_TESTING"),
        ("SCREENING_DATABASE", "", "SCREENING_DATABASE is not set"),
        ("SCREENING_DATABASE", "mysql://clinic", "SQLite or PostgreSQL"),
        ("SCREENING_DATABASE", "clinic.sqlite3", "SQLite or PostgreSQL"),
        ("SCREENING_KEYS", "", "there are no keys"),
        ("SCREENING_KEYS", "{}", "exactly the parts"),
        ("SCREENING_KEYS", "secret", "not JSON"),
        ("SCREENING_KEY_FILE", "/nowhere/keys.json", "keys are set here and in"),
        ("SCREENING_QUESTIONNAIRE", "../etc", "a questionnaire's folder"),
        ("SCREENING_QUESTIONNAIRES", "/nowhere/at/all", "is not a folder"),
        ("SCREENING_LOCALE", "uk", "two capital letters"),
        ("SCREENING_CLINIC_NAME", "a\nb", "control character"),
        ("SCREENING_CLINIC_NAME", "x" * 201, "Keep it at 200"),
        ("SCREENING_IDENTITY", "anonymus", 'Did you mean "anonymous"'),
        ("SCREENING_TIME_ZONE", "London", "IANA name"),
        ("SCREENING_TIME_ZONE", "../../etc/passwd", "IANA name"),
        ("SCREENING_TRUSTED_PROXIES", "all", "0 to 9"),
        ("SCREENING_TRUSTED_PROXIES", "٣", "0 to 9"),
        ("SCREENING_TRUSTED_PROXIES", "-1", "0 to 9"),
        ("SCREENING_COLOUR", "teal", 'such as "#1f4f4c"'),
        ("SCREENING_COLOUR", "#f4a050", "contrast of 2.1, below 4.5"),
        ("SCREENING_COLOUR", "#f4a050", "Write #af6301, the nearest"),
        ("SCREENING_LOGO", "/nowhere/logo.svg", "logo.svg, which can't be read"),
        ("SCREENING_SEAL_FILE", "/nowhere/seal.p12", "the seal can't be read"),
        ("SCREENING_SEAL_PASSPHRASE_FILE", "/nowhere/words", "names no seal"),
        ("SCREENING_SMTP", "mail.clinic.example:587", "SCREENING_NOTICE_TO"),
        ("SCREENING_INSECURE_DEMO", "yes", "1 (yes) or 0 (no)"),
        ("SCREENING_LOCAL", "UK", 'Did you mean "SCREENING_LOCALE"'),
    ],
)
def test_a_bad_setting_is_refused_with_what_to_do(environment, name, value, told):
    environment[name] = value

    with pytest.raises(ConfigProblem) as refused:
        Config.from_environment(environment)

    assert told in str(refused.value)
    assert len(refused.value.problems) == 1


def test_a_setting_of_another_program_is_let_be(environment):
    environment["SCREENING_ROOM_HEATING"] = "on"

    config = Config.from_environment(environment)

    assert config.clinic_name == "Riverside Clinic"


def test_a_demonstration_needs_no_words_of_a_clinic(key_ring_text):
    environment = {
        "SCREENING_DATABASE": "sqlite://",
        "SCREENING_KEYS": key_ring_text,
        "SCREENING_INSECURE_DEMO": "1",
    }

    config = Config.from_environment(environment)

    assert config.clinic_name == "Demonstration clinic"


def test_no_secret_is_shown_with_the_settings(environment):
    environment["SCREENING_DATABASE"] = "postgresql://clinic:hush@localhost/clinic"

    shown = repr(Config.from_environment(environment))

    assert "hush" not in shown
    assert "key_ring" not in shown


@pytest.fixture
def seal(tmp_path):
    """A seal that is valid today, in a file."""
    made = self_made("Riverside Clinic", datetime.now(UTC) - timedelta(days=1))
    return kept(tmp_path / "seal.p12", made)


def test_a_seal_is_read_and_not_shown(environment, seal):
    environment["SCREENING_SEAL_FILE"] = str(seal)

    config = Config.from_environment(environment)

    assert config.seal.name == "Riverside Clinic"
    assert "seal" not in repr(config)


def test_a_passphrase_that_does_not_open_the_seal_is_told_and_not_shown(
    environment, tmp_path, seal
):
    (tmp_path / "words").write_text("hush hush\n")
    environment["SCREENING_SEAL_FILE"] = str(seal)
    environment["SCREENING_SEAL_PASSPHRASE_FILE"] = str(tmp_path / "words")

    with pytest.raises(ConfigProblem, match="passphrase does not open") as refused:
        Config.from_environment(environment)

    assert "hush" not in str(refused.value)


def test_a_seal_that_has_run_out_does_not_keep_patients_from_their_page(
    environment, tmp_path
):
    made = self_made("Riverside Clinic", datetime.now(UTC) - timedelta(days=800))
    environment["SCREENING_SEAL_FILE"] = str(kept(tmp_path / "old.p12", made))

    config = Config.from_environment(environment)

    assert not config.seal.is_valid(datetime.now(UTC))


def test_a_password_in_a_refused_address_is_not_told(environment):
    environment["SCREENING_DATABASE"] = "mysql://clinic:hush@localhost/clinic"

    with pytest.raises(ConfigProblem) as refused:
        Config.from_environment(environment)

    assert "hush" not in str(refused.value)


def test_the_address_of_the_service_is_a_host_over_tls(environment):
    environment["SCREENING_ADDRESS"] = "https://screening.example.org:8443"

    assert Config.from_environment(environment).address.endswith(":8443")


@pytest.mark.parametrize(
    "address",
    [
        "http://screening.example.org",
        "screening.example.org",
        "https://screening.example.org/clinic",
        "https://me@screening.example.org",
    ],
)
def test_another_address_is_told(environment, address):
    environment["SCREENING_ADDRESS"] = address

    with pytest.raises(ConfigProblem) as refused:
        Config.from_environment(environment)

    assert [problem.code for problem in refused.value.problems] == ["SC933"]
