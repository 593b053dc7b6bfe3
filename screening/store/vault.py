"""How is one record encrypted so that nobody without the key ring can read or move it?

Each sealing makes a new 256-bit data key and encrypts the record with AES-256-GCM
under a new 96-bit random nonce. The data key is itself encrypted ("wrapped"), by the
active key of the ring. Both carry where they belong as authenticated text, the record
`table|row id|column` and the wrapped key `table|row id|column|key id`: moved to another
row, column or key, neither opens. The key id is bound to the wrapped key alone, so that
a new key ring means wrapping data keys again and rewriting no record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from screening.store.keys import KeyRing
from screening.store.outside import RandomBytes
from screening.store.problems import RecordUnreadable

_NONCE_SIZE_BYTES = 12
_DATA_KEY_SIZE_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlace:
    """Where a sealed record stands; the same ciphertext opens nowhere else."""

    table: str
    row_id: str
    column: str

    def __post_init__(self) -> None:
        """Refuse the sign that keeps the parts apart."""
        if "|" in self.table + self.row_id + self.column:
            raise ValueError("A table, row id or column may not contain '|'.")

    def __str__(self) -> str:
        """Write the place as it is authenticated."""
        return f"{self.table}|{self.row_id}|{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An encrypted record as the database keeps it."""

    key_id: str
    wrapped_key: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)


class Vault:
    """Seals records and opens them again, with the keys of one ring."""

    def __init__(self, keys: KeyRing, *, random_bytes: RandomBytes) -> None:
        """Hold the ring; data keys and nonces come from `random_bytes`."""
        self._keys = keys
        self._random_bytes = random_bytes

    def seal(self, content: bytes, place: RecordPlace) -> Sealed:
        """Encrypt the content for this place, under a data key of its own."""
        data_key = self._random_bytes(_DATA_KEY_SIZE_BYTES)
        active = self._keys.active
        return Sealed(
            key_id=active.id,
            wrapped_key=self._encrypt(active.key, data_key, f"{place}|{active.id}"),
            ciphertext=self._encrypt(data_key, content, str(place)),
        )

    def open(self, sealed: Sealed, place: RecordPlace) -> bytes:
        """Decrypt what was sealed for this place.

        Raises:
            RecordUnreadable: the ring lacks the key, or the record was altered, moved
                here from another place, or cut short.
        """
        key = self._keys.encryption_key(sealed.key_id)
        if key is None:
            raise _unreadable(place, f"the key ring has no key {sealed.key_id!r}")
        try:
            data_key = _decrypt(key.key, sealed.wrapped_key, f"{place}|{sealed.key_id}")
            return _decrypt(data_key, sealed.ciphertext, str(place))
        except (InvalidTag, ValueError):
            raise _unreadable(
                place, f"{place.column} was not sealed for this row"
            ) from None

    def _encrypt(self, key: bytes, content: bytes, bound_to: str) -> bytes:
        nonce = self._random_bytes(_NONCE_SIZE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def _decrypt(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    nonce, ciphertext = sealed[:_NONCE_SIZE_BYTES], sealed[_NONCE_SIZE_BYTES:]
    return AESGCM(key).decrypt(nonce, ciphertext, bound_to.encode())


def _unreadable(place: RecordPlace, what: str) -> RecordUnreadable:
    return RecordUnreadable(table=place.table, row_id=place.row_id, what=what)
