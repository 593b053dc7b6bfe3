"""In which words is a rule read aloud? One table a language, English for any other.

`{}` stands for what the rule names: `{0}` is what is asked about, `{1}` the limit.
A pair holds how something is said, and how its opposite is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The words of one language.

    `limits` are said before a plain number, `compared` before anything else. `ranges`
    are told by whether the lower and the upper end belong to them. `joiners` are the
    words that would make a name in a sentence unclear, which is then quoted. `entries`
    are said after a number, and after "one of". `words` are values that files use.
    """

    code: str
    name: str
    quotes: Pair
    limits: Mapping[str, Pair]
    compared: Mapping[str, Pair]
    ranges: Mapping[tuple[bool, bool], str]
    dates: Mapping[str, Pair]
    answer: Pair
    none_of: str
    among: Pair
    holds: Pair
    always: Pair
    answered: Pair
    states: Mapping[str, str]
    known: Pair
    known_whether: Pair
    certain: Pair
    opposite: str
    joined: Mapping[str, str]
    pairs: Mapping[str, str]
    listed: Mapping[str, str]
    last: Mapping[str, str]
    joiners: tuple[str, ...]
    arithmetic: Mapping[str, str]
    folds: Mapping[str, str]
    folds_of: Mapping[str, str]
    entries: Pair
    only_those: str
    only_if: str
    every: Mapping[str, str]
    the_one: str
    outer_entry: str
    part_of: str
    since: Mapping[str, str]
    units: Mapping[str, Pair]
    item: str
    result: str
    truth: str
    outcome: str
    words: Mapping[str, str]


ENGLISH = Tongue(
    code="en",
    name="English",
    quotes=("“", "”"),
    limits={
        "==": ("{0} is {1}", "{0} is not {1}"),
        "!=": ("{0} is not {1}", "{0} is {1}"),
        ">=": ("{0} is {1} or more", "{0} is not {1} or more"),
        ">": ("{0} is above {1}", "{0} is not above {1}"),
        "<=": ("{0} is {1} or less", "{0} is not {1} or less"),
        "<": ("{0} is below {1}", "{0} is not below {1}"),
    },
    compared={
        "==": ("{0} is the same as {1}", "{0} is not the same as {1}"),
        "!=": ("{0} is not the same as {1}", "{0} is the same as {1}"),
        ">=": ("{0} is at least {1}", "{0} is not at least {1}"),
        ">": ("{0} is more than {1}", "{0} is not more than {1}"),
        "<=": ("{0} is at most {1}", "{0} is not at most {1}"),
        "<": ("{0} is less than {1}", "{0} is not less than {1}"),
    },
    ranges={
        (True, True): "{0} is from {1} to {2}",
        (True, False): "{0} is from {1} to below {2}",
        (False, True): "{0} is above {1} and at most {2}",
        (False, False): "{0} is above {1} and below {2}",
    },
    dates={
        ">=": ("{0} is {1} or later", "{0} is not {1} or later"),
        ">": ("{0} is later than {1}", "{0} is not later than {1}"),
        "<=": ("{0} is {1} or earlier", "{0} is not {1} or earlier"),
        "<": ("{0} is earlier than {1}", "{0} is not earlier than {1}"),
    },
    answer=("the answer to {0} is {1}", "the answer to {0} is not {1}"),
    none_of="{0} is none of {1}",
    among=("{0} is among {1}", "{0} is not among {1}"),
    holds=("{0} holds", "{0} does not hold"),
    always=("this is always so", "this is never so"),
    answered=("{0} is answered", "{0} is not answered"),
    states={"unsure": "Not sure", "declined": "Preferred not to say"},
    known=("{0} is known", "{0} is not known"),
    known_whether=("it is known whether {0}", "it is not known whether {0}"),
    certain=("it is certain that {0}", "it is not certain that {0}"),
    opposite="it is not so that {0}",
    joined={"and": ", and ", "or": ", or "},
    pairs={"and": "both {0} and {1}", "or": "either {0} or {1}"},
    listed={"and": "all of these: {}", "or": "at least one of these: {}"},
    last={"and": " and ", "or": " or "},
    joiners=("and", "or", "not", "is"),
    arithmetic={
        "+": "{0} plus {1}",
        "-": "{0} minus {1}",
        "*": "{0} times {1}",
        "/": "{0} divided by {1}",
    },
    folds={
        "count": "the number of {0}",
        "sum": "the sum of {0}",
        "min": "the lowest of {0}",
        "max": "the highest of {0}",
    },
    folds_of={
        "count": "the number of {1}",
        "sum": "the sum of {0} over {1}",
        "min": "the lowest {0} among {1}",
        "max": "the highest {0} among {1}",
    },
    entries=("entries of {}", "the entries of {}"),
    only_those="{0} (only those for which {1})",
    only_if="{0} (only if {1})",
    every={
        "any": "for at least one of {0}, {1}",
        "all": "for every one of {0}, {1}",
    },
    the_one="it",
    outer_entry="{0} of the entry named first",
    part_of="the {0} listed for {1}",
    since={"days_since": "the time since {0}", "age_on": "the age by {0}"},
    units={
        "year": ("year", "years"),
        "month": ("month", "months"),
        "week": ("week", "weeks"),
        "day": ("day", "days"),
        "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
        "second": ("second", "seconds"),
    },
    item="{0} question {1}",
    result="{0} {1}",
    truth="{0} result {1}",
    outcome="the outcome",
    words={},
)

