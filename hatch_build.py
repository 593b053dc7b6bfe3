"""What goes into the wheel besides the Python code?

The style sheet, the script and the fonts that `make assets` builds, so that a wheel is
installed without Node.js; and copies of the top-level templates and questionnaires,
which the installed package reads from ``screening/_data``.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = (
    "screening/report/fonts/DejaVuSans-Bold.ttf",
    "screening/report/fonts/DejaVuSans.LICENSE",
    "screening/report/fonts/DejaVuSans.ttf",
    "screening/report/fonts/NotoEmoji.LICENSE",
    "screening/report/fonts/NotoEmoji.ttf",
    "screening/report/fonts/NotoSansDevanagari.LICENSE",
    "screening/report/fonts/NotoSansDevanagari.ttf",
    "screening/report/fonts/NotoSansKR.LICENSE",
    "screening/report/fonts/NotoSansKR.ttf",
    "screening/report/fonts/NotoSansSC.LICENSE",
    "screening/report/fonts/NotoSansSC.ttf",
    "screening/web/static/accessible-autocomplete.LICENSE",
    "screening/web/static/accessible-autocomplete.min.js",
    "screening/web/static/nhsuk-frontend.min.js",
    "screening/web/static/reading.css",
    "screening/web/static/screening.css",
)
CARRIED = ("questionnaires", "templates")


class BuildIncompleteError(Exception):
    """A file or folder that a distribution must carry is not there."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            "screening cannot be built: missing "
            + ", ".join(missing)
            + ". Run `make assets` in a checkout, then build again."
        )


class CustomBuildHook(BuildHookInterface[Any]):
    """Refuses an incomplete distribution and adds the carried folders."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leave `build_data` complete, or raise `BuildIncompleteError`.

        An editable install (`version` "editable") reads everything from the checkout,
        where the files may be built later, so nothing is asked of it.
        """
        if version == "editable":
            return
        root = Path(self.root)
        missing = [name for name in (*BUILT, *CARRIED) if not (root / name).exists()]
        if missing:
            raise BuildIncompleteError(missing)
        if self.target_name == "wheel":
            for name in CARRIED:
                build_data["force_include"][name] = f"screening/_data/{name}"
