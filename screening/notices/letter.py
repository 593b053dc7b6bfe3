"""What does a notice say? That something waits, and where: nothing of any patient."""

from __future__ import annotations

from datetime import UTC
from email.message import EmailMessage
from email.utils import format_datetime

from screening.notices.route import Route
from screening.store.outbox import Notice

_URGENT = "An urgent submission waits."
_SAME_DAY = "A submission waits that is to be looked at today."
_REST = """\
{first} Open the queue:

{address}/clinic

This was sent by a program, and nobody reads replies.
The same notice may come twice.
"""


def letter(notice: Notice, route: Route) -> EmailMessage:
    """Return the mail of a notice, the same one each time it is made.

    Its Message-ID is that of the notice, by which a second copy is recognised.
    """
    first = _URGENT if notice.urgent else _SAME_DAY
    mail = EmailMessage()
    mail["From"] = route.sender
    mail["To"] = route.to
    mail["Subject"] = first.removesuffix(".")
    mail["Date"] = format_datetime(notice.made_at.astimezone(UTC))
    mail["Message-ID"] = f"<{notice.id}@{route.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    # As it stands, so that a long link is not broken in two.
    mail.set_content(_REST.format(first=first, address=route.address), cte="7bit")
    return mail
