"""How is a file written, so that it is never seen half written?"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile


def keep(path: Path, text: str) -> None:
    """Put the text in the file's place in one step, with the file's permissions.

    A link stays a link: what it leads to is written. Raises OSError when it can't be;
    the file is then as it was.
    """
    target = path.resolve()
    with NamedTemporaryFile(
        "w",
        dir=target.parent,
        prefix=f".{target.name}.",
        encoding="utf-8",
        newline="\n",
        delete=False,
    ) as written:
        new = Path(written.name)
        try:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
            if target.exists():
                shutil.copymode(target, new)
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
