"""What was shown of a version before patients could meet it, as one printed page.

The same parts are what a terminal prints. No patient is in it: those who show something
are worked ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.answers import shown_form
from screening.core.certificate import Basis
from screening.report.pdf import one_at_a_time
from screening.report.pdf.archive import Attachment
from screening.report.pdf.flow import LEFT, Flow, words
from screening.report.pdf.paper import A4, Paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.certificate import Certificate, Redecision, Waiver

TITLE = "Certificate of a questionnaire"
STATEMENT = (
    "What was shown of the rules, for every possible patient. Whether they are the "
    "right rules is for clinicians to say."
)
MOST_TOLD = 12
"""As many decisions that differ are told on the page; the count tells of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, names with what they are, and lines below."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()


def parts_of(certificate: Certificate, publications: tuple[str, ...]) -> list[Part]:
    """Return what the page says; `publications` are sentences: since when, by whom."""
    made = certificate
    about = [
        ("Questionnaire", f"{made.questionnaire}, version {made.version}"),
        ("SHA-256 of its files", made.sha256),
        ("Certificate", made.id),
        ("Made", f"{made.made_at:%Y-%m-%d %H:%M} UTC, by {made.by}"),
        ("By", ", ".join(("Screening " + made.engine, made.solver or "no solver"))),
        ("For records sent on", made.day.isoformat()),
        ("Worked patients", f"{made.cases} came out as written"),
    ]
    parts = [Part(title="What it is of", rows=tuple(about))]
    parts.append(_shown(made))
    if made.waivers:
        parts.append(
            Part(
                title="Not shown, and published all the same",
                lines=tuple(map(_waived, made.waivers)),
            )
        )
    if made.compared_with is not None:
        parts.append(_compared(made))
    accepted = ", ".join(made.accepted_unknowns) or "none"
    limits = [f"Unknown answers that are accepted: {accepted}."]
    if made.left_out:
        pages = ", ".join(made.left_out)
        limits.append(f"Pages left out, since their scale may not be asked: {pages}.")
    parts.append(Part(title="Limits", lines=tuple(limits)))
    told = publications or ("It is not published.",)
    parts.append(Part(title="Published", lines=told))
    return parts


def _shown(made: Certificate) -> Part:
    if made.basis is Basis.WORDING:
        line = (
            f"Only wording differs from version {made.compared_with}; what certificate "
            f"{made.rests_on} shows holds for this version too."
        )
        return Part(title="What was shown", lines=(line,))
    rows = tuple(
        (subject[:1].upper() + subject[1:], f"{len(told)} proved")
        for subject, told in made.proved.items()
    )
    return Part(title="What was shown, for every possible patient", rows=rows)


def _compared(made: Certificate) -> Part:
    title = "Beside the version that patients were asked before"
    version = f"It has the SHA-256 {made.compared_with}."
    if made.basis is Basis.WORDING or not made.redecided:
        line = "No decision differs, for any possible patient."
        return Part(title=title, lines=(version, line))
    told = tuple(map(_redecided, made.redecided[:MOST_TOLD]))
    rest = len(made.redecided) - len(told)
    more = (f"And {rest} more pairs of decisions.",) if rest else ()
    return Part(title=title, lines=(version, *told, *more))


def _waived(one: Waiver) -> str:
    shown = "" if one.changed is None else f" {_patient(one.near, one.changed)}"
    return f"{one.about}: {one.standing}: {one.words}.{shown} Why: {one.reason}"


def _redecided(one: Redecision) -> str:
    shown = "Whether there is such a patient was not decided in time."
    if one.changed is not None:
        shown = _patient(one.near, one.changed)
    return f"{one.before} before, {one.after} now. {shown}"


def _patient(near: str | None, changed: Mapping[str, object]) -> str:
    answers = "; ".join(f"{key}: {shown_form(to)}" for key, to in changed.items())
    return (
        f"A patient{f' like {near}, but' if near else ':'} {answers or '(the same)'}."
    )


def certificate_pdf(certificate: Certificate, publications: tuple[str, ...]) -> bytes:
    """Return the page as a tagged PDF; the same certificate gives the same bytes.

    Raises FontsMissingError when the build has not put the fonts in place.
    """
    with one_at_a_time:
        paper = Paper(A4, "en", f"{TITLE}: {certificate.questionnaire}")
        flow = Flow(paper)
        flow.heading(1, TITLE)
        flow.paragraph(STATEMENT)
        for part in parts_of(certificate, publications):
            flow.heading(2, part.title)
            if part.rows:
                rows = [(words(name), words(text)) for name, text in part.rows]
                flow.table((), rows, (34, 66))
            if part.lines:
                flow.listing(part.lines)

        def margin(page: int, of: int) -> None:
            paper.begin_ornament()
            text = f"Certificate {certificate.id}, page {page} of {of}"
            paper.rule(LEFT, 48, paper.width - 2 * LEFT)
            paper.lines([text], LEFT, 40, size=6.5, leading=8)
            paper.end()

        return paper.bound(
            margin,
            submitted=certificate.made_at,
            fingerprint=certificate.id,
            attached=[
                Attachment(
                    name="certificate.json",
                    about="The certificate, for programs",
                    media_type="application/json",
                    content=certificate.text.encode(),
                )
            ],
        )
