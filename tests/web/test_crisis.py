from datetime import date, timedelta

import pytest

from screening.core import source
from screening.core.problems import Severity
from screening.web.config import ConfigProblem
from screening.web.crisis import locale_problems, locales_from, read_locales

GOOD = """
language_version: 1
locales:
  UK:
    emergency: "999"
    urgent: "NHS 111"
    crisis:
      - {name: Samaritans, contact: "116 123"}
    verified_on: 2026-01-31
  default:
    emergency: your local emergency number
    crisis:
      - {name: Find A Helpline, contact: findahelpline.com}
"""


def locales(text=GOOD):
    return locales_from(source.read_text(text, "locales.yaml"))


def test_a_locale_is_read_whole():
    found = locales().choose("UK")

    assert found.country == "United Kingdom"
    assert found.emergency == "999"
    assert [line.name for line in found.crisis] == ["Samaritans"]
    assert [line.contact for line in found.more] == ["NHS 111"]
    assert found.verified_on == date(2026, 1, 31)


@pytest.mark.parametrize("code", [None, "XX", "", "uk"])
def test_an_unset_or_unknown_locale_is_the_default_block(code):
    assert locales().choose(code).code == "default"


def test_countries_stand_by_name_with_the_default_last():
    assert [each.code for each in locales()] == ["UK", "default"]


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('    emergency: "999"\n', "", "locale UK has no emergency number"),
        ('emergency: "999"', 'emergency: ""', "locale UK has no emergency number"),
        ('contact: "116 123"', 'contact: ""', "locale UK has no crisis line"),
        ("  default:", "  other:", "there is no `default` locale"),
        ("2026-01-31", "31 January", "which is not a date"),
        ("locales:", "places:", "there is no `default` locale"),
    ],
)
def test_numbers_that_cannot_be_relied_on_are_refused(written, instead, told):
    with pytest.raises(ConfigProblem, match=r"locales\.yaml:\d+:\d+: ") as refused:
        locales(GOOD.replace(written, instead))

    assert told in str(refused.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ConfigProblem, match="cannot be read"):
        read_locales(tmp_path / "locales.yaml")


@pytest.mark.parametrize(("days", "warned"), [(0, 0), (180, 0), (181, 1), (4000, 1)])
def test_numbers_verified_more_than_180_days_ago_are_warned_of(days, warned):
    today = date(2026, 1, 31) + timedelta(days=days)

    problems = locale_problems(locales(), "UK", today)

    assert len(problems) == warned
    assert all(each.severity is Severity.WARNING for each in problems)


def test_numbers_never_verified_are_warned_of():
    [problem] = locale_problems(locales(), None, date(2026, 1, 31))

    assert problem.severity is Severity.WARNING
    assert "never" in problem.what


def test_a_locale_that_the_file_does_not_know_is_an_error():
    [problem] = locale_problems(locales(), "GB", date(2026, 1, 31))

    assert problem.severity is Severity.ERROR
