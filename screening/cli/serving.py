"""How are pages served? By gunicorn's threads, told here and not by a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gunicorn.app.base import (  # type: ignore[import-untyped] # published without
    BaseApplication,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


class Service(BaseApplication):  # type: ignore[misc] # gunicorn is published without types
    """The service behind gunicorn; it is opened in each worker, not before."""

    def __init__(self, open_app: Callable[[], Flask], **settings: Any) -> None:  # noqa: ANN401 - as gunicorn has them
        """Keep how the service is opened and gunicorn's settings."""
        self._open_app = open_app
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings; its own files and variables are not read."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Open the service, in the worker that answers with it."""
        return self._open_app()


def serve(
    open_app: Callable[[], Flask], *, address: str, workers: int = 1, threads: int = 8
) -> None:
    """Serve until the process is stopped; `address` is HOST:PORT."""
    Service(
        open_app,
        bind=address,
        control_socket_disable=True,
        # The service logs requests itself, without addresses or answers.
        accesslog=None,
        loglevel="warning",
        threads=threads,
        worker_class="gthread",
        workers=workers,
    ).run()
