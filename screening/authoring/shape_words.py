"""What does each name of a file mean? In words for whoever writes the file.

The editor's schema takes its descriptions from here, and `screening fmt` its order: the
names stand as they are best written. A test holds every name of every shape, every type
of question and every kind of criterion to have its words.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from screening.core import schema
from screening.core.cases import shapes as case_shapes
from screening.core.definition import Kind, Outcome, QuestionType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

_ID = "The id: small letters, digits and _, beginning with a letter."
_HYPHEN_ID = "The id: small letters, digits, _ and -."
_VERSION = "The version of the language: 1."
_SOURCES = "What it rests on: ids of sources.yaml."
_NOTE = "A note to colleagues. Never shown to a patient."
_ASK_IF = (
    "A rule: asked only where it is true or not determined. It reads earlier pages."
)
_BECAUSE_OPEN = "Why it may stay unknown, or be hidden, in a few words."
_MUST_KNOW = "Whether the clinic must know it: true, false, or a rule that says when."
_UNIT = "The unit: a word (year, month, week, day, hour, percent) or a code of UCUM."
_RANGE = "The lowest and the highest: numbers; for a date, days."
_DECIMALS = "How many decimals an answer may have."
_STEP = "The distance between two points."
_LABELS = "Words at points of a scale: point, label."
_SHORT = "What the clinician's page calls it."
_HINT = "A line under the question, in small print."
_OPTIONS = "The answers to choose from: value, then label, or an option written out."
_NOT_SURE = "Whether “not sure” is offered."
_PREFER = "Whether “I prefer not to say” is offered."
_REQUIRED = "Whether it is asked once more when left blank; true unless said."
_TYPE = "The type of the answer."
_HELP_IF_DECLINED = "A key of help.yaml: shown when a patient prefers not to say."

WORDS: Mapping[type[BaseModel], Mapping[str, str]] = MappingProxyType(
    {
        schema.QuestionnaireShape: {
            "language_version": _VERSION,
            "questionnaire": _HYPHEN_ID + " The folder has the same name.",
            "version": "The clinic's own number of this version, in quotes.",
            "title": "What patients see at the top of every page.",
            "language": "The language of the texts, such as pt-BR; en unless said.",
            "parameters": "Named limits: id, then value, unit and sources.",
            "pages": "The pages, in the order in which they are asked.",
            "derived": "Values worked out from answers: id, then a rule or rows.",
            "checks": "What must hold across answers, and what to say if not.",
            "criteria": "What decides: rules that are met, not met or not determined.",
            "show_help": "When a help text is shown that no criterion brings up.",
            "promises": "What is proved for every patient that there can be.",
            "summary": "The sections of the clinician's page.",
        },
        schema.PageShape: {
            "page": _HYPHEN_ID,
            "title": "The heading. An instrument brings its own.",
            "intro": "A few words under the heading.",
            "layout": "`grid`: questions with the same options, as a table.",
            "ask_if": _ASK_IF,
            "may_hide": "Whether the condition may hide what a safety rule reads.",
            "instrument": "The id of a file in instruments/, whose items are asked.",
            "as": "The name under which rules and answers know the instrument here.",
            "if_licensed": "Whether the page is left out where the licence is missing.",
            "help_if_declined": _HELP_IF_DECLINED,
            "repeat": "The id of a list: the patient adds entries of these questions.",
            "any": "The question whether there is anything to add.",
            "entry": "What one entry of the list is called.",
            "short": _SHORT,
            "hint": _HINT,
            "at_most": "How many entries can be added, 1 to 50; 12 unless said.",
            "must_know": _MUST_KNOW,
            "because": _BECAUSE_OPEN,
            "questions": "The questions of the page, or of each entry of a repeat.",
        },
        schema.QuestionShape: {
            "id": _ID + " Once published, never used for something else.",
            "ask": "The question.",
            "short": _SHORT,
            "hint": _HINT,
            "help": "More words, which open when the patient asks for them.",
            "type": _TYPE,
            "from": "The catalogue to pick from: the name of a file in catalogues/.",
            "not_listed": "Whether words that the catalogue does not have are taken.",
            "unit": _UNIT,
            "units": "Several units to choose from; answers are kept in the first.",
            "range": _RANGE,
            "decimals": _DECIMALS,
            "step": _STEP,
            "labels": _LABELS,
            "options": _OPTIONS,
            "suggest_from": "A repeat and its catalogue's attribute: ticks to confirm.",
            "not_sure": _NOT_SURE,
            "prefer_not_to_say": _PREFER,
            "required": _REQUIRED,
            "ask_if": _ASK_IF,
            "may_hide": "Whether the condition may hide it from a safety rule.",
            "riskier": "More risk: up, down, or the options, safest first.",
            "must_know": _MUST_KNOW,
            "because": _BECAUSE_OPEN,
            "help_if_declined": _HELP_IF_DECLINED,
            "questions": "The questions of a group.",
        },
        schema.OptionShape: {
            "label": "What the patient reads.",
            "hint": "A line under the label.",
            "weight": "The points of an item's option.",
            "unknown": "Whether choosing it leaves the matter open.",
            "exclusive": "Whether it is chosen alone. It stands last.",
            "ask_if": "A rule: offered only where it is true or not determined.",
        },
        schema.ParameterShape: {
            "value": "A number, or a list of words.",
            "unit": _UNIT,
            "options": "In an instrument: a number for each named option.",
            "default": "In an instrument: the option where none is chosen.",
            "sources": _SOURCES,
            "note": _NOTE,
        },
        schema.RowShape: {
            "when": "A rule. The last row has none.",
            "is": "The word that comes out.",
            "unknown": "Whether the word leaves the matter open.",
            "if_undetermined": "On a row of its own: the word for not knowing.",
        },
        schema.ValueShape: {
            "value": "A rule, or a sum.",
            "decimals": "How many decimals it is shown with.",
            "drawn": "Whether its rows are levels, drawn for the clinician.",
            "sources": _SOURCES,
            "rows": "Rows, read downwards: the first that is true.",
        },
        schema.CheckShape: {
            "id": _HYPHEN_ID,
            "must": "A rule that usually holds.",
            "say": "What the patient reads where it does not. It never blocks.",
        },
        schema.CriterionShape: {
            "id": _HYPHEN_ID,
            "kind": "What it is for.",
            "implied_by": "The criterion that it is contained in, and not told beside.",
            "when": "A rule: met, not met, or not determined.",
            "priority": "`same_day`: somebody has to look today.",
            "ends": "A key of help.yaml: the form ends there, and nothing is kept.",
            "help": "A key of help.yaml: shown on the next page when it is met.",
            "clinician": "What the clinician reads when it is met.",
            "because": "Why it matters, for the clinician.",
            "sources": _SOURCES,
        },
        schema.HelpRuleShape: {
            "id": _HYPHEN_ID,
            "when": "A rule.",
            "help": "A key of help.yaml.",
        },
        schema.PromiseShape: {
            "id": _HYPHEN_ID,
            "never": "A rule that is true of no patient. It may read the outcome.",
            "always": "A rule that is true of every patient.",
            "because": "Why it is promised.",
        },
        schema.SectionShape: {
            "section": _HYPHEN_ID,
            "title": "The heading.",
            "answers": "What it shows: ids of questions, instruments and repeats.",
            "word_for_word": "Whether answers are shown as they were typed.",
            "says": "A sentence above the answers.",
            "working": "Worked-out values whose steps are shown.",
            "reported": "A total that the patient was told elsewhere.",
        },
        schema.WorkingShape: {
            "value": "A worked-out value; of a repeat's entries, `repeat.value`.",
            "title": "What it is about.",
            "words": "How each of its values is said.",
            "also": "Further values of the entry, each with words where it is true.",
        },
        schema.ReportedShape: {
            "total": "The question that asks for the total.",
            "version": "The question whose options are ids of instruments.",
            "rater": "The question that asks who filled it in.",
            "date": "The question that asks when it was.",
        },
        schema.InstrumentShape: {
            "language_version": _VERSION,
            "instrument": _ID + " The file has the same name.",
            "title": "The published name.",
            "rater": "Who answers: the patient, unless said.",
            "text": "`pack`: the text may not be passed on, and comes from the holder.",
            "instruction": "The published instruction.",
            "stem": "The beginning that all items share.",
            "disclaimer": "What has to be said of it, where there is no instruction.",
            "note": _NOTE,
            "options": _OPTIONS + " For all items without their own.",
            "not_sure": _NOT_SURE,
            "prefer_not_to_say": _PREFER,
            "parameters": "Named thresholds, known inside the instrument only.",
            "items": "The items, in their published order and wording.",
            "gate": "A rule: where it is surely false, nothing else is asked.",
            "inconsistent": "A rule that is true of answers that can't all be right.",
            "scores": "Scores: name, then how the points are added.",
            "bands": "Tables of bands: name, then bands that cover a score.",
            "results": "What follows from the scores: name, then a rule or rows.",
            "loinc": "LOINC codes of the panel, the total and others.",
            "sources": _SOURCES,
            "licence": "Who holds it and what it may be used for.",
        },
        schema.ItemShape: {
            "id": "The id; q1, q2, … where there is none.",
            "ask": "The published wording.",
            "topic": "What it is about, where the text is not shipped.",
            "short": _SHORT,
            "hint": _HINT,
            "type": _TYPE + " `choice` where there is none.",
            "unit": _UNIT,
            "range": _RANGE,
            "decimals": _DECIMALS,
            "step": _STEP,
            "labels": _LABELS,
            "options": _OPTIONS,
            "not_sure": _NOT_SURE,
            "prefer_not_to_say": _PREFER,
            "required": _REQUIRED,
            "scored": "Whether `all` scored items include it; true unless said.",
            "ask_if": "A rule on items before it, and on scores and results of these.",
            "loinc": "Its LOINC code.",
        },
        schema.ScoreShape: {
            "sum": "The points added up: `all` scored items, or a list of ids.",
            "mean": "Their mean.",
            "max": "The highest of them.",
            "count": "How many of them have points.",
            "reversed": "Items that count the other way round.",
            "range": "The published range. It is held to the weights.",
            "prorate": "When a total is estimated from the items that are there.",
            "subscale": "Whether it is a part of the whole.",
            "sources": _SOURCES,
        },
        schema.ProrateShape: {
            "missing_at_most": "How many items may be missing. It only informs.",
        },
        schema.BandTableShape: {
            "of": "The score.",
            "default": "Whether `band` is of this table, where there are several.",
            "sources": _SOURCES,
            "bands": "Name, then the lowest and highest total, lowest band first.",
        },
        schema.LicenceShape: {
            "status": "In a word: public_domain, free_any_use, permission_required, …",
            "holder": "Who holds the text.",
            "attribution": "The line that stands wherever items or scores are shown.",
            "uses": "What it may be used for: yes, no, or ask.",
            "verified": "Where it was verified: ids of sources.yaml.",
            "note": _NOTE,
        },
        schema.PackShape: {
            "language_version": _VERSION,
            "pack": "The id of the instrument.",
            "language": "The language of the text; en unless said.",
            "licence_reference": "The licence: a letter, a contract, a number.",
            "stem": "The beginning that all items share.",
            "instruction": "The published instruction.",
            "options": "The wording of the options: value, then label.",
            "items": "The wording of each item by its id.",
        },
        schema.PackItemShape: {
            "ask": "The wording of the item.",
            "options": "The wording of its own options.",
        },
        schema.CatalogueShape: {
            "language_version": _VERSION,
            "catalogue": _HYPHEN_ID + " The file has the same name.",
            "title": "What it lists.",
            "note": _NOTE,
            "attributes": "What is known of each entry: name, then type and unit.",
            "sources": _SOURCES,
            "entries": (
                "Id, then `label`, `brands`, `synonyms`, `note` and its attributes."
            ),
        },
        schema.AttributeShape: {
            "type": _TYPE,
            "unit": _UNIT,
            "options": "The words that it can be.",
            "note": _NOTE,
        },
        schema.HelpFileShape: {
            "language_version": _VERSION,
            "help": "Texts to show when help is due: key, then the text.",
            "receipt": "What a patient reads after sending: `body`, and a `note`.",
        },
        schema.HelpShape: {
            "title": "The heading.",
            "body": "What to do. The clinic's own words are put in: {emergency}, …",
            "honesty": "What the form can't do, in plain words.",
            "buttons": "What stands on the buttons.",
            "note": _NOTE,
        },
        schema.SourcesShape: {
            "language_version": _VERSION,
            "sources": "The bibliography: id, then the source.",
        },
        schema.SourceShape: {
            "ref": "The citation. Patients and clinicians read it.",
            "url": "Where it can be read.",
            "year": "When it appeared.",
            "basis": "Read, background to verify, or our own judgement.",
            "quality": "How good it is, in the clinic's own letters.",
            "note": _NOTE,
        },
        schema.LocalesShape: {
            "language_version": _VERSION,
            "locales": "The key of a country, then its numbers; `default` too.",
        },
        schema.LocaleShape: {
            "country": "Its name.",
            "emergency": "The number to call in danger.",
            "urgent": "The number for urgent advice.",
            "crisis": "Whom to reach in a crisis.",
            "veterans": "A service for veterans.",
            "verified_on": "The day on which every number was last verified.",
            "said": "The same help in another language: its tag, then the words.",
            "note": _NOTE,
        },
        schema.SaidLocaleShape: {
            "country": "Its name in that language.",
            "emergency": "The same number to call in danger.",
            "urgent": "The same number for urgent advice.",
            "crisis": "The same lines, in the same order.",
            "veterans": "The same service for veterans.",
        },
        schema.CrisisLineShape: {
            "name": "Who answers: the patient, unless said.",
            "contact": "The number, or the address.",
        },
        schema.TranslationShape: {
            "language_version": _VERSION,
            "translation": "The id of the questionnaire or the instrument.",
            "language": "The language of the texts below, such as es or pt-BR.",
            "sources": _SOURCES,
            "reviewed": "The clinician who signed off what concerns safety.",
            "note": _NOTE,
            "texts": "The key of a text, then what it says and what it was made of.",
        },
        schema.ReviewShape: {
            "by": "The name and profession of whoever read them.",
            "day": "The day.",
            "of": "The mark of all those texts; `screening translate` writes it.",
        },
        schema.TranslatedShape: {
            "of": "The mark of the text that it was made from.",
            "say": "The text in the other language.",
        },
        case_shapes.CasesShape: {
            "language_version": _VERSION,
            "cases": "Invented patients, their answers, and what must come of them.",
        },
        case_shapes.CaseShape: {
            "case": "The name of the patient. No other case has it.",
            "story": "Who it is, in a sentence or two.",
            "based_on": "The case whose answers count where there are none here.",
            "day": "The day on which it is sent; today where there is none.",
            "answers": "Id of a question, then the answer, as in an answers file.",
            "refused": "Whether the answers must not be read at all.",
            "expect": "What must come of it. Only what is named here is compared.",
            "why": "What the case is there to show.",
            "share": "How many of all patients answer so, 0.05 for 5 in 100: for "
            "forecasts.",
            "because": "What the sources of the share say, or that it is assumed.",
            "sources": _SOURCES,
        },
        case_shapes.ExpectShape: {
            "outcome": "The outcome.",
            "findings": "Ids of the criteria that are found, in any order.",
            "missing": "Ids of the questions that the clinic must know and does not.",
            "undetermined": "Ids of the criteria that stay open.",
            "help": "Keys of the help texts that the patient is shown on the way.",
            "checks": "Ids of the checks that ask the patient to look again.",
            "same_day": "Whether somebody has to look today.",
            "derived": "Worked-out values: id, then the value.",
            "scores": "The key of an instrument, then its score.",
        },
        case_shapes.ScoreExpectShape: {
            "status": "Whether the score is complete.",
            "total": "The total; null unless the score is complete.",
            "possible": "The lowest and the highest total that are still possible.",
            "band": "The band of the total; null unless the score is complete.",
            "band_if_certain": "The band that the whole possible range falls in.",
            "prorated": "The estimated total. It only informs.",
            "subscales": "The name of a subscale, then its score.",
            "results": "The name of a result, then its value.",
        },
        case_shapes.ScoreCasesShape: {
            "language_version": _VERSION,
            "instrument": "The id of the instrument.",
            "cases": "Worked answers, and the score that must come of them.",
        },
        case_shapes.ScoreCaseShape: {
            "case": "The name of the case. No other case has it.",
            "story": "Who it is, in a sentence or two.",
            "answers": "The answers, in the order of the items or by their ids.",
            "parameters": "The options chosen for the instrument's parameters.",
            "refused": "Whether the answers must not be read at all.",
            "expect": "What must come of it. Only what is named here is compared.",
            "why": "What the case is there to show.",
        },
    }
)
"""The words for each name, in order, by the shape that has it."""

MEMBERS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = MappingProxyType(
    {
        QuestionType: {
            QuestionType.YES_NO: "Yes or no.",
            QuestionType.CHOICE: "One of several options.",
            QuestionType.CHOICES: "Several of the options; one may exclude the others.",
            QuestionType.SCALE: "A point on a line with words at its ends.",
            QuestionType.INTEGER: "A whole number, with a unit where it has one.",
            QuestionType.DECIMAL: "A number with decimals, and a unit if it has one.",
            QuestionType.DATE: "A day.",
            QuestionType.MONTH: "A month of a year.",
            QuestionType.YEAR: "A year.",
            QuestionType.TEXT: "A line of the patient's own words.",
            QuestionType.PARAGRAPH: "Several lines of the patient's own words.",
            QuestionType.EMAIL: "An e-mail address.",
            QuestionType.PHONE: "A telephone number.",
            QuestionType.PICK: "An entry of a catalogue, found by any of its names.",
            QuestionType.ACKNOWLEDGE: "A statement to tick, such as consent.",
            QuestionType.NOTE: "Words to read. Nothing is answered.",
            QuestionType.GROUP: "A few questions that are answered together.",
        },
        Kind: {
            Kind.URGENT: "Help is shown at once, and somebody looks today.",
            Kind.EXCLUSION: "Met, it speaks against the treatment.",
            Kind.INCLUSION: "Not met, a clinician has to look.",
            Kind.REVIEW: "Met, a clinician has to look.",
            Kind.PRECAUTION: "Told to the clinician. It changes nothing.",
        },
        Outcome: {
            Outcome.URGENT: "An urgent criterion is met.",
            Outcome.CONTRAINDICATION_REPORTED: "An exclusion is met.",
            Outcome.NEEDS_REVIEW: "A clinician has to look, or something is missing.",
            Outcome.NO_BARRIER_REPORTED: "None of these.",
        },
    }
)
"""The words for each word that can be chosen, by the list it is of."""

EXAMPLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "unit": ("year", "month", "week", "day", "hour", "percent", "kg", "cm", "mg"),
        "riskier": ("up", "down"),
    }
)
"""Words that an editor proposes where others may stand, too; by their name."""
