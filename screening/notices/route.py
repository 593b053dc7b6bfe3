"""To whom are notices sent, and through which server? Read from the settings.

Without SCREENING_NOTICE_TO nothing is sent. With it, everything has to be there and
right before the service starts: a notice that can't be sent is found out too late.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from screening.core.problems import Problem, ProblemsError, did_you_mean

TO = "SCREENING_NOTICE_TO"
FROM = "SCREENING_NOTICE_FROM"
SERVER = "SCREENING_SMTP"
SECURITY = "SCREENING_SMTP_TLS"
USER = "SCREENING_SMTP_USER"
PASSWORD_FILE = "SCREENING_SMTP_PASSWORD_FILE"  # noqa: S105 - a name
ADDRESS = "SCREENING_ADDRESS"

SETTINGS = (TO, FROM, SERVER, SECURITY, USER, PASSWORD_FILE, ADDRESS)
"""Every setting that is read here."""

_OPEN_TO_OTHERS = 0o007
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# An empty or too long label would be a fault of the program when it is looked up.
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,20}}")
_HOST = re.compile(rf"{_DOMAIN.pattern}|[0-9A-Fa-f:]+")


class Security(StrEnum):
    """How the way to the mail server is kept from being read or changed."""

    STARTTLS = "starttls"
    """It begins in the open and is closed before anything is said (port 587)."""
    TLS = "tls"
    """It is closed from the beginning (port 465)."""
    NONE = "none"
    """Open; only to a server on the same machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """To whom, from whom and through which server; `address` begins the link."""

    to: str
    sender: str
    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    address: str

    @property
    def domain(self) -> str:
        """What stands after the @ of the sender."""
        return self.sender.rpartition("@")[2]


def configured_route(settings: Mapping[str, str]) -> Route | None:
    """Return how notices are sent, as the settings say; None where none are.

    Raises ProblemsError with every problem there is.
    """
    return _Reading(settings).route()


class _Reading:
    """One pass over the settings that remembers each problem and goes on."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.texts = {name: settings.get(name, "").strip() for name in SETTINGS}
        self.problems: list[Problem] = []

    def route(self) -> Route | None:
        if not self.texts[TO]:
            self._refuse_what_belongs_to_nothing()
            return None
        to, sender = self._mailbox(TO), self._mailbox(FROM)
        host, port = self._server()
        security = self._security(host)
        user, password = self._credentials()
        address = self._address()
        self._stop_if_there_are_problems()
        return Route(
            to=to,
            sender=sender,
            host=host,
            port=port,
            security=security,
            user=user,
            password=password,
            address=address,
        )

    def _stop_if_there_are_problems(self) -> None:
        if self.problems:
            raise ProblemsError(self.problems)

    def _problem(self, code: str, what: str, fix: str) -> None:
        self.problems.append(Problem(code=code, what=what, fix=fix))

    def _refuse_what_belongs_to_nothing(self) -> None:
        for name in SETTINGS:
            # The address of the pages may be used for other things.
            if name != ADDRESS and self.texts[name]:
                what = f"{name} is set, and {TO} says to nobody that mail is sent"
                self._problem("SC940", what, f"Set {TO}, or unset {name}.")
        self._stop_if_there_are_problems()

    def _needed(self, name: str, fix: str) -> str:
        if not self.texts[name]:
            what = f"{name} is not set, and without it no notice can be sent"
            self._problem("SC940", what, fix)
        return self.texts[name]

    def _mailbox(self, name: str) -> str:
        text = self._needed(name, "Write an address such as clinic@example.org.")
        if text and not _is_mailbox(text):
            what = f'{name} is "{text}", which is not one address'
            fix = "Write one, without a name, such as clinic@example.org."
            self._problem("SC941", what, fix)
        return text

    def _server(self) -> tuple[str, int]:
        fix = "Write its name and port, such as mail.example.org:587."
        text = self._needed(SERVER, fix)
        if not text:
            return "", 0
        host, port = _host_and_port(f"//{text}")
        if not port or text.lower() not in {f"{host}:{port}", f"[{host}]:{port}"}:
            self._problem("SC942", f'{SERVER} is "{text}"', fix)
        return host, port

    def _security(self, host: str) -> Security:
        name = self.texts[SECURITY] or Security.STARTTLS.value
        if name not in set(Security):
            self._problem(
                "SC943", f'{SECURITY} is "{name}"', did_you_mean(name, list(Security))
            )
            return Security.STARTTLS
        security = Security(name)
        if security is Security.NONE and host and host not in _HERE:
            what = f"{SECURITY} is none, and {host} is not this machine"
            fix = "Write starttls or tls: anybody on the way could read and change it."
            self._problem("SC943", what, fix)
        return security

    def _credentials(self) -> tuple[str | None, str | None]:
        user, file = self.texts[USER], self.texts[PASSWORD_FILE]
        if bool(user) is not bool(file):
            there, missing = (USER, PASSWORD_FILE) if user else (PASSWORD_FILE, USER)
            what = f"{there} is set and {missing} is not"
            self._problem("SC944", what, "Set both, or neither.")
            return None, None
        if user and not user.isascii():
            what = f"{USER} holds a sign that mail servers do not know"
            self._problem(
                "SC944", what, "Write it in letters, digits and signs of ASCII."
            )
        return (user, self._password(Path(file))) if user else (None, None)

    def _password(self, path: Path) -> str:
        try:
            is_open = path.stat().st_mode & _OPEN_TO_OTHERS
            password = path.read_text("utf-8").partition("\n")[0].removesuffix("\r")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            what = f"{PASSWORD_FILE}: {path} can't be read ({reason})"
            self._problem("SC944", what, "Name a file whose first line it is.")
            return ""
        if is_open:
            what = f"{PASSWORD_FILE}: every user of this machine can read {path}"
            self._problem("SC944", what, f"Close it: chmod 600 {path}.")
        elif not password or not password.isascii() or not password.isprintable():
            what = f"{PASSWORD_FILE}: the first line of {path} is no password"
            fix = "Write it there, in letters, digits and signs of ASCII."
            self._problem("SC944", what, fix)
        return password

    def _address(self) -> str:
        fix = "Write where the pages are, such as https://screening.example.org."
        text = self._needed(ADDRESS, fix).rstrip("/")
        if not text:
            return ""
        host, port = _host_and_port(text)
        schemes = ("https", "http") if host in _HERE else ("https",)
        end = f":{port}" if port else ""
        bare = {
            f"{one}://{name}{end}" for one in schemes for name in (host, f"[{host}]")
        }
        if not host or text.lower() not in bare:
            self._problem("SC945", f'{ADDRESS} is "{text}"', fix)
        return text


def _host_and_port(address: str) -> tuple[str, int]:
    """Return the host, empty if it can't be one, and the port, 0 if there is none."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        return "", 0
    return (host, port) if _HOST.fullmatch(host) else ("", port)


def _is_mailbox(text: str) -> bool:
    """Say whether the text is one bare address that any server understands."""
    try:
        found = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        return False
    return (
        text.isascii()
        and text.isprintable()
        and bool(found.username)
        and found.addr_spec == text
        and _DOMAIN.fullmatch(found.domain) is not None
    )
