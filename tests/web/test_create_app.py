from dataclasses import replace

import pytest
from flask import render_template_string
from jinja2 import UndefinedError

from screening.web import create_app
from screening.web.config import ConfigProblem
from tests.web.conftest import LOCALES


def test_an_unknown_locale_stops_the_start(config):
    with pytest.raises(ConfigProblem, match="SCREENING_LOCALE"):
        create_app(replace(config, locale="GB"), locales=LOCALES)


def test_a_folder_without_numbers_stops_the_start(config, tmp_path):
    with pytest.raises(ConfigProblem, match="crisis numbers cannot be read"):
        create_app(replace(config, questionnaires=tmp_path))


def test_numbers_long_unverified_are_warned_of_at_the_start(config, caplog):
    create_app(config, locales=LOCALES)  # the clock is today's, the numbers are older

    [line] = [each for each in caplog.records if each.message == "start_warning"]
    assert "last verified on 2026-01-31" in line.screening_fields["problem"]


def test_debugging_stays_off_whatever_the_environment_says(serve, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")

    app = serve()

    assert app.debug is False
    assert app.testing is False


def test_a_text_is_escaped_in_a_template_of_any_name(app):
    with app.test_request_context():
        drawn = render_template_string("{{ text }}", text="<x-marker>\"'")

    assert drawn == "&lt;x-marker&gt;&#34;&#39;"


def test_a_misspelt_name_in_a_template_is_a_fault(app):
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ no_such_name }}")


def test_the_size_limit_is_128_kib(app):
    assert app.config["MAX_CONTENT_LENGTH"] == 131_072