SPANISH = Tongue(
    code="es",
    name="Spanish",
    quotes=("«", "»"),
    limits={
        "==": ("{0} es {1}", "{0} no es {1}"),
        "!=": ("{0} no es {1}", "{0} es {1}"),
        ">=": ("{0} es {1} o más", "{0} no es {1} o más"),
        ">": ("{0} es más de {1}", "{0} no es más de {1}"),
        "<=": ("{0} es {1} o menos", "{0} no es {1} o menos"),
        "<": ("{0} es menos de {1}", "{0} no es menos de {1}"),
    },
    compared={
        "==": ("{0} es igual a {1}", "{0} no es igual a {1}"),
        "!=": ("{0} no es igual a {1}", "{0} es igual a {1}"),
        ">=": ("{0} es igual o mayor que {1}", "{0} no es igual ni mayor que {1}"),
        ">": ("{0} es mayor que {1}", "{0} no es mayor que {1}"),
        "<=": ("{0} es igual o menor que {1}", "{0} no es igual ni menor que {1}"),
        "<": ("{0} es menor que {1}", "{0} no es menor que {1}"),
    },
    ranges={
        (True, True): "{0} está entre {1} y {2}, ambos incluidos",
        (True, False): "{0} va desde {1} hasta menos de {2}",
        (False, True): "{0} es más de {1} y como mucho {2}",
        (False, False): "{0} es más de {1} y menos de {2}",
    },
    dates={
        ">=": ("{0} es {1} o posterior", "{0} no es {1} ni posterior"),
        ">": ("{0} es posterior a {1}", "{0} no es posterior a {1}"),
        "<=": ("{0} es {1} o anterior", "{0} no es {1} ni anterior"),
        "<": ("{0} es anterior a {1}", "{0} no es anterior a {1}"),
    },
    answer=("la respuesta a {0} es {1}", "la respuesta a {0} no es {1}"),
    none_of="{0} no es ninguna de estas: {1}",
    among=("{0} está entre {1}", "{0} no está entre {1}"),
    holds=("se cumple {0}", "no se cumple {0}"),
    always=("esto ocurre siempre", "esto no ocurre nunca"),
    answered=("{0} tiene respuesta", "{0} no tiene respuesta"),
    states={"unsure": "No lo sé", "declined": "Prefiero no decirlo"},
    known=("se conoce {0}", "no se conoce {0}"),
    known_whether=("se sabe si {0}", "no se sabe si {0}"),
    certain=("es seguro lo siguiente: {0}", "no es seguro lo siguiente: {0}"),
    opposite="no se da lo siguiente: {0}",
    joined={"and": ", y ", "or": ", o "},
    pairs={"and": "a la vez {0} y {1}", "or": "o bien {0} o bien {1}"},
    listed={"and": "todo esto: {}", "or": "al menos una de estas cosas: {}"},
    last={"and": " y ", "or": " o "},
    joiners=("y", "e", "o", "u", "ni", "no", "es"),
    arithmetic={
        "+": "{0} más {1}",
        "-": "{0} menos {1}",
        "*": "{0} por {1}",
        "/": "{0} dividido entre {1}",
    },
    folds={
        "count": "el número de {0}",
        "sum": "la suma de {0}",
        "min": "el menor de {0}",
        "max": "el mayor de {0}",
    },
    folds_of={
        "count": "el número de {1}",
        "sum": "la suma de {0} en {1}",
        "min": "el menor valor de {0} en {1}",
        "max": "el mayor valor de {0} en {1}",
    },
    entries=("entradas de {}", "las entradas de {}"),
    only_those="{0} (contando solo cuando {1})",
    only_if="{0} (solo si {1})",
    every={
        "any": "para al menos una de {0}, {1}",
        "all": "para cada una de {0}, {1}",
    },
    the_one="este valor",
    outer_entry="{0} del elemento nombrado primero",
    part_of="el dato {0} de {1}",
    since={"days_since": "el tiempo desde {0}", "age_on": "la edad según {0}"},
    units={
        "year": ("año", "años"),
        "month": ("mes", "meses"),
        "week": ("semana", "semanas"),
        "day": ("día", "días"),
        "hour": ("hora", "horas"),
        "minute": ("minuto", "minutos"),
        "second": ("segundo", "segundos"),
    },
    item="{0}, pregunta {1}",
    result="{0}, {1}",
    truth="{0}, resultado {1}",
    outcome="la conclusión",
    words={
        "yes": "sí",
        "urgent": "urgente",
        "contraindication_reported": "contraindicación comunicada",
        "needs_review": "requiere revisión",
        "no_barrier_reported": "sin impedimento comunicado",
    },
)

_TONGUES = {tongue.code: tongue for tongue in (ENGLISH, SPANISH)}

LANGUAGES = tuple(_TONGUES)
"""The languages that Screening has words of its own in."""


def tongue_of(language: str) -> Tongue:
    """Return the words of a language (`es`, `es-MX`), English where there are none."""
    return _TONGUES.get(language.replace("_", "-").split("-")[0].lower(), ENGLISH)
