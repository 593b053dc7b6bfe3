"""Is a new password good enough, how is it kept, and does a typed one match?

Kept as argon2id with 19 MiB, two passes and one lane, the least that OWASP's ASVS 5.0
(appendix C) allows, about a tenth of a second a try. A password has 15 to 128 signs in
Unicode form NFKC (NIST SP 800-63B-4), any signs, and must not be made of parts that
are tried first.
"""

from __future__ import annotations

import functools
import re
import string
import unicodedata
from collections.abc import Iterable
from importlib import resources

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from screening.accounts.problems import PasswordFault, PasswordRefused

SHORTEST = 15
LONGEST = 128

# ASVS 5.0 appendix C: m = 19 MiB, t = 2, p = 1.
_HASHER = PasswordHasher(
    time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID, encoding="utf-8"
)
# The hash of a random text that was thrown away: it costs what a real one costs.
_NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "Dt72+uu9r7C+tv5E4E5h+w$GkGXbuVKyNM3S54peQqpTQJZluxvW8EX09uEhmnR33I"
)

_LOOKALIKES = str.maketrans("0134578@$!|", "oleastbasil")
_REPEATS = r"(.)\1{2,}"
_FEWEST_SIGNS_LEFT = 8
_FEWEST_DIFFERENT_SIGNS = 5
_SHORTEST_RUN = 3
_SHORTEST_NAME_PART = 3


def hash_password(password: str, *, names: Iterable[str] = ()) -> str:
    """Give what is stored for a new password.

    `names` are the person's own: the user name and the name that is shown.

    Raises:
        PasswordRefused: the password is not good enough; nothing was hashed.
    """
    normal = _normal(password)
    if isinstance(normal, PasswordFault):
        raise PasswordRefused(normal)
    if len(normal) < SHORTEST:
        raise PasswordRefused(PasswordFault.TOO_SHORT)
    folded = normal.casefold()
    if not _is_enough(_without(folded, _common_parts())):
        raise PasswordRefused(PasswordFault.TOO_COMMON)
    if not _is_enough(_without(folded, [*_common_parts(), *_name_parts(names)])):
        raise PasswordRefused(PasswordFault.OWN_NAME)
    return _HASHER.hash(normal)


def hash_of_random_text(text: str) -> str:
    """Give what is stored for a text that chance made, by the same function."""
    return _HASHER.hash(text)


def is_match(password: str, stored: str | None) -> bool:
    """Say whether a typed password is the stored one.

    With no stored hash, because nobody has that user name, the answer is False after
    the same work. A password that is too long is refused before any.
    """
    normal = _normal(password)
    if isinstance(normal, PasswordFault):
        return False
    try:
        _HASHER.verify(stored or _NOBODYS_HASH, normal)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def rehashed(password: str, stored: str) -> str | None:
    """Give a new hash when the stored one is weaker than today's; otherwise None.

    `password` has just been shown to match `stored`.
    """
    if not _HASHER.check_needs_rehash(stored):
        return None
    normal = _normal(password)
    return None if isinstance(normal, PasswordFault) else _HASHER.hash(normal)


def _normal(password: str) -> str | PasswordFault:
    """Bring the password to its one form, however the keyboard composed it."""
    # Measured first: normalising a megabyte would be work that a stranger orders.
    if len(password) > LONGEST:
        return PasswordFault.TOO_LONG
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) > LONGEST:
        return PasswordFault.TOO_LONG
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in normal):
        return PasswordFault.UNREADABLE
    return normal


@functools.cache
def _common_parts() -> tuple[str, ...]:
    text = resources.files("screening.accounts").joinpath("common_parts.txt")
    lines = text.read_text(encoding="ascii").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _name_parts(names: Iterable[str]) -> list[str]:
    folded = [unicodedata.normalize("NFKC", name).casefold() for name in names]
    parts = [part for name in folded for part in re.split(r"[\W_\d]+", name)]
    return [part for part in parts if len(part) >= _SHORTEST_NAME_PART]


def _without(folded: str, parts: Iterable[str]) -> str:
    """Give what is left as typed, and then with look-alike signs read as letters."""
    # The longest part first, so that `password` goes before `pass`.
    by_length = sorted({*parts, *_sequences()}, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, by_length), _REPEATS]))
    # A blank stays for each part, so that what stood around it makes no new one.
    left = pattern.sub(" ", pattern.sub(" ", folded).translate(_LOOKALIKES))
    return "".join(left.split())


@functools.cache
def _sequences() -> frozenset[str]:
    """Give every run of three or more such as `abc`, `cba` and `4567`."""
    return frozenset(
        text[start:end]
        for forwards in (string.ascii_lowercase, "01234567890")
        for text in (forwards, forwards[::-1])
        for start in range(len(text))
        for end in range(start + _SHORTEST_RUN, len(text) + 1)
    )


def _is_enough(left: str) -> bool:
    return len(left) >= _FEWEST_SIGNS_LEFT and len(set(left)) >= _FEWEST_DIFFERENT_SIGNS
