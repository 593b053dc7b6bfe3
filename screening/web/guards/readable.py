"""Which bytes are text a person could have typed? Strict UTF-8 without control signs.

Tabs and line ends are text. NUL, the other control signs and halves of surrogate
pairs are not: a database refuses some of them, a PDF shows none, a log is misled.
"""

import re

_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)


def is_readable(raw: bytes) -> bool:
    """Whether `raw` is such text. Strict decoding refuses lone surrogates itself."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _UNREADABLE.search(text) is None
