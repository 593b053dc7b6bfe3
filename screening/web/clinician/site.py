"""From where, and with what, does somebody of the staff come in?"""

from flask import request

from screening.accounts.passkeys import Site
from screening.web.shell import current_shell

_BROWSERS = (
    # The first that is found: most call themselves Safari, and many Chrome, as well.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def current_site() -> Site:
    """Return the site that passkeys are made for: as configured, or as it was asked."""
    config = current_shell().config
    origin = config.address or request.host_url.rstrip("/")
    return Site(origin=origin, clinic=config.clinic_name)


def current_browser() -> str:
    """Return what somebody knows this browser by in the list of their sessions."""
    return browser_in_words(request.user_agent.string)


def browser_in_words(user_agent: str) -> str:
    """Return a browser and its system in words; nothing that a stranger wrote.

    >>> browser_in_words("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0")
    'Firefox on Linux'
    """
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown browser"


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
