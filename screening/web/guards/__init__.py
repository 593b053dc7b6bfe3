"""Each file here is one control that every request passes; `install_all` orders them.

A guard is a file with one `install(app)` and a test of its own name. It never knows a
page: what a page needs to say to a guard, it says through that guard's own function.
"""

from flask import Flask

from screening.web import language, logging
from screening.web.guards import (
    body_kind,
    csrf,
    error_pages,
    fetch_site,
    field_count,
    proxies,
    repeated_names,
    request_id,
    sane_address,
    sane_body,
    security_headers,
    session_cookie,
)


def install_all(app: Flask) -> None:
    """Leave every control in force, cheap refusals before costly ones."""
    proxies.install(app)
    request_id.install(app)
    logging.install(app)
    security_headers.install(app)
    error_pages.install(app)
    session_cookie.install(app)
    fetch_site.install(app)
    sane_address.install(app)
    language.install(app)
    body_kind.install(app)
    field_count.install(app)
    sane_body.install(app)
    repeated_names.install(app)
    csrf.install(app)
