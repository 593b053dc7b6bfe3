from dataclasses import replace

import pytest

from screening.web.help_text import (
    PLACEHOLDERS,
    fill,
    fill_button,
    fill_plain,
    unknown_placeholders,
)
from tests.web.conftest import LOCALES

UK = LOCALES.choose("UK")


def test_every_placeholder_is_filled(config):
    text = " ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))

    filled = fill_plain(text, UK, config)

    assert "{" not in filled
    assert "No one is reading this right now." in filled
    assert "five working days" in filled
    assert "your own doctor" in filled


def test_numbers_in_a_sentence_are_links(config):
    pieces = fill("Call {emergency} or {crisis_list}.", UK, config)

    assert [(each.text, each.address) for each in pieces if each.address] == [
        ("999", "tel:999"),
        ("116 123", "tel:116123"),
    ]


def test_a_placeholder_nobody_knows_stays_and_is_found():
    text = "Call {emergancy} now"

    assert unknown_placeholders(text) == ["emergancy"]


def test_a_clinics_words_are_not_read_for_placeholders(config):
    clinic = replace(config, contact_route="{emergency}")

    assert fill_plain("by {contact_route}", UK, clinic) == "by {emergency}"


@pytest.mark.parametrize(
    ("label", "read", "address"),
    [
        ("Call {emergency}", "Call 999", "tel:999"),
        ("Contact {crisis_primary}", "Contact Samaritans", "tel:116123"),
        ("Stop here", "Stop here", None),
    ],
)
def test_a_button_reads_a_name_and_leads_to_a_number(label, read, address):
    button = fill_button(label, UK)

    assert (button.label, button.address) == (read, address)
