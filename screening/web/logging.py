"""What may be written down about a request, and in which form?

A log line is one JSON object: a constant event and fields from a closed list. No field
can carry what a patient typed, a query string or a body; JSON encodes line ends, so
one event is always one line. Messages of libraries are reduced to who complained,
because their text may quote a value.
"""

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from flask import Flask, Response, g, has_request_context, request

ALLOWED_FIELDS = frozenset(
    {
        "account",
        "code",
        "count",
        "database",
        "draft",
        "duration_ms",
        "exception",
        "fix",
        "frames",
        "frequency",
        "invitation",
        "locale",
        "method",
        "page_count",
        "problem",
        "questionnaire",
        "reason",
        "role",
        "route",
        "status",
        "submission",
        "version",
    }
)
"""The names a log line may hold; ids are opaque, the rest is said by this program."""

LONGEST_VALUE = 300
_EVENT = re.compile(r"[a-z][a-z0-9_]{2,60}")
_OURS = logging.getLogger("screening.events")

Value = str | int | float | bool | None


def log_event(event: str, *, level: int = logging.INFO, **fields: Value) -> None:
    """Leave one line about `event` in the log, with the allowed ones of `fields`.

    A name that is not allowed is left out and counted: a log line never fails a
    request, and never carries what nobody thought about. The test of each event reads
    `left_out`.
    """
    kept: dict[str, Value] = {
        name: value[:LONGEST_VALUE] if isinstance(value, str) else value
        for name, value in fields.items()
        if name in ALLOWED_FIELDS
    }
    if len(kept) < len(fields):
        kept["left_out"] = len(fields) - len(kept)
    name = event if _EVENT.fullmatch(event) else "unnamed_event"
    _OURS.log(level, name, extra={"screening_fields": kept})


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON, in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for `record`; only our own events keep their fields."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(
            timespec="milliseconds"
        )
        line: dict[str, Value] = {"at": at, "level": record.levelname.lower()}
        if record.name == _OURS.name:
            line["event"] = record.getMessage()
            line.update(getattr(record, "screening_fields", {}))
        else:
            line["event"] = "library_message"
            line["logger"] = record.name
            if record.exc_info and record.exc_info[0]:
                line["exception"] = record.exc_info[0].__name__
        if has_request_context() and "request_id" in g:
            line["request_id"] = g.request_id
        return json.dumps(line, ensure_ascii=True)


class JsonHandler(logging.StreamHandler[TextIO]):
    """The one handler of the process; its class tells that it is already there."""


def set_up_logging(stream: TextIO | None = None) -> None:
    """Leave the process logging in JSON to `stream` (default: standard error), once."""
    root = logging.getLogger()
    if any(isinstance(handler, JsonHandler) for handler in root.handlers):
        return
    handler = JsonHandler(stream or sys.stderr)
    handler.setFormatter(JsonLine())
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    _OURS.setLevel(logging.INFO)


def log_faults_only() -> None:
    """Keep to faults what is written where a person works in the same window."""
    set_up_logging()
    for handler in logging.getLogger().handlers:
        if isinstance(handler, JsonHandler):
            handler.setLevel(logging.ERROR)


def install(app: Flask) -> None:
    """Log each finished request by its route's pattern, never by its address."""

    @app.before_request
    def start_clock() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        started = g.get("started")
        log_event(
            "request_finished",
            method=request.method if request.method in _METHODS else "other",
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            duration_ms=round((time.perf_counter() - started) * 1000, 1)
            if started
            else None,
        )
        return response


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def log_exception(error: BaseException, *, event: str = "request_failed") -> None:
    """Leave the class of `error` and its place; its message may hold answers."""
    log_event(
        event,
        level=logging.ERROR,
        exception=type(error).__name__,
        frames=_frames(error.__traceback__),
    )


def _frames(trace: TracebackType | None) -> str:
    last = traceback.extract_tb(trace)[-6:]
    return " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}:{frame.name}"
        for frame in reversed(last)
    )
