"""How does a page name its style sheet so that browsers keep it until it changes?

By one fingerprint over every static file, taken when the service starts. The address
of a file carries it, and only that address may be kept (`guards/security_headers`).
"""

import hashlib
from pathlib import Path
from typing import cast

from flask import Flask, current_app, url_for

FINGERPRINT_NAME = "v"
_NAME = "screening-assets"
_CHARACTERS = 12


def fingerprint(folder: Path) -> str:
    """Return a short digest of every file in `folder`; of nothing if it is missing."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:_CHARACTERS]


def install(app: Flask) -> None:
    """Take the fingerprint and give templates `asset(file_name)`."""
    app.extensions[_NAME] = fingerprint(Path(app.static_folder or ""))
    app.jinja_env.globals["asset"] = asset


def current_fingerprint() -> str:
    """Return the fingerprint of the static files as they were when this started."""
    # Only install writes under this name, and only text.
    return cast("str", current_app.extensions[_NAME])


def asset(file_name: str) -> str:
    """Return the address of a static file, with the fingerprint."""
    return url_for("static", filename=file_name, v=current_fingerprint())
