"""Where are the templates and questionnaires that this installation uses?

In a checkout they are the top-level folders that people edit. An installed wheel
carries copies of both inside the package, under ``_data``.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """Return the folder of the page templates, as an absolute path."""
    return _folder("templates")


def questionnaires_folder() -> Path:
    """Return the folder of the questionnaires, as an absolute path."""
    return _folder("questionnaires")


def _folder(name: str) -> Path:
    checkout = PACKAGE.parent
    if _is_checkout(checkout):
        return checkout / name
    return PACKAGE / "_data" / name


def _is_checkout(folder: Path) -> bool:
    return (folder / "pyproject.toml").is_file() and (
        folder / "questionnaires"
    ).is_dir()
