"""Which keys does the service hold, where do they come from, are they good enough?

A key ring is JSON, in a file outside the database or in the environment variable
`SCREENING_KEYS`; every key is 32 random bytes in base64:

    {"encryption": [{"id": "k2", "key": "..."}, {"id": "k1", "key": "..."}],
     "audit": "...", "cookies": "...", "codes": "..."}

`encryption` wraps the data keys of records; the first is active, the others still open
older records. `audit` signs the audit trail, `cookies` signs browser cookies, `codes`
is the pepper of everything a person presents and the database only recognises.
Missing, short, repeated or guessable keys raise `KeyProblem`: better not to start.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.store.outside import RandomBytes
from screening.store.problems import KeyProblem

ENVIRONMENT_VARIABLE = "SCREENING_KEYS"
KEY_SIZE_BYTES = 32

_SINGLE_KEYS = ("audit", "cookies", "codes")
_PARTS = frozenset({"encryption", *_SINGLE_KEYS})
_KEY_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,31}", re.ASCII)
# 32 random bytes have fewer than 12 different values once in 2**70 rings.
_FEWEST_DIFFERENT_BYTES = 12
_MAKE_NEW = (
    "Make a new key file with `screening keys`, or set 32 random bytes in base64."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptionKey:
    """A key that wraps data keys, and the id that records carry to find it again."""

    id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """All the secrets of one service; none of them shows in `repr`."""

    encryption: tuple[EncryptionKey, ...]
    audit: bytes = field(repr=False)
    cookies: bytes = field(repr=False)
    codes: bytes = field(repr=False)

    @property
    def active(self) -> EncryptionKey:
        """The key that wraps the data keys of new records."""
        return self.encryption[0]

    def encryption_key(self, key_id: str) -> EncryptionKey | None:
        """Find the key that a record names, if the ring still holds it."""
        return next((key for key in self.encryption if key.id == key_id), None)

    def code_mac(self, purpose: str, code: str) -> str:
        """Give what is stored in place of a secret: 64 hex digits, for one purpose.

        A code that cannot be UTF-8 gives the mac of its escaped form: it matches
        nothing that was ever issued.
        """
        content = purpose.encode() + b"\0" + code.encode(errors="backslashreplace")
        return hmac.new(self.codes, content, hashlib.sha256).hexdigest()


def create_key_file(
    path: Path, *, random_bytes: RandomBytes = secrets.token_bytes
) -> None:
    """Write a new key ring that only the owner can read; never over an existing file.

    Raises:
        KeyProblem: a file is there already, or the folder can't be written to.
    """
    ring = {
        "encryption": [{"id": f"k{random_bytes(4).hex()}", "key": _new(random_bytes)}],
        **{name: _new(random_bytes) for name in _SINGLE_KEYS},
    }
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as file:
            file.write(json.dumps(ring, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise KeyProblem(
            where=str(path),
            what="the file exists, and losing its keys would lose every record",
            fix="Name another file, or move this one away first.",
        ) from None
    except OSError as error:
        raise KeyProblem(
            where=str(path),
            what=f"the key file cannot be written ({error.strerror})",
            fix="Name a folder that exists and that you may write to.",
        ) from None


def load_keys(
    *, path: Path | None = None, environment: Mapping[str, str] | None = None
) -> KeyRing:
    """Read the key ring from the file, or else from the environment variable.

    Raises:
        KeyProblem: neither is set, both are, or what they hold is not good enough.
    """
    text = (environment or {}).get(ENVIRONMENT_VARIABLE)
    if path is not None and text is not None:
        raise KeyProblem(
            where=ENVIRONMENT_VARIABLE,
            what=f"keys are set here and in the file {path}",
            fix="Keep one of the two.",
        )
    if path is not None:
        return load_key_file(path)
    if text is None:
        raise KeyProblem(
            where=ENVIRONMENT_VARIABLE,
            what="there are no keys, and without them nothing can be stored",
            fix="Name a key file, or set the variable to a key ring in JSON.",
        )
    return parse_key_ring(text, where=ENVIRONMENT_VARIABLE)


def load_key_file(path: Path) -> KeyRing:
    """Read a key ring from a file that others on the machine can't read.

    Its group may read it, as that of a mounted secret does, but not change it.

    Raises:
        KeyProblem: the file is missing, open to others, or not good enough.
    """
    where = str(path)
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise KeyProblem(
            where=where, what=f"the key file cannot be read ({reason})", fix=_MAKE_NEW
        ) from None
    fault = None
    if mode & 0o007:
        fault = "every user of this machine can read or change the key file"
    elif mode & 0o020:
        fault = "everybody in the group of the key file can change it"
    if fault is not None:
        raise KeyProblem(
            where=where,
            what=fault,
            fix=f"Close it: chmod 600 {path} (for a mounted secret, mode 0400).",
        )
    return parse_key_ring(text, where=where)


def parse_key_ring(text: str, *, where: str) -> KeyRing:
    """Read a key ring from JSON text; `where` is what the messages name.

    Raises:
        KeyProblem: a part is missing, unknown, short, repeated or guessable.
    """
    try:
        ring = json.loads(text)
    except (ValueError, RecursionError):
        # The parser's message quotes the text, and the text is secret.
        raise KeyProblem(
            where=where, what="the key ring is not JSON", fix=_MAKE_NEW
        ) from None
    if not isinstance(ring, dict) or set(ring) != _PARTS:
        raise KeyProblem(
            where=where,
            what=f"the key ring does not have exactly the parts {_listed(_PARTS)}",
            fix="Compare it with the form that the documentation shows.",
        )
    encryption = _encryption_keys(ring["encryption"], where)
    singles = {name: _key(ring[name], name, where) for name in _SINGLE_KEYS}
    every_key = [*(entry.key for entry in encryption), *singles.values()]
    if len(set(every_key)) != len(every_key):
        raise KeyProblem(
            where=where,
            what="the same key stands in two places",
            fix="Give each purpose a key of its own.",
        )
    return KeyRing(encryption=encryption, **singles)


def _encryption_keys(entries: object, where: str) -> tuple[EncryptionKey, ...]:
    if not isinstance(entries, list) or not entries:
        raise KeyProblem(
            where=where,
            what='"encryption" is not a list with at least one key',
            fix=_MAKE_NEW,
        )
    keys = tuple(_encryption_key(entry, where) for entry in entries)
    if len({key.id for key in keys}) != len(keys):
        raise KeyProblem(
            where=where,
            what='two keys of "encryption" have the same id',
            fix="Give the newer key an id that was never used.",
        )
    return keys


def _encryption_key(entry: object, where: str) -> EncryptionKey:
    if not isinstance(entry, dict) or set(entry) != {"id", "key"}:
        raise KeyProblem(
            where=where,
            what='an entry of "encryption" does not have exactly an id and a key',
            fix='Write each entry as {"id": "k1", "key": "..."}.',
        )
    key_id = entry["id"]
    if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
        raise KeyProblem(
            where=where,
            what='an id of "encryption" is not made of small letters, digits, . and -',
            fix="Use at most 32 of them, starting with a letter or digit.",
        )
    return EncryptionKey(id=key_id, key=_key(entry["key"], key_id, where))


def _key(value: object, name: str, where: str) -> bytes:
    """Read one key of exactly 32 bytes that looks as if chance had made it."""
    try:
        key = base64.b64decode(value if isinstance(value, str) else "", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    fault = None
    if len(key) != KEY_SIZE_BYTES:
        fault = "is not 32 bytes in base64"
    elif len(set(key)) < _FEWEST_DIFFERENT_BYTES:
        fault = "repeats itself: it is a default or an example, not a random key"
    elif key.isascii() and key.decode("ascii").isprintable():
        fault = "is text that somebody typed, not random bytes"
    if fault is not None:
        raise KeyProblem(where=where, what=f'key "{name}" {fault}', fix=_MAKE_NEW)
    return key


def _new(random_bytes: RandomBytes) -> str:
    return base64.b64encode(random_bytes(KEY_SIZE_BYTES)).decode("ascii")


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
