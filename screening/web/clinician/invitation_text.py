"""What does a clinic write to a patient whom it invites? A text to copy.

It is read on lock screens and by whoever shares the mailbox, so it names no condition,
no treatment and no clinic: whoever sends it signs it as they always do.
"""

from __future__ import annotations

from collections.abc import Collection

_TEXTS = {
    "en": (
        "English",
        """Hello,

as agreed, here is your personal link to our form:

{link}

You can stop at any time and go on later. The link is good until {until}. It is for you alone: please do not pass it on.

If you have a question, or the link does not open, reply to us or call us.

With kind regards""",  # noqa: E501 - a paragraph of a mail is one line
    ),
    "es": (
        "Spanish",
        """Hola:

Como acordamos, este es su enlace personal a nuestro formulario:

{link}

Puede parar en cualquier momento y seguir más tarde. El enlace vale hasta el {until}. Es solo para usted: por favor, no lo comparta.

Si tiene alguna pregunta, o si el enlace no se abre, respóndanos o llámenos.

Un cordial saludo""",  # noqa: E501 - a paragraph of a mail is one line
    ),
}


def mail_texts(
    link: str, until: dict[str, str], offered: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Return (language in words, text) of each language that is offered, by its code.

    `until` is the link's last day, in words of each language.
    """
    return {
        code: (name, text.format(link=link, until=until[code]))
        for code, (name, text) in _TEXTS.items()
        if code == "en" or code in offered
    }
