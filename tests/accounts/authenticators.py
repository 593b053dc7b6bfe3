"""With what do people in these tests show a second factor? An app, or a passkey."""

import base64
import hashlib
import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

from screening.accounts.apps import keep_app
from screening.accounts.totp import code_of, step_at


class AppOfATest:
    """An authenticator app that shows each code once, the oldest that is good first.

    Time stands still in most tests: three codes are good at any moment, and no more.
    """

    def __init__(self, secret, clock):
        self.secret, self.clock = secret, clock
        self.shown = step_at(clock()) - 2

    @classmethod
    def of(cls, accounts, user_id):
        """Give somebody an app, as if they had set it up a while ago."""
        ground = accounts.ground
        app = cls(ground.random_bytes(20), ground.clock)
        with ground.database.transaction() as session:
            keep_app(ground, session, user_id, secret=app.secret, step=app.shown)
        return app

    def code(self):
        now = step_at(self.clock())
        self.shown = max(self.shown + 1, now - 1)
        assert self.shown <= now + 1, "Three codes were shown: let time go on."
        return self.at(self.shown)

    def at(self, step):
        return code_of(self.secret, step)


class PasskeyOfATest:
    """An authenticator in software, with one key, as a browser would speak for it."""

    def __init__(self, origin, *, counts=True):
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.counts, self.count, self.verifies = counts, 0, True

    def make(self, options):
        """Answer what asks for a new passkey, as JSON."""
        asked = json.loads(options)
        numbers = self.key.public_key().public_numbers()
        public_key = encode_cbor(
            {
                1: 2,
                3: -7,
                -1: 1,
                -2: numbers.x.to_bytes(32, "big"),
                -3: numbers.y.to_bytes(32, "big"),
            }
        )
        attested = (
            bytes(16)
            + len(self.credential_id).to_bytes(2, "big")
            + self.credential_id
            + public_key
        )
        data = self._authenticator_data(asked["rp"]["id"], 0x40) + attested
        made = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        self.user_handle = asked["user"]["id"]
        return self._answer(
            attestationObject=_text(made),
            clientDataJSON=_text(self._said("webauthn.create", asked, self.origin)),
        )

    def sign(self, options, *, origin=None, signature=None):
        """Answer what asks for this passkey, as JSON."""
        asked = json.loads(options)
        self.count += 1
        said = self._said("webauthn.get", asked, origin or self.origin)
        data = self._authenticator_data(asked["rpId"], 0)
        signed = data + hashlib.sha256(said).digest()
        signature = signature or self.key.sign(signed, ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=_text(said),
            authenticatorData=_text(data),
            signature=_text(signature),
            userHandle=self.user_handle,
        )

    def _authenticator_data(self, rp_id, flags):
        flags |= 0x05 if self.verifies else 0x01
        count = self.count if self.counts else 0
        site = hashlib.sha256(rp_id.encode()).digest()
        return site + bytes([flags]) + count.to_bytes(4, "big")

    def _said(self, kind, asked, origin):
        said = {"type": kind, "challenge": asked["challenge"], "origin": origin}
        return json.dumps(said).encode()

    def _answer(self, **response):
        credential_id = _text(self.credential_id)
        return json.dumps(
            {
                "id": credential_id,
                "rawId": credential_id,
                "type": "public-key",
                "response": response,
            }
        )


def _text(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
