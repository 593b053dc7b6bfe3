"""What does the form of a decision ask, what was typed into it, and what is said by it?

A draft keeps the strings that were posted, as they were typed: nothing is lost because
it can't be read yet. They are read when the decision is to be signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import abort, request
from werkzeug.datastructures import MultiDict

from screening.core.definition import Outcome
from screening.report.decision import Decided, Decision, Override
from screening.web.clinician.scales import Scale
from screening.web.fields import (
    Answer,
    Choice,
    ChoiceAnswer,
    ChoicesAnswer,
    ParagraphAnswer,
    Parse,
    Refusal,
    Wording,
    answers_of,
    build_form,
    expected_names,
    in_lines,
    text_up_to,
)
from screening.web.patient.forms import field_of

if TYPE_CHECKING:
    from flask_wtf import FlaskForm

    from screening.core.answers import Stored
    from screening.report.content import FindingLine, Summary
    from screening.report.decision import Rating

DECISION, REASON, NOTES = "decision", "reason", "notes"
OPEN, ANSWERED = "ask-open", "ask-answered"
"""Questions to put back: those that are not known, and the others."""

REVISION, NEWEST, THEN = "revision", "newest", "then"
CONTROLS = frozenset({REVISION, NEWEST, THEN})
"""What is posted along with the fields: what was read, and which button was pressed."""

LONGEST = 2000
"""Characters of a text, as much as a patient may write."""
LONGEST_OVERRIDE = 500

_NOT_RATED = Choice(value="", label="Not rated")

Posted = Mapping[str, Sequence[str]]
"""What stands in the form: the strings of each field, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFields:
    """A finding, and the two fields in which it is overridden."""

    finding: FindingLine
    holds: Answer
    because: Answer

    @property
    def is_open(self) -> bool:
        """Whether there is something to see in the fields."""
        return any(one.given or one.errors for one in (self.holds, self.because))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleFields:
    """A scale, and a field for each of its items."""

    scale: Scale
    fields: tuple[Answer, ...]

    @property
    def is_open(self) -> bool:
        """Whether there is something to see in the fields."""
        return any(one.given or one.errors for one in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """The form of a decision about one submission, filled in."""

    summary: Summary
    scales: tuple[Scale, ...]
    form: FlaskForm = field(repr=False)

    def __getitem__(self, name: str) -> Answer:
        """Return the field with this name."""
        found: Answer = self.form[name]
        return found

    @property
    def fields(self) -> list[Answer]:
        """Every field, in the order of the page."""
        return answers_of(self.form)

    @property
    def findings(self) -> tuple[FindingFields, ...]:
        """Each finding with its fields."""
        return tuple(
            FindingFields(
                finding=finding,
                holds=self[_holds(finding)],
                because=self[_because(finding)],
            )
            for finding in self.summary.findings
        )

    @property
    def ratings(self) -> tuple[ScaleFields, ...]:
        """Each scale with its fields."""
        return tuple(
            ScaleFields(
                scale=scale,
                fields=tuple(self[_rated(scale, item.id)] for item in scale.items),
            )
            for scale in self.scales
        )

    def said(self, today: date) -> Decided | None:
        """Return what the fields say; None where something is open or can't be read.

        The fields then carry the messages. `today` is the clinic's date.
        """
        for one in self.fields:
            one.validate(self.form)
        self._look_at_decision()
        for pair in self.findings:
            _look_at_pair(pair)
        for scale in self.ratings:
            _look_at_scale(scale)
        if any(one.errors for one in self.fields):
            return None
        return Decided(
            decision=Decision(self._text(DECISION)),
            reason=self._text(REASON),
            overrides=tuple(
                Override(
                    finding=pair.finding.id,
                    found=pair.finding.sentence,
                    holds=str(pair.holds.value),
                    reason=str(pair.because.value),
                )
                for pair in self.findings
                if pair.holds.value
            ),
            ratings=tuple(
                _rating(each, today) for each in self.ratings if each.is_open
            ),
            questions=self._questions(),
            notes=self._text(NOTES),
        )

    def _text(self, name: str) -> str:
        return str(self[name].value or "")

    def _questions(self) -> tuple[tuple[str, str], ...]:
        if self._text(DECISION) != Decision.ASK:
            return ()
        chosen = {*self[OPEN].given, *self[ANSWERED].given}
        return tuple(
            (choice.value, choice.label)
            for choice in (*self[OPEN].choices, *self[ANSWERED].choices)
            if choice.value in chosen
        )

    def _look_at_decision(self) -> None:
        decision, reason = self[DECISION], self[REASON]
        if decision.value is None and not decision.errors:
            decision.errors = ["Choose what you decide."]
        is_plain = (
            decision.value == Decision.INVITE
            and self.summary.outcome.outcome is Outcome.NO_BARRIER_REPORTED
        )
        if not reason.value and not reason.errors and not is_plain:
            reason.errors = ["Give your reason."]
        if decision.value == Decision.ASK and not self._questions():
            offered = self[OPEN] if self[OPEN].choices else self[ANSWERED]
            offered.errors = ["Choose at least one question to ask again."]


def form_for(
    summary: Summary, scales: tuple[Scale, ...], posted: Posted
) -> DecisionForm:
    """Return the form about a submission, with what stands in it."""
    fields: dict[str, Any] = {
        DECISION: _decision_field(),
        REASON: _text_field(
            "Your reason",
            hint="In a sentence or two, as it may be told to the patient. It is not"
            " needed to invite somebody for whom no barrier was reported.",
        ),
    }
    for finding in summary.findings:
        fields[_holds(finding)] = _text_field(
            "What you hold instead", rows=2, longest=LONGEST_OVERRIDE
        )
        fields[_because(finding)] = _text_field("Why", rows=2, longest=LONGEST_OVERRIDE)
    fields[OPEN] = _questions_field(
        "Not known so far", _questions(summary, known=False)
    )
    fields[ANSWERED] = _questions_field("Answered", _questions(summary, known=True))
    for scale in scales:
        for item in scale.items:
            fields[_rated(scale, item.id)] = field_of(item)
    fields[NOTES] = _text_field(
        "Notes",
        hint="For the clinic. They are signed with the decision and printed with it.",
    )
    given = MultiDict([(name, one) for name, many in posted.items() for one in many])
    form = build_form("DecisionForm", fields)(formdata=given)
    for scale in scales:
        for item in scale.items:
            answer = form[_rated(scale, item.id)]
            if answer.choices:
                answer.choices = (_NOT_RATED, *answer.choices)
    return DecisionForm(summary=summary, scales=scales, form=form)


def posted_here(form: DecisionForm) -> dict[str, list[str]]:
    """Return what a browser posted for this form; another name is answered with 400."""
    expected = expected_names(form.form)
    if set(request.form) - expected - CONTROLS:
        abort(400)
    names = [str(one.name) for one in form.fields]
    return {
        name: found
        for name in names
        if (found := [one for one in request.form.getlist(name) if one.strip()])
    }


def posted_from(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what stands in a form that goes on from what was signed."""
    posted = {
        DECISION: [content["decision"]],
        REASON: [content["reason"]],
        NOTES: [content["notes"]],
        ANSWERED: [one["key"] for one in content["questions"]],
        OPEN: [one["key"] for one in content["questions"]],
    }
    for one in content["overrides"]:
        posted[f"holds-{one['finding']}"] = [one["holds"]]
        posted[f"because-{one['finding']}"] = [one["reason"]]
    for one in content["ratings"]:
        for item in one["items"]:
            posted[f"rate-{one['instrument']}.{item['item']}"] = [item["value"]]
    return {name: found for name, texts in posted.items() if (found := _some(texts))}


def differences(mine: DecisionForm, other: DecisionForm) -> list[tuple[str, str]]:
    """Return what stands in another form otherwise: each field and its text there."""
    pairs = zip(mine.fields, other.fields, strict=True)
    return [
        (_named(theirs, other), _in_words(theirs))
        for ours, theirs in pairs
        if ours.given != theirs.given
    ]


REPEATED_NAMES = (OPEN, ANSWERED)
"""The names that a browser posts once for each box that is ticked."""


def _some(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]


def _named(answer: Answer, form: DecisionForm) -> str:
    for pair in form.findings:
        if answer in (pair.holds, pair.because):
            return f"{answer.label.text} ({pair.finding.id})"
    return str(answer.label.text)


def _in_words(answer: Answer) -> str:
    labels = {choice.value: choice.label for choice in answer.choices}
    return "; ".join(labels.get(one, one) for one in answer.given) or "nothing"


def _holds(finding: FindingLine) -> str:
    return f"holds-{finding.id}"


def _because(finding: FindingLine) -> str:
    return f"because-{finding.id}"


def _rated(scale: Scale, item_id: str) -> str:
    return f"rate-{scale.id}.{item_id}"


def _decision_field() -> ChoiceAnswer:
    choices = [
        Choice(value=one.value, label=one.label, hint=one.hint) for one in Decision
    ]
    return ChoiceAnswer("What do you decide?", parse=_one_of(choices), choices=choices)


def _questions_field(label: str, choices: Sequence[Choice]) -> ChoicesAnswer:
    return ChoicesAnswer(label, parse=_any_of(choices), choices=choices)


def _text_field(
    label: str, *, hint: str | None = None, rows: int = 4, longest: int = LONGEST
) -> ParagraphAnswer:
    wording = Wording(hint=hint, rows=rows)
    return ParagraphAnswer(label, parse=text_up_to(longest, in_lines), wording=wording)


def _one_of(choices: Sequence[Choice]) -> Parse:
    values = {choice.value for choice in choices}

    def parse(given: Sequence[str]) -> object:
        if not given:
            return None
        return given[0] if given[0] in values else Refusal("Choose one of these.")

    return parse


def _any_of(choices: Sequence[Choice]) -> Parse:
    values = {choice.value for choice in choices}

    def parse(given: Sequence[str]) -> object:
        # One that is no longer asked is left out; what is signed shows the others.
        return [one for one in given if one in values]

    return parse


def _questions(summary: Summary, *, known: bool) -> list[Choice]:
    """Return the questions that were asked, each once, in the order of the form."""
    lines: dict[str, tuple[str, bool]] = {}
    for page in summary.pages:
        for line in page.lines:
            if line.is_asked:
                label = f"{page.title}: {line.question}"
                lines.setdefault(line.key, (label, line.is_known))
    return [
        Choice(value=key, label=label)
        for key, (label, is_known) in lines.items()
        if is_known is known
    ]


def _look_at_pair(pair: FindingFields) -> None:
    if pair.holds.errors or pair.because.errors:
        return
    if pair.holds.value and not pair.because.value:
        pair.because.errors = ["Give the reason for what you hold instead."]
    if pair.because.value and not pair.holds.value:
        pair.holds.errors = ["Say what you hold instead, or take the reason out."]


def _look_at_scale(each: ScaleFields) -> None:
    if not each.is_open:
        return
    for item, answer in zip(each.scale.items, each.fields, strict=True):
        if item.required and answer.value is None and not answer.errors:
            answer.errors = ["Rate this too, or leave the whole scale unrated."]


def _rating(each: ScaleFields, today: date) -> Rating:
    given: dict[str, Stored] = {
        # What a field's `parse` gives is what an answers file can say.
        item.id: answer.value
        for item, answer in zip(each.scale.items, each.fields, strict=True)
    }
    return each.scale.rating(given, today)
