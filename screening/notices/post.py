"""How is a mail handed to the clinic's mail server? Checked, and never for long."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage

from screening.notices.route import Route, Security

TIMEOUT_S = 15
"""How long each step of talking to the server may take."""


class NotAccepted(Exception):  # noqa: N818 - the name says what happened
    """The server was not reached, not trusted, or did not take the mail.

    `reason` is a name of the program's own and `code` the server's number, or 0. The
    server's words are not kept: nobody knows what they repeat.
    """

    def __init__(self, reason: str, code: int) -> None:
        """Keep both; they are safe to log."""
        self.reason = reason
        self.code = code
        super().__init__(f"The mail was not accepted ({reason}, {code}).")


def hand_over(mail: EmailMessage, route: Route) -> None:
    """Return once the server has accepted the mail for its one recipient.

    Raises:
        NotAccepted: it is not known to have been accepted.
    """
    try:
        server = _connected(route)
        try:
            if route.user is not None:
                server.login(route.user, route.password or "")
            server.send_message(mail, route.sender, [route.to])
            # Accepted: what becomes of the farewell changes nothing.
            with suppress(OSError):
                server.quit()
        finally:
            server.close()
    except OSError as error:  # smtplib's and ssl's own are kinds of it
        raise NotAccepted(type(error).__name__, _code(error)) from None
    except ValueError as error:  # what smtplib reads without looking: a challenge
        raise NotAccepted(type(error).__name__, 0) from None


def _connected(route: Route) -> smtplib.SMTP:
    """Return a connection whose server was checked, where it has to be."""
    # Named, since smtplib would look up this machine's name without a time limit.
    greeting = route.domain
    if route.security is Security.TLS:
        return smtplib.SMTP_SSL(
            route.host,
            route.port,
            local_hostname=greeting,
            timeout=TIMEOUT_S,
            context=ssl.create_default_context(),
        )
    server = smtplib.SMTP(
        route.host, route.port, local_hostname=greeting, timeout=TIMEOUT_S
    )
    try:
        if route.security is Security.STARTTLS:
            server.starttls(context=ssl.create_default_context())
    except OSError:
        server.close()
        raise
    return server


def _code(error: OSError) -> int:
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), 0)
    return 0
