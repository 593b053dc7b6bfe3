"""How does a page name its style sheet so that browsers keep it until it changes?

By one fingerprint over every static file and what the clinic brings of its own, taken
when the service starts. The address
of a file carries it, and only that address may be kept (`guards/security_headers`).
"""

import hashlib
from pathlib import Path
from typing import cast

from flask import Flask, current_app, url_for

FINGERPRINT_NAME = "v"
_NAME = "screening-assets"
_CHARACTERS = 12


def fingerprint(folder: Path, made: bytes = b"") -> str:
    """Return a short digest of the files in `folder`, if any, and of `made`."""
    digest = hashlib.sha256(made)
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:_CHARACTERS]


def install(app: Flask, made: bytes) -> None:
    """Take the fingerprint, `made` with it, and give templates `asset(file_name)`."""
    app.extensions[_NAME] = fingerprint(Path(app.static_folder or ""), made)
    app.jinja_env.globals["asset"] = asset


def current_fingerprint() -> str:
    """Return the fingerprint of the static files as they were when this started."""
    # Only install writes under this name, and only text.
    return cast("str", current_app.extensions[_NAME])


def asset(file_name: str) -> str:
    """Return the address of a static file, with the fingerprint."""
    return url_for("static", filename=file_name, v=current_fingerprint())
