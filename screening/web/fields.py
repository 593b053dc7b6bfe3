"""Which fields carry answers between browser and core? Ones that only carry text.

WTForms' own number and date fields turn what was typed into values, and fail on some
of it (a signalling NaN, a number of a million digits). These fields keep strings and
hand them to the `parse` that their form was built with; what it returns is the value,
or a `Refusal` with words for the person who typed. Templates draw the fields, from
`id`, `name`, `label`, `raw`, `choices` and `errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.fields import Field
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.utils import unset_value

STATE_SUFFIX = "-state"
TOKEN_NAME = "csrf_token"  # noqa: S105 - the name of the field, not a secret

Part = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer cannot be taken, in words for the person who gave it."""

    text: str


Parse = Callable[[Sequence[str]], object]
"""What was posted under one question, in order -> its value, or a Refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option on the page. `stands_apart` puts "or" before it.

    `is_exclusive` says it cannot go with another ("None of these").
    """

    value: str
    label: str
    hint: str | None = None
    is_exclusive: bool = False
    stands_apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What stands around an answer. `unit` is as read ("mmHg"), `width` in characters.

    `states` are ways not to answer ("I am not sure"), offered under a field to type in;
    `ends` are the words at the two ends of a scale.
    """

    hint: str | None = None
    help: str | None = None
    unit: str | None = None
    width: int | None = None
    inputmode: Literal["text", "numeric", "decimal", "tel", "email"] = "text"
    autocomplete: str = "off"
    rows: int | None = None
    states: Sequence[Choice] = ()
    ends: tuple[str, str] | None = None


class Answer(Field):
    """A question on a page: strings in, a parsed value or a refusal out.

    `raw` holds the strings, as posted or as stored; `value` is what `parse` made of
    them once the form was validated. The label is the question's own words.
    """

    kind: ClassVar[str]

    def __init__(
        self,
        label: str,
        *,
        parse: Parse,
        wording: Wording | None = None,
        choices: Sequence[Choice] = (),
        **kwargs: object,
    ) -> None:
        # WTForms hands its own arguments (form, name, prefix…) through here.
        super().__init__(label, **kwargs)  # type: ignore[arg-type]
        self.parse = parse
        self.wording = wording or Wording()
        self.choices = choices
        self.raw: list[str] = []
        self.states_chosen: list[str] = []
        self.value: object = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which a browser may post for this field."""
        states = (self.name + STATE_SUFFIX,) if self.wording.states else ()
        return (self.name, *states)

    @property
    def repeated_names(self) -> tuple[str, ...]:
        """Those of `names` that a browser may post more than once."""
        return self.names[1:]

    @property
    def target(self) -> str:
        """The id of the first control, where an error's link leads."""
        return str(self.id)

    def process(  # type: ignore[override]
        self,
        formdata: MultiDict[str, str] | None,
        data: object = None,
        extra_filters: object = None,
    ) -> None:
        """Take what was posted, or, on a page just opened, the stored strings."""
        del extra_filters
        if formdata is None:
            self._take(_strings(data))
        else:
            self.raw = self._posted(formdata)
            self.states_chosen = formdata.getlist(self.name + STATE_SUFFIX)
        self.data = self.raw
        self.errors: list[str] = []

    def validate(self, form: BaseForm, extra_validators: object = ()) -> bool:
        """Parse what was given; leave `value` set, or the refusal in `errors`."""
        del form, extra_validators
        parsed = self.parse(self.given)
        if isinstance(parsed, Refusal):
            self.value = None
            self.errors = [parsed.text]
        else:
            self.value = parsed
            self.errors = []
        return not self.errors

    @property
    def given(self) -> list[str]:
        """What `parse` is handed: the strings that are not blank, then any state."""
        return [text for text in self.raw if text.strip()] + self.states_chosen

    def _take(self, stored: list[str]) -> None:
        states = {choice.value for choice in self.wording.states}
        self.states_chosen = [text for text in stored if text in states]
        self.raw = [text for text in stored if text not in states]

    def _posted(self, formdata: MultiDict[str, str]) -> list[str]:
        return formdata.getlist(self.name)

    def _value(self) -> str:
        return self.raw[0] if self.raw else ""


class TextAnswer(Answer):
    """A line to type in: words, a number with its unit, an address."""

    kind = "text"


class ParagraphAnswer(Answer):
    """A box for several lines."""

    kind = "paragraph"


class ChoiceAnswer(Answer):
    """One of a few options, each a radio button."""

    kind = "choice"


class ScaleAnswer(Answer):
    """A number on a line of a few, each a radio button."""

    kind = "scale"


class ChoicesAnswer(Answer):
    """Any of a few options, each a checkbox."""

    kind = "choices"

    @property
    def repeated_names(self) -> tuple[str, ...]:
        """Every checkbox posts under the same name."""
        return self.names


class AcknowledgeAnswer(Answer):
    """One checkbox that must be ticked to go on."""

    kind = "acknowledge"


class PickAnswer(Answer):
    """One of many: a list to search in while typing, or to open and choose from."""

    kind = "pick"

    def __init__(self, label: str, *, as_list: bool = False, **kwargs: object) -> None:
        super().__init__(label, **kwargs)  # type: ignore[arg-type]
        self.as_list = as_list


