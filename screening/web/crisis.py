"""Which numbers does a person in danger see here, and when were they last verified?

The numbers come from `questionnaires/locales.yaml`. Reading it refuses a locale that
has no emergency number or no crisis line: a page without them must never be served.
A number that nobody verified in the last 180 days is warned of, not withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from screening.core import source
from screening.core.problems import Place, Problem, Severity, did_you_mean
from screening.tongue import noted, say
from screening.web.config import ConfigProblem
from screening.web.contact_text import Piece, linked

VERIFIED_FOR = timedelta(days=180)
"""How long a verified number needs no second look. Source: the locale rules."""

DEFAULT = "default"

_COUNTRIES = {
    "AU": "Australia",
    "CA": "Canada",
    "EU": "Elsewhere in Europe",
    "IE": "Ireland",
    "NZ": "New Zealand",
    "UK": "United Kingdom",
    "US": "United States",
    DEFAULT: "Anywhere else",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisLine:
    """One service to reach in a crisis: its name and how to reach it."""

    name: str
    contact: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The contact with its numbers and addresses as links."""
        return linked(self.contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """The help there is in one country. `code` is its key in `locales.yaml`.

    `urgent` (help that is not an emergency) and `veterans` are not known everywhere.
    `said` is the same help in the words of other languages.
    """

    code: str
    country: str
    emergency: str
    crisis: tuple[CrisisLine, ...]
    urgent: str | None = None
    veterans: str | None = None
    verified_on: date | None = None
    said: Mapping[str, Locale] = field(default_factory=dict)

    def in_language(self, language: str) -> Locale:
        """Return the same help as it is said in `language`; itself where it is not."""
        return self.said.get(language, self)

    @property
    def more(self) -> tuple[CrisisLine, ...]:
        """Help that not every country has: for what is urgent, for veterans."""
        named = {
            noted("Urgent, not an emergency"): self.urgent,
            noted("Veterans"): self.veterans,
        }
        return tuple(
            CrisisLine(name=say(name), contact=contact)
            for name, contact in named.items()
            if contact
        )

    @property
    def emergency_pieces(self) -> tuple[Piece, ...]:
        """The emergency number, or numbers, as links."""
        return linked(self.emergency)

    def is_verified(self, today: date) -> bool:
        """Whether somebody checked these numbers in the 180 days up to `today`."""
        return self.verified_on is not None and today - self.verified_on <= VERIFIED_FOR


@dataclass(frozen=True, slots=True)
class Locales:
    """Every locale by its code; one of them is the default block."""

    by_code: Mapping[str, Locale]

    def choose(self, code: str | None) -> Locale:
        """Return the locale called `code`, or the default block for any other name."""
        return self.by_code.get(code or DEFAULT, self.by_code[DEFAULT])

    def __iter__(self) -> Iterator[Locale]:
        """Give the countries in the order of their names, the default block last."""
        return iter(
            sorted(
                self.by_code.values(),
                key=lambda each: (each.code == DEFAULT, each.country),
            )
        )


def read_locales(path: Path) -> Locales:
    """Return the locales in the file at `path`.

    Raises ConfigProblem when the file is missing, and for each locale that has no
    emergency number or no crisis line; DefinitionError when it is not plain YAML.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        what = f"the file of crisis numbers cannot be read ({type(error).__name__})"
        fix = "Put locales.yaml into the folder of the questionnaires."
        where = Place(str(path))
        raise ConfigProblem(
            [Problem(code="SC921", what=what, fix=fix, where=where)]
        ) from None
    return locales_from(source.read_text(text, path.name))


def locales_from(node: source.Node) -> Locales:
    """Return the locales that the document `node` describes, or raise ConfigProblem."""
    problems: list[Problem] = []
    tree = source.plain(node)
    written = tree.get("locales") if isinstance(tree, dict) else None
    if not isinstance(written, dict):
        written = {}
    found = {
        code: locale
        for code, entry in written.items()
        if (locale := _locale(code, entry, node, problems))
    }
    if DEFAULT not in written:
        what = "there is no `default` locale"
        fix = "Add `default:` with what to show where no country is chosen."
        problems.append(
            Problem(code="SC922", what=what, fix=fix, where=source.place_of(node, ()))
        )
    if problems:
        raise ConfigProblem(problems)
    return Locales(found)


def locale_problems(locales: Locales, code: str | None, today: date) -> list[Problem]:
    """Return an error if `code` is unknown, a warning if its numbers are unverified."""
    if code is not None and code not in locales.by_code:
        known = [name for name in locales.by_code if name != DEFAULT]
        what = f'SCREENING_LOCALE is "{code}", which locales.yaml does not know'
        return [Problem(code="SC923", what=what, fix=did_you_mean(code, known))]
    locale = locales.choose(code)
    if locale.is_verified(today):
        return []
    last = f"on {locale.verified_on}" if locale.verified_on else "never"
    what = f"the crisis numbers of {locale.code} were last verified {last}"
    fix = f"Call or look up each one, then write verified_on: {today} beside them."
    return [Problem(code="SC924", what=what, fix=fix, severity=Severity.WARNING)]


def _locale(
    code: str, entry: source.Plain, node: source.Node, problems: list[Problem]
) -> Locale | None:
    where = source.place_of(node, ("locales", code))
    fields = entry if isinstance(entry, dict) else {}
    emergency = _text(fields.get("emergency"))
    crisis = _lines(fields.get("crisis"))
    if emergency is None:
        what = f"locale {code} has no emergency number"
        fix = "Add `emergency:` with the number to call in danger."
        problems.append(Problem(code="SC925", what=what, fix=fix, where=where))
    if not crisis:
        what = f"locale {code} has no crisis line"
        fix = "Add `crisis:` with at least one name and contact."
        problems.append(Problem(code="SC926", what=what, fix=fix, where=where))
    if emergency is None or not crisis:
        return None
    made = Locale(
        code=code,
        country=_text(fields.get("country")) or _COUNTRIES.get(code, code),
        emergency=emergency,
        crisis=crisis,
        urgent=_text(fields.get("urgent")),
        veterans=_text(fields.get("veterans")),
        verified_on=_day(code, fields.get("verified_on"), where, problems),
    )
    written = fields.get("said")
    said = written if isinstance(written, dict) else {}
    spoken = {
        language: found
        for language, words in said.items()
        if (found := _in_words(made, words, where, problems))
    }
    return replace(made, said=spoken)


def _in_words(
    made: Locale, words: source.Plain, where: Place, problems: list[Problem]
) -> Locale | None:
    """Return a locale in another language; what it does not say stays as it is.

    The numbers are the same ones in the same order, or it is a problem.
    """
    fields = words if isinstance(words, dict) else {}
    found = replace(
        made,
        country=_text(fields.get("country")) or made.country,
        emergency=_text(fields.get("emergency")) or made.emergency,
        crisis=_lines(fields.get("crisis")) or made.crisis,
        urgent=_text(fields.get("urgent")) or made.urgent,
        veterans=_text(fields.get("veterans")) or made.veterans,
    )
    if _digits(found) != _digits(made):
        what = f"locale {made.code} has other numbers in another language"
        fix = "Write the same numbers, in the same order, in both."
        problems.append(Problem(code="SC929", what=what, fix=fix, where=where))
        return None
    return found


def _digits(place: Locale) -> list[list[str]]:
    """Return every run of digits of each way to reach help."""
    ways = (place.emergency, *(line.contact for line in (*place.crisis, *place.more)))
    return [re.findall(r"\d+", way) for way in ways]


def _text(value: source.Plain) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _lines(value: source.Plain) -> tuple[CrisisLine, ...]:
    lines = []
    for entry in value if isinstance(value, list) else []:
        fields = entry if isinstance(entry, dict) else {}
        name, contact = _text(fields.get("name")), _text(fields.get("contact"))
        if name and contact:
            lines.append(CrisisLine(name=name, contact=contact))
    return tuple(lines)


def _day(
    code: str, value: source.Plain, where: Place, problems: list[Problem]
) -> date | None:
    text = _text(value)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = f'verified_on of locale {code} is "{text}", which is not a date'
        fix = "Write it as year-month-day, such as 2026-01-31."
        problems.append(Problem(code="SC927", what=what, fix=fix, where=where))
        return None
