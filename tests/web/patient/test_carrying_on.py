"""Can a patient carry on elsewhere with a code, and nobody without one?"""

import html
import re

import pytest

from tests.web.patient.visitor import Visitor

CODE = re.compile(r"<span>([0-9A-Z]{4})</span>")


def code_on(visitor):
    return "-".join(CODE.findall(visitor.text))


@pytest.fixture
def left(app):
    """Somebody who answered two pages and asked for a code."""
    visitor = Visitor(app).begin()
    visitor.answer(for_self="yes", age="44", guardian="no")
    visitor.open("/stop")
    return visitor.press(visitor.form("/code"))


def carry_on(visitor, code):
    visitor.open("/resume")
    return visitor.post("/resume", {"code": code})


def test_on_another_device_they_are_back_where_they_were(app, left):
    where = Visitor(app)
    left.open("/q")
    before = left.path

    carry_on(where, code_on(left.open("/stop").press(left.form("/code"))))

    assert where.status == 200
    assert where.path == before
    first = where.open("/q/about-you")
    assert 'value="44"' in first.text


def test_the_code_is_shown_with_where_and_how_long(left):
    assert len(code_on(left)) == 29
    assert "On this device or on another one, open:" in left.text
    assert "/resume</span>" in left.text
    assert "good until 7 December 2026" in left.text
    assert left.response.headers["Cache-Control"] == "no-store"


def test_the_code_stands_in_no_address(left):
    code = code_on(left).replace("-", "")

    assert not re.search(rf'(?:href|action|src)="[^"]*{code[:8]}', left.text)
    assert left.path == "/code"


@pytest.mark.parametrize("typed", ["", "K7QM", "not a code at all", "<b>" * 4])
def test_what_is_no_code_is_told_and_kept_in_the_field(app, typed):
    visitor = carry_on(Visitor(app), typed)

    assert visitor.status == 422
    assert "Enter your code: 24 letters and numbers" in visitor.text
    assert f'value="{html.escape(typed)[:60]}"' in visitor.text.replace(
        "&#34;", "&quot;"
    )


def test_a_code_that_leads_nowhere_is_told(app):
    visitor = carry_on(Visitor(app), "K7QM-2XRD-K7QM-2XRD-K7QM-2XRD")

    assert visitor.status == 422
    assert "Nothing is kept under this code" in visitor.text


def test_trying_codes_has_a_limit(app):
    visitor = Visitor(app)
    answers = [
        carry_on(visitor, f"K7QM-2XRD-K7QM-2XRD-K7QM-2XR{n}").status for n in range(10)
    ]
    last = carry_on(visitor, "K7QM-2XRD-K7QM-2XRD-K7QM-2XRZ")

    assert answers == [422] * 10
    assert last.status == 429
    assert int(last.response.headers["Retry-After"]) > 0


def test_a_deleted_form_is_not_found_any_more(app, left):
    code = code_on(left)
    left.open("/stop")
    left.press(left.form("/delete"))

    visitor = carry_on(Visitor(app), code)

    assert visitor.status == 422


def test_closing_the_form_here_leaves_it_under_its_code(app, left):
    code = code_on(left)
    left.press(left.form("/finish"))
    assert "Carry on with the form" not in left.open("/").text

    assert carry_on(left, code).path.startswith("/q/")


def test_without_an_open_form_there_is_no_code(app):
    visitor = Visitor(app).open("/resume")

    visitor.post("/code")

    assert visitor.path == "/"


def test_who_has_another_form_open_is_told(app, left):
    visitor = Visitor(app).begin()

    assert "Another form is open in this browser" in visitor.open("/resume").text
    assert carry_on(visitor, code_on(left)).status == 200