class MeasureAnswer(Answer):
    """A number and the unit it is in, chosen among those that the question offers.

    `raw` holds the number as typed and the unit's code; `given` joins them, unless the
    unit was typed too.
    """

    kind = "measure"

    @property
    def names(self) -> tuple[str, ...]:
        """The number and the unit each have a name."""
        return (self.name, self.unit_name, *super().names[1:])

    @property
    def repeated_names(self) -> tuple[str, ...]:
        """Only the ways not to answer may repeat."""
        return super().names[1:]

    @property
    def unit_name(self) -> str:
        """The name under which the unit is posted."""
        return f"{self.name}-unit"

    @property
    def given(self) -> list[str]:
        """The amount as text, `158 [lb_av]`; nothing where no number was typed."""
        amount, unit = ([text.strip() for text in self.raw] + ["", ""])[:2]
        if not amount:
            return list(self.states_chosen)
        has_unit = not unit or any(sign.isalpha() for sign in amount)
        return [amount if has_unit else _with_unit(amount, unit), *self.states_chosen]

    def _posted(self, formdata: MultiDict[str, str]) -> list[str]:
        return [formdata.get(self.name, ""), formdata.get(self.unit_name, "")]

    def _take(self, stored: list[str]) -> None:
        super()._take(stored)
        words = self.raw[0].split() if self.raw else []
        units = [choice.value for choice in self.choices]
        named = [word for word in words if word in units]
        if words and not named and _is_number(words[-1]):
            named = units[:1]  # a number alone is in the first unit
        amount = " ".join(word for word in words if word not in named)
        self.raw = [amount, named[0] if named else ""]


class DateAnswer(Answer):
    """A date in boxes for day, month and year; `parts` leaves some of them out.

    `raw` holds one string a box; `given` joins them, year first, as `1980-03-31`.
    """

    kind = "date"

    def __init__(
        self,
        label: str,
        *,
        parts: Sequence[Part] = ("day", "month", "year"),
        **kwargs: object,
    ) -> None:
        super().__init__(label, **kwargs)  # type: ignore[arg-type]
        self.parts = tuple(parts)

    @property
    def names(self) -> tuple[str, ...]:
        """Each box has a name of its own."""
        return (*self._part_names(), *super().names[1:])

    @property
    def repeated_names(self) -> tuple[str, ...]:
        """Only the ways not to answer may repeat."""
        return super().names[1:]

    @property
    def target(self) -> str:
        """The first box."""
        return f"{self.id}-{self.parts[0]}"

    @property
    def given(self) -> list[str]:
        """One date as text, however wrong; nothing when every box is blank."""
        if not any(text.strip() for text in self.raw):
            return list(self.states_chosen)
        year_first = [_two_digits(text.strip()) for text in reversed(self.raw)]
        return ["-".join(year_first), *self.states_chosen]

    def _posted(self, formdata: MultiDict[str, str]) -> list[str]:
        return [formdata.get(name, "") for name in self._part_names()]

    def _take(self, stored: list[str]) -> None:
        super()._take(stored)
        boxes = self.raw[0].split("-")[::-1] if self.raw else []
        self.raw = boxes if len(boxes) == len(self.parts) else [""] * len(self.parts)

    def _part_names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}-{part}" for part in self.parts)


def text_up_to(longest: int, tidied: Callable[[str], str]) -> Parse:
    """Return what reads a text, tidied, of so many characters at most."""

    def parse(given: Sequence[str]) -> object:
        text = tidied("".join(given))
        if len(text) > longest:
            return Refusal(f"Use at most {longest} characters; these are {len(text)}.")
        return text

    return parse


def in_one_line(text: str) -> str:
    """Return a text with one blank for each run of blanks and line ends."""
    return " ".join(text.split())


def in_lines(text: str) -> str:
    """Return a text with one kind of line end, and none around it."""
    return "\n".join(text.strip().splitlines())


def build_form(
    name: str, fields: Mapping[str, UnboundField[Answer]]
) -> type[FlaskForm]:
    """Return a form class with `fields` by their posted names, in their order.

    A class is built once for a page of a questionnaire's version and kept by whoever
    asked for it; an instance is made for each request.
    """
    return type(name, (FlaskForm,), dict(fields))


def answers_of(form: FlaskForm) -> list[Answer]:
    """Return the form's answer fields, in page order, the token left out."""
    return [field for field in form if isinstance(field, Answer)]


def expected_names(form: FlaskForm) -> set[str]:
    """Return every name that a browser may post with this form, the token's too."""
    return {TOKEN_NAME}.union(*(answer.names for answer in answers_of(form)))


def unexpected_names(form: FlaskForm, posted: Iterable[str]) -> set[str]:
    """Return the names in `posted` that are no part of this form."""
    return set(posted) - expected_names(form)


def repeated_names(form: FlaskForm) -> set[str]:
    """Return the names that may stand twice, for `guards.repeated_names`."""
    return set[str]().union(*(answer.repeated_names for answer in answers_of(form)))


def _strings(stored: object) -> list[str]:
    if stored is None or stored is unset_value:
        return []
    if isinstance(stored, str):
        return [stored]
    if isinstance(stored, Iterable):
        return [str(item) for item in stored]
    return [str(stored)]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()


def _with_unit(amount: str, unit: str) -> str:
    """Return an amount with its unit's code; `11 4` in stone is 11 stone and 4."""
    first, space, second = amount.partition(" ")
    return f"{first} {unit} {second.strip()}" if space else f"{first} {unit}"


def _two_digits(text: str) -> str:
    return text.zfill(2) if text.isascii() and text.isdigit() else text
