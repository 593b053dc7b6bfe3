"""Does a notice say that something waits and where, and nothing of anybody?"""

from dataclasses import replace
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import default

import pytest

from screening.notices.letter import letter
from screening.notices.route import Route, Security
from screening.store.outbox import Notice

ROUTE = Route(
    to="staff@clinic.example",
    sender="screening@clinic.example",
    host="mail.clinic.example",
    port=587,
    security=Security.STARTTLS,
    address="https://screening.example",
)


def notice(**changes):
    usual = {
        "id": "Aa1-Bb2_Cc3-Dd4_Ee5-Ff",
        "urgent": True,
        "made_at": datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        "attempts": 1,
        "held_by": "anybody",
    }
    return Notice(**(usual | changes))


def read_back(mail):
    return BytesParser(policy=default).parsebytes(mail.as_bytes())


@pytest.mark.parametrize(
    ("urgent", "said"),
    [
        (True, "An urgent submission waits"),
        (False, "A submission waits that is to be looked at today"),
    ],
)
def test_it_says_what_waits_and_where(urgent, said):
    mail = read_back(letter(notice(urgent=urgent), ROUTE))

    assert mail["Subject"] == said
    assert f"{said}. Open the queue:" in mail.get_content()
    assert "\nhttps://screening.example/clinic\n" in mail.get_content()
    assert (mail["To"], mail["From"]) == (ROUTE.to, ROUTE.sender)


def test_it_is_the_same_for_every_patient():
    one, other = letter(notice(), ROUTE), letter(notice(id="x" * 22), ROUTE)

    assert one.get_content() == other.get_content()
    assert {name for name in one if one[name] != other[name]} == {"Message-ID"}


@pytest.mark.parametrize("word", ["ketamine", "ocd", "questionnaire", "patient"])
def test_it_does_not_say_what_the_clinic_treats(word):
    assert word not in letter(notice(), ROUTE).as_string().lower()


def test_a_second_copy_is_recognised():
    first = letter(notice(), ROUTE)
    second = letter(notice(attempts=7, held_by="another"), ROUTE)

    assert first["Message-ID"] == "<Aa1-Bb2_Cc3-Dd4_Ee5-Ff@clinic.example>"
    assert first.as_bytes() == second.as_bytes()


def test_a_long_link_is_not_broken():
    address = f"https://{'screening.' * 12}example"

    raw = letter(notice(), replace(ROUTE, address=address)).as_string()

    assert f"\n{address}/clinic\n" in raw


def test_other_programs_are_asked_not_to_reply():
    assert letter(notice(), ROUTE)["Auto-Submitted"] == "auto-generated"
