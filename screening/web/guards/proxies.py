"""Whose address does a request come from? The one our own proxies say, nobody else's.

`SCREENING_TRUSTED_PROXIES` counts the proxies of our own. From the right end of
`X-Forwarded-For` that many entries are believed; whatever a stranger wrote further
left is ignored. With 0 the header is ignored altogether.
"""

from ipaddress import IPv4Address, ip_address, ip_network

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from screening.web.shell import current_shell

HOUSEHOLD_BITS = 64
"""How much of an IPv6 address says whose it is; the rest its holder chooses freely."""


def install(app: Flask) -> None:
    """Believe as many proxies as the deployment counts as its own."""
    with app.app_context():
        trusted = current_shell().config.trusted_proxies
    if trusted:
        # mypy: replacing the method is how Flask documents middleware.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=0
        )


def client_address() -> str:
    """Return the address that limits are counted by; never logged.

    Of an IPv6 address, the network: one household has billions of addresses.
    """
    told = request.remote_addr or ""
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, HOUSEHOLD_BITS), strict=False))
