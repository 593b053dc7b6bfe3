"""Is a text well written: its placeholders, its marks, its spaces, its quotes?"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from screening.core.check.promises import promise_in
from screening.core.check.texts import Reader
from screening.core.marks import misuse
from screening.core.piping import (
    OF_THE_CLINIC,
    placeholders,
    placeholders_in,
    stray_brace,
)
from screening.core.problems import Severity, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from screening.core.check.texts import Text
    from screening.core.expression import Symbol

_SPACES = re.compile(r"^\s|\s$|(?<=\S)  +(?=\S)|\s[,.;:!?](?:\s|$)|\t")
_CURLY = re.compile(r"[“”‘’]")
_STRAIGHT = re.compile(r"[\"']")


def check_wording(
    texts: Iterable[Text], symbols: Mapping[str, Symbol], language: str
) -> set[str]:
    """Note what is wrong with the texts of one file; return the names they put in.

    `symbols` are the names that can be put in.
    """
    all_texts = list(texts)
    uses_curly = _mostly_curly(all_texts)
    used: set[str] = set()
    for text in all_texts:
        used |= _check_placeholders(text, symbols)
        _check_looks(text, language, uses_curly=uses_curly)
    return used


def check_translated(texts: Iterable[tuple[Text, str]], language: str) -> None:
    """Note what is wrong with the texts of a translation, each with its source text.

    A translation puts in what its source does, no more and no less.
    """
    pairs = list(texts)
    uses_curly = _mostly_curly([text for text, _ in pairs])
    for text, source in pairs:
        _check_braces(text)
        wanted, found = (set(placeholders_in(one)) for one in (source, text.text))
        if wanted != found:
            _say_unlike(text, wanted, found)
        _check_looks(text, language, uses_curly=uses_curly)


def _check_looks(text: Text, language: str, *, uses_curly: bool) -> None:
    _check_marks(text)
    _check_spaces(text)
    if uses_curly and not text.is_published:
        _check_quotes(text)
    if text.reader.is_patient and not text.is_published:
        _check_promises(text, language)


def _say_unlike(text: Text, wanted: set[str], found: set[str]) -> None:
    parts = []
    if wanted - found:
        parts.append("does not put in " + _listed(wanted - found))
    if found - wanted:
        more = _listed(found - wanted)
        parts.append(f"puts in {more}, which its source does not")
    fix = f"Put in {_listed(wanted)}." if wanted else "Write it without placeholders."
    text.spot.say("SC603", f"this translation {' and '.join(parts)}", fix)


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _mostly_curly(texts: list[Text]) -> bool:
    own = [text.text for text in texts if not text.is_published]
    signs: Counter[str] = Counter()
    for text in own:
        signs["curly"] += len(_CURLY.findall(text))
        signs["straight"] += len(_STRAIGHT.findall(text))
    return signs["curly"] > signs["straight"]


# -- placeholders


def _check_placeholders(text: Text, symbols: Mapping[str, Symbol]) -> set[str]:
    if "{" not in text.text and "}" not in text.text:
        return set()
    _check_braces(text)
    used: set[str] = set()
    if text.spot.bench.has_enough:
        return used
    for one in placeholders(text.text):
        if one.name in symbols:
            used.add(one.name)
        found = _fault(text, one.name, symbols)
        if found is not None and not text.spot.bench.is_lost(one.name):
            text.spot.say(*found, where=text.spot.within(text.text, one.at))
    return used


def _check_braces(text: Text) -> None:
    at = stray_brace(text.text)
    if at is not None:
        what = "this brace is no part of a placeholder"
        fix = "Write {name}, or {name|words without an answer}, or delete it."
        text.spot.say("SC503", what, fix, where=text.spot.within(text.text, at))


Fault = tuple[str, str, str]


def _fault(text: Text, name: str, symbols: Mapping[str, Symbol]) -> Fault | None:
    """Return why a placeholder can't stand in a text; None if it can."""
    match text.reader:
        case Reader.PATIENT_FIXED | Reader.CLINICIAN_FIXED:
            fix = "Write it without the placeholder."
            return "SC504", "nothing can be put into this text", fix
        case Reader.PATIENT_HELP:
            if name in OF_THE_CLINIC:
                return None
            fix = did_you_mean(name, OF_THE_CLINIC)
            return "SC501", f"the clinic's words have no {{{name}}}", fix
        case Reader.CLINICIAN:
            if name in symbols:
                return None
            return _unknown(name, symbols)
        case Reader.PATIENT:
            return _fault_for_patient(text, name, symbols)


def _fault_for_patient(
    text: Text, name: str, symbols: Mapping[str, Symbol]
) -> Fault | None:
    if name in text.before:
        return None
    if name in text.after:
        what = f"{{{name}}} is not asked before this in the entry"
        return "SC502", what, "Ask it first, or write the text without it."
    symbol = symbols.get(name)
    if symbol is None:
        known = [key for key, one in symbols.items() if one.is_question]
        return _unknown(name, [*known, *text.before])
    if not symbol.is_question:
        what = f"{{{name}}} is worked out, and a patient never reads what is"
        return "SC505", what, "Put in answers only."
    if symbol.page >= text.page:
        what = f"{{{name}}} is not asked on an earlier page"
        return "SC502", what, "Ask it before, or move this text to a later page."
    return None


def _unknown(name: str, known: Iterable[str]) -> Fault:
    parts = sorted(one for one in known if one.startswith(f"{name}."))
    if parts:
        totals = [one for one in parts if one.endswith(".total")]
        shown = ", ".join(dict.fromkeys((*totals, *parts[:6])))
        return "SC501", f'"{name}" has parts', f"Say which one to put in: {shown}."
    return "SC501", f'there is no "{name}" to put in here', did_you_mean(name, known)


# -- marks, spaces, quotes


def _check_marks(text: Text) -> None:
    found = misuse(text.text)
    if found is None:
        return
    where = text.spot.within(text.text, found.at)
    if found.is_tag:
        what = f"{found.mark} is HTML, which is shown as it is written"
        fix = "Write **words** for strong words; there is no other mark."
    elif found.mark == "**":
        what = "these ** have no others that close them"
        fix = "Write **words**, with nothing between the stars and the words."
    else:
        what = f"{found.mark} is mark-up, which is shown as it is written"
        fix = "Write **words** for strong words; there is no other mark."
    text.spot.say("SC506", what, fix, where=where)


def _check_spaces(text: Text) -> None:
    found = _SPACES.search(text.text)
    if found is None or text.is_published:
        return
    sign = found[0].strip()
    what = (
        f"there is a space before “{sign}”" if sign else "there is a stray space here"
    )
    where = text.spot.within(text.text, found.start())
    text.spot.say("SC507", what, "Delete it.", Severity.WARNING, where=where)


def _check_quotes(text: Text) -> None:
    found = _STRAIGHT.search(text.text)
    if found is not None:
        what = f"a straight {found[0]} stands here, and this file uses curly quotes"
        fix = "Write “ ” or ’ as elsewhere in the file."
        where = text.spot.within(text.text, found.start())
        text.spot.say("SC508", what, fix, Severity.WARNING, where=where)


def _check_promises(text: Text, language: str) -> None:
    found = promise_in(text.text, language)
    if found is not None:
        where = text.spot.within(text.text, found.at)
        text.spot.say("SC509", found.what, found.fix, where=where)
