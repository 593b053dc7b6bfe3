"""What does a person read when a request fails? What happened and what to do now.

Every failure has a page with the help numbers in its footer and the request's id. No
page shows a trace, a version or anything of the request itself, but one: when the
records cannot be reached, the answers just posted are put back into a form that sends
them again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from screening.store.problems import DatabaseUnavailable
from screening.web import logging
from screening.web.guards.request_id import current_request_id
from screening.web.names import ANSWER_PREFIX

RETRY_AFTER_S = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One kind of failure: its status code, and its page's heading and paragraphs."""

    code: int
    title: str
    body: tuple[str, ...]


_AGAIN = "Go back to the page before and try again."

FAILURES: Mapping[str, Failure] = {
    "400": Failure(
        code=400,
        title="We could not read that request",
        body=("Nothing was saved from it.", _AGAIN),
    ),
    "page-too-old": Failure(
        code=400,
        title="This page was open too long",
        body=(
            "Nothing was saved from this page, but nothing you saved earlier is lost.",
            "Go back: what you typed may still be there. Press the button again.",
            "If you come to the start page instead, your code leads to what you saved.",
            "This service needs one cookie. If your browser blocks cookies, allow it.",
        ),
    ),
    "401": Failure(
        code=401, title="Please sign in", body=("This page is for clinic staff.",)
    ),
    "403": Failure(
        code=403,
        title="This is not allowed",
        body=("Nothing was saved or changed.", _AGAIN),
    ),
    "404": Failure(
        code=404,
        title="Page not found",
        body=(
            "If you typed the address, check that it is correct.",
            "If you followed a link, it may have expired. Please contact the clinic.",
        ),
    ),
    "405": Failure(
        code=405,
        title="This page cannot be used like that",
        body=("Nothing was saved.", _AGAIN),
    ),
    "409": Failure(
        code=409,
        title="This was changed somewhere else",
        body=(
            "It was changed in another window, or its button was pressed twice.",
            "Nothing was saved from this page.",
            "Go back, reload the page to see what is stored now, and carry on there.",
        ),
    ),
    "413": Failure(
        code=413,
        title="That is too much text",
        body=(
            "Nothing was saved from this page.",
            "Go back, shorten the longest answer and try again.",
        ),
    ),
    "415": Failure(
        code=415,
        title="Files cannot be sent here",
        body=("Nothing was saved.", "Go back and answer in the boxes on the page."),
    ),
    "422": Failure(
        code=422,
        title="Some characters could not be read",
        body=(
            "Nothing was saved from this page.",
            "This can happen when text is pasted from another program.",
            "Go back, type that answer again and press the button.",
        ),
    ),
    "429": Failure(
        code=429,
        title="Please wait a little",
        body=(
            "There were too many tries in a short time.",
            "Wait five minutes, then try again. Nothing is lost.",
        ),
    ),
    "500": Failure(
        code=500,
        title="There is a fault in this service",
        body=(
            "The fault is ours. What you sent with the last button may not be saved.",
            "Try again in a few minutes. If it happens again, tell the clinic.",
        ),
    ),
    "503": Failure(
        code=503,
        title="This service is not available right now",
        body=("Try again in a few minutes.",),
    ),
    "not-saved": Failure(
        code=503,
        title="Not saved",
        body=(
            "The clinic’s records could not be reached.",
            "Your answers are still on this page. Wait a moment, then press Try again.",
        ),
    ),
    "records-away": Failure(
        code=503,
        title="The clinic’s records cannot be reached right now",
        body=("Nothing was saved or changed.", "Try again in a few minutes."),
    ),
}
"""Every failure that has words of its own, by its name."""

_PASSED_ON = ("Allow", "Retry-After")


def install(app: Flask) -> None:
    """Answer every failure with its page."""
    app.register_error_handler(HTTPException, _http_failure)
    app.register_error_handler(Exception, _fault)
    app.register_error_handler(DatabaseUnavailable, database_unavailable)


def error_page(
    name: str, *, headers: Mapping[str, str] | None = None, **context: object
) -> Response:
    """Return the page of the failure called `name`, a key of `FAILURES`."""
    failure = FAILURES[name]
    page = render_template(
        "errors/error.html",
        failure=failure,
        request_id=current_request_id(),
        **context,
    )
    response = make_response(page, failure.code)
    response.headers.update(headers or {})
    return response


def database_unavailable(error: DatabaseUnavailable) -> Response:
    """Say that nothing was saved, and offer to send posted answers again."""
    logging.log_event("database_unavailable", reason=error.trouble.value)
    answers = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token"
    ]
    retry = {"Retry-After": str(RETRY_AFTER_S)}
    # Only a page of answers is given back; a password or a code never is.
    if not any(name.startswith(ANSWER_PREFIX) for name, _ in answers):
        return error_page("records-away", headers=retry)
    return error_page("not-saved", headers=retry, send_again=answers)


def _http_failure(error: HTTPException) -> Response:
    code = error.code or InternalServerError.code
    name = str(code) if str(code) in FAILURES else _nearest(code)
    told = {key: value for key, value in error.get_headers() if key in _PASSED_ON}
    response = error_page(name, headers=told)
    response.status_code = code
    return response


def _fault(error: Exception) -> Response:
    logging.log_exception(error)
    return error_page("500")


def _nearest(code: int) -> str:
    return "400" if code < InternalServerError.code else "500"
