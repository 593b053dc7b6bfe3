"""In which language does a page speak, and how is another one chosen?

In the one that was chosen last in this browser; before that, in the first that the
browser asks for and this service offers. `?language=es` in an address chooses: a page
that is only read is opened again without it, a form that was being filled in is shown
again in the new language with what was typed (`is_switched` tells its view so). The
pages of staff speak English.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlencode

from babel import Locale
from flask import current_app, g, redirect, request, session, url_for

from screening.tongue import SOURCE, speak, spoken
from screening.web.guards.fetch_site import HARMLESS_METHODS

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    Offered = Callable[[], Sequence[str]]

CHOICE = "language"
"""The name that chooses a language, in an address and in the session."""

_OFFERED = "screening-languages"
_ELSEWHERE = "screening-elsewhere"
_STAFF = frozenset({"clinician"})


def install(app: Flask) -> None:
    """Have every request speak its reader's language."""
    app.before_request(_begin)
    app.teardown_request(_end)
    app.context_processor(_for_templates)


def offer_languages(app: Flask, offered: Offered, *, elsewhere: str) -> None:
    """Say which languages patients may read, the questionnaire's own first.

    `elsewhere` is the page that leads readers to where they are, for answers to a post
    that can't be opened by themselves.
    """
    app.extensions[_OFFERED] = offered
    app.extensions[_ELSEWHERE] = elsewhere


def offered_languages() -> Sequence[str]:
    """Return the languages patients may read, the first of them the usual one."""
    offered = cast("Offered", current_app.extensions.get(_OFFERED, _only_source))
    return offered()


def is_switched() -> bool:
    """Tell whether a form was posted to be shown in another language, not to be kept.

    Nothing that was posted has been looked at.
    """
    return bool(g.get("is_switched", False))


def _only_source() -> Sequence[str]:
    return (SOURCE,)


def _begin() -> Response | None:
    speak(SOURCE)
    if request.blueprint in _STAFF or request.endpoint == "static":
        return None
    offered = offered_languages()
    asked = request.args.get(CHOICE)
    if asked is not None and asked in offered:
        session[CHOICE] = asked
        speak(asked)
        if request.method in HARMLESS_METHODS:
            return redirect(_address(None), 303)
        g.is_switched = True
        return None
    chosen = session.get(CHOICE)
    if chosen not in offered:
        chosen = request.accept_languages.best_match(offered, default=offered[0])
    speak(str(chosen))
    return None


def _end(_: BaseException | None) -> None:
    speak(SOURCE)


def _address(language: str | None) -> str:
    """Return this page's address, with a choice of language or without one."""
    told = {name: text for name, text in request.args.items() if name != CHOICE}
    address = quote(f"{request.script_root}{request.path}")
    if language is not None and not _can_be_opened():
        address, told = url_for(current_app.extensions[_ELSEWHERE]), {}
    if language is not None:
        told[CHOICE] = language
    return f"{address}?{urlencode(told)}" if told else address


def _can_be_opened() -> bool:
    """Tell whether this page has an address of its own, and is no answer to a post."""
    if request.method in HARMLESS_METHODS:
        return True
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(method="GET")


def _for_templates() -> dict[str, object]:
    return {"page_language": spoken(), "other_languages": _others()}


def _name_of(code: str) -> str:
    """Return what a language calls itself, as a word that stands alone."""
    name = str(Locale.parse(code, sep="-").get_display_name(code))
    return name[:1].upper() + name[1:]


def _others() -> list[dict[str, str]]:
    """Return the languages a reader may change to: name, code, address."""
    if request.blueprint in _STAFF:
        return []
    return [
        {
            "code": code,
            "name": _name_of(code),
            "address": _address(code),
        }
        for code in offered_languages()
        if code != spoken()
    ]
