"""Is there help to show where this clinic is? The numbers stand in `locales.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.problems import did_you_mean
from screening.core.schema import LocalesShape

if TYPE_CHECKING:
    from screening.core.load.workbench import Workbench

NAME = "locales.yaml"
DEFAULT = "default"


def check_crisis(bench: Workbench, locale: str | None) -> None:
    """Note a locale without an entry; what an entry must have is in its shape.

    `locale` is the clinic's own, None while none is chosen: then the default block is
    shown. The file is no part of a questionnaire's version: numbers change.
    """
    opened = bench.open(NAME, LocalesShape)
    bench.files.pop(NAME, None)
    if opened is None:
        return
    spot, shape = opened
    known = shape.locales
    if locale is not None and locale not in known:
        what = f'there are no crisis numbers for the locale "{locale}"'
        names = [name for name in known if name != DEFAULT]
        spot.key("locales").say("SC801", what, did_you_mean(locale, names))
    if DEFAULT not in known:
        what = "there are no crisis numbers for where no country is chosen"
        fix = f"Add `{DEFAULT}:` with what to show anywhere."
        spot.key("locales").say("SC801", what, fix)
