"""Which decisions do the tests of the report start from? All people are invented."""

import hashlib
import json
from dataclasses import replace

from screening.report.content import DecisionBlock
from screening.report.decision import (
    Decided,
    Decision,
    Override,
    RatedItem,
    Rating,
    decision_lines,
    signed_content,
)
from tests.report.patients import MANY_SCRIPTS, MARKUP, worked

RATING = Rating(
    instrument="cgi_s_i",
    title="CGI: Clinical Global Impressions",
    items=(RatedItem(item="s", asked="CGI-S", answer="Mildly ill (3)", value="3"),),
    result="",
    attribution="Guy W (1976)",
    sha256="cd" * 32,
)


def decided(**changes):
    usual = Decided(
        decision=Decision.ASK,
        reason="One trial was short.\nThe dose is not known.",
        overrides=(
            Override(
                finding="urgent-asq-acute",
                found="Thoughts of suicide right now.",
                holds="An unwanted thought.",
                reason=f"{MARKUP} {MANY_SCRIPTS}",
            ),
        ),
        ratings=(RATING,),
        questions=(("liver", "Have you had trouble with your liver?"),),
        notes="Call her sister.",
    )
    return replace(usual, **changes)


def content(summary=None, **changes):
    return signed_content(decided(**changes), summary or worked("U1"))


def block(number=1, **changes):
    made = content(**changes)
    text = json.dumps(made, sort_keys=True).encode()
    return DecisionBlock(
        number=number,
        label=made["label"],
        lines=decision_lines(made),
        meaning="I reviewed submission K7QM-2XRD and decided: Ask for more first.",
        signed_by="Dr Ann Bell (ann), clinician",
        signed_at="23 November 2026, 15:00 Europe/London",
        signed_at_utc="2026-11-23T15:00:00.000000Z",
        confirmed_by="password",
        sha256=hashlib.sha256(text).hexdigest(),
        previous_sha256=None if number == 1 else "ab" * 32,
        record_sha256=worked("U1").record_hash,
        text=text,
    )


def decided_summary(name="U1", **changes):
    return replace(worked(name), decision=block(**changes))


FAULT = "Version 1 is not as it was signed: its hash is another one."
