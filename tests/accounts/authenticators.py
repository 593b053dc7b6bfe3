"""With what do people in these tests show a second factor? With an app of their own."""

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
