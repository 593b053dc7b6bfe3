"""Can a clinic make its own instance, keep its accounts, and start?"""

import stat

import pytest

from screening.accounts.sign_in import open_accounts
from screening.cli.instance import settings_of, store_of
from tests.accounts.authenticators import AppOfATest
from tests.cli.running import run

PASSWORD = "seven plums under a grey roof"


@pytest.fixture
def instance(own_folder):
    result = run("init", "clinic")
    assert result.exit_code == 0
    return own_folder / "clinic"


def test_an_instance_has_keys_that_only_its_owner_reads(instance):
    assert stat.S_IMODE((instance / "keys.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    assert (instance / "screening.sqlite3").stat().st_size


def test_keys_are_never_replaced(instance):
    before = (instance / "keys.json").read_bytes()

    result = run("init", "clinic")

    assert result.exit_code == 1
    assert "losing its keys" in result.stderr
    assert (instance / "keys.json").read_bytes() == before


def test_a_person_can_be_added_and_can_sign_in(instance):
    result = run(
        *("user", "add", "Ann", "--role", "clinician", "--password-stdin"),
        *("--name", "Ann Onym", "--instance", "clinic"),
        given=PASSWORD + "\n",
    )

    assert result.exit_code == 0
    assert PASSWORD not in result.output
    store = store_of(settings_of(instance))
    accounts = open_accounts(store.ground)
    signed_in = accounts.sign_in(username="ann", password=PASSWORD, address="::1")
    assert signed_in.user.display_name == "Ann Onym"
    store.close()


def test_a_password_is_asked_for_twice_and_not_shown(instance):
    result = run(
        *("user", "add", "ann", "--role", "clinician", "--instance", "clinic"),
        given=f"{PASSWORD}\n{PASSWORD}\n",
    )

    assert result.exit_code == 0
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    ("username", "password", "said"),
    [
        ("ann", "short", "at least 15 characters"),
        ("ann", "passwordpassword1", "parts others try first"),
        ("a b", PASSWORD, "Use 2 to 64 letters"),
    ],
)
def test_a_name_or_password_that_will_not_do_is_told(
    instance, username, password, said
):
    result = run(
        *("user", "add", username, "--role", "clinician", "--password-stdin"),
        *("--instance", "clinic"),
        given=password + "\n",
    )

    assert result.exit_code == 1
    assert said in result.stderr


def test_an_account_needs_a_role_that_exists(instance):
    result = run("user", "add", "ann", "--role", "owner", "--password-stdin")

    assert result.exit_code == 2


def test_a_link_for_somebody_new_is_printed_and_works_once(instance, monkeypatch):
    monkeypatch.setenv("SCREENING_ADDRESS", "https://screening.example.org")
    asked = ("user", "invite", "Ada Quill", "--role", "administrator")

    result = run(*asked, "--instance", "clinic")

    address, _, token = result.stdout.strip().rpartition("/")
    store = store_of(settings_of(instance))
    links = open_accounts(store.ground).staff_invitations
    user = links.accept(token, username="ada", display_name="Ada", password=PASSWORD)
    assert address == "https://screening.example.org/clinic/join"
    assert "once" in result.stderr
    assert user.role == "administrator"
    assert links.look_up(token) is None
    store.close()


def test_a_second_step_that_was_lost_is_reset(instance):
    run(
        *("user", "add", "ann", "--role", "administrator", "--password-stdin"),
        *("--instance", "clinic"),
        given=PASSWORD + "\n",
    )
    store = store_of(settings_of(instance))
    accounts = open_accounts(store.ground)
    AppOfATest.of(accounts, accounts.users.named("ann").id)
    before = run("user", "list", "--instance", "clinic").stdout

    result = run("user", "reset", "Ann", "--instance", "clinic")

    assert before == "ann  administrator  open, second step  ann\n"
    assert result.exit_code == 0
    assert accounts.own_factors.of_user(accounts.users.named("ann").id).is_empty
    store.close()


def test_a_user_name_that_nobody_has_is_told(instance):
    result = run("user", "reset", "nobody", "--instance", "clinic")

    assert result.exit_code == 1
    assert "There is no such account." in result.stderr


def test_without_an_instance_it_is_said_how_to_make_one():
    result = run(
        "user", "add", "ann", "--role", "clinician", "--password-stdin", given="x\n"
    )

    assert result.exit_code == 1
    assert "screening init" in result.stderr


def test_a_clinic_is_not_served_before_its_settings_are_filled_in(instance):
    result = run("serve", "--instance", "clinic")

    assert result.exit_code == 2
    assert "SCREENING_CLINIC_NAME is not set" in result.stderr


def test_a_line_that_is_no_setting_is_told(instance):
    (instance / "screening.env").write_text("# fine\n\nnonsense\n")

    result = run("serve", "--instance", "clinic")

    assert result.exit_code == 2
    assert "screening.env:3:1: this is not a setting" in result.stderr


def test_the_environment_wins_over_the_settings(instance, monkeypatch):
    monkeypatch.setenv("SCREENING_CLINIC_NAME", "From outside")

    assert settings_of(instance)["SCREENING_CLINIC_NAME"] == "From outside"
