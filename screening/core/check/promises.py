"""What is never said to a patient: a diagnosis, a promise, a dose, advice on medicines.

Source: the project's safety pathway, "never say to the patient": no diagnosis, no
"you are eligible", no predicted benefit, no dose, no advice to stop or change a
medicine, no level of risk, no promotional word, no promise of confidentiality. A
question may name a diagnosis ("Have you been told that you have OCD?"); a statement
must not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """Where a text says what it must not, counted from 0, what it is, what to write."""

    at: int
    what: str
    fix: str


_DECIDES = (
    "this tells a patient that they are suitable, which only a clinician decides",
    "Say what happens next instead.",
)
_DIAGNOSES = (
    "this tells a patient that they have an illness",
    "Ask about it, or say what was answered.",
)
_PREDICTS = (
    "this promises a patient an effect",
    "Say what is known about groups of people, in the article, with its source.",
)
_DOSES = ("this tells a patient a dose", "Leave doses to the clinician.")
_ADVISES = (
    "this advises a patient to stop or change a medicine",
    "Write that medicines are kept up as prescribed and the clinic will advise.",
)
_RISKS = (
    "this tells a patient a level of risk",
    "Say where help is, and that a clinician will talk with them.",
)
_PROMOTES = ("this is promotional wording", "Describe it in plain words.")
_KEEPS = (
    "this promises confidentiality beyond the clinic's own data terms",
    "Say who reads the answers and how long they are kept.",
)

_SAID: dict[str, tuple[tuple[str, tuple[str, str]], ...]] = {
    "en": (
        (
            (
                r"\byou(?:’|'| a)?re (?:now )?(?:eligible|suitable|cleared|approved|"
                r"a (?:good|suitable|strong) candidate|a good fit)\b"
            ),
            _DECIDES,
        ),
        (r"\byou (?:do |may |might |could |would )?qualif(?:y|ied)\b", _DECIDES),
        (r"\b(?:is|be|are) safe for you\b|\bgood candidates?\b", _DECIDES),
        (
            (
                r"\byou (?:probably |clearly |do |may |might |seem to )?have "
                r"(?:an? )?(?:very |severe |moderate |mild |treatment-resistant )*"
                r"(?:ocd|bipolar|psychosis|depression|schizophrenia|ptsd)\b(?![^.?!]*\?)"
            ),
            _DIAGNOSES,
        ),
        (
            (
                r"\byou(?:’|'| a)?re (?:bipolar|psychotic|depressed|"
                r"treatment-resistant|suicidal|an alcoholic)\b(?![^.?!]*\?)"
            ),
            _DIAGNOSES,
        ),
        (
            (
                r"\byou(?:’ll|'ll| will| should| are likely to) (?:soon |quickly )?"
                r"(?:feel|get|be|become) (?:much |far )?"
                r"(?:better|well|cured|relie\w+)\b"
            ),
            _PREDICTS,
        ),
        (
            (
                r"\b(?:your|a) \d{1,3} ?(?:%|percent|per cent) chance\b|"
                r"\byour chances? of (?:getting better|response|recovery|remission)\b|"
                r"\b(?:will|can) (?:cure|end|fix|stop) your\b|\bprevents? suicide\b"
            ),
            _PREDICTS,
        ),
        (r"\bmg ?(?:/|per) ?kg\b|\byour dose (?:is|will be|would be)\b", _DOSES),
        (
            (
                r"(?<!not )(?<!never )(?<!don’t )(?<!don't )"
                r"\b(?:stop|skip|pause|come off|cut down|reduce|halve|double)"
                r"(?: taking| using)? (?:your|all your|any|all|these) "
                r"(?:\w+ )?(?:medicines?|medications?|tablets?|pills|dose|doses)\b"
                r"(?![^.?!]*\?)"
            ),
            _ADVISES,
        ),
        (
            (
                r"\b(?:low|no|high|medium|moderate) (?:suicide )?risk\b|"
                r"\bno risk (?:was )?identified\b"
            ),
            _RISKS,
        ),
        (
            (
                r"\bFDA[- ]approved\b|\bbreakthrough\b|\bmiracle\b|\brewires?\b|"
                r"\bgame[- ]chang\w+|\blife[- ]changing\b|\brevolutionary\b|"
                r"\bcures?\b|\bproven to work\b"
            ),
            _PROMOTES,
        ),
        (
            (
                r"\b(?:completely|totally|fully|strictly|100 ?%) "
                r"(?:confidential|anonymous|private)\b"
                r"|\byour answers are (?:kept )?confidential\b"
            ),
            _KEEPS,
        ),
    ),
    "es": (
        (
            (
                r"\b(?:es|está|sería) (?:usted )?(?:elegible|apt[oa]|buen candidato|"
                r"buena candidata)\b|\bcumple (?:usted )?los requisitos\b|"
                r"\bes segur[oa] para usted\b"
            ),
            _DECIDES,
        ),
        (
            (
                r"\b(?:usted )?(?:tiene|padece|sufre) (?:un |una )?(?:toc|trastorno "
                r"obsesivo|trastorno bipolar|psicosis|depresión|esquizofrenia)\b"
                r"(?![^.?!]*\?)"
            ),
            _DIAGNOSES,
        ),
        (
            (
                r"\bse (?:sentirá|curará) (?:mucho )?(?:mejor|pronto)?|"
                r"\bpreviene el suicidio\b|\bsu probabilidad de mejorar\b"
            ),
            _PREDICTS,
        ),
        (r"\bmg ?(?:/|por) ?kg\b|\bsu dosis (?:es|será|sería)\b", _DOSES),
        (
            (
                r"(?<!no )(?<!nunca )\b(?:deje de tomar|suspenda|reduzca|interrumpa) "
                r"(?:su|sus|la|los|las|el) (?:medicación|medicamentos?|medicinas?|"
                r"pastillas|dosis)\b"
            ),
            _ADVISES,
        ),
        (r"\b(?:bajo|sin|alto) riesgo (?:de suicidio)?\b", _RISKS),
        (
            (
                r"\baprobad[oa] por la FDA\b|\bmilagros[oa]\b|\brevolucionari[oa]\b|"
                r"\bcura\b"
            ),
            _PROMOTES,
        ),
        (
            r"\b(?:totalmente|completamente|estrictamente) (?:confidencial|anónim[oa])",
            _KEEPS,
        ),
    ),
}

# fmt: off
_TRIGGERS = {
    "en": frozenset(
        {
            "eligible", "suitable", "cleared", "approved", "candidate", "candidates",
            "fit", "qualify", "qualified", "safe", "have", "bipolar", "psychotic",
            "depressed", "treatment-resistant", "suicidal", "alcoholic", "better",
            "well", "cured", "relieved", "chance", "chances", "cure", "end", "fix",
            "stop", "prevents", "prevent", "mg", "kg", "dose", "doses", "skip", "pause",
            "come", "cut", "reduce", "halve", "double", "risk", "fda-approved",
            "breakthrough", "miracle", "rewire", "rewires", "game-changing",
            "game-changer", "life-changing", "revolutionary", "cures", "proven",
            "confidential", "anonymous", "private"
        }
    ),
    "es": frozenset(
        {
            "elegible", "apta", "apto", "candidato", "candidata", "requisitos",
            "segura", "seguro", "tiene", "padece", "sufre", "sentirá", "curará",
            "suicidio", "probabilidad", "mg", "kg", "dosis", "deje", "suspenda",
            "reduzca", "interrumpa", "riesgo", "fda", "milagrosa", "milagroso",
            "revolucionaria", "revolucionario", "cura", "confidencial", "anónima",
            "anónimo"
        }
    ),
}
# fmt: on
"""A word of each pattern: a text without any of them is not searched further."""

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPILED = {
    language: tuple((re.compile(one, re.IGNORECASE), said) for one, said in table)
    for language, table in _SAID.items()
}


def promise_in(text: str, language: str) -> Promise | None:
    """Return the first thing that a text must not say to a patient, None if nothing.

    >>> promise_in("You are eligible.", "en").at
    0
    >>> promise_in("Have you been told that you have OCD?", "en") is None
    True
    """
    triggers = _TRIGGERS.get(language[:2], frozenset())
    if triggers.isdisjoint(_WORDS.findall(text.lower())):
        return None
    first: Promise | None = None
    for pattern, (what, fix) in _COMPILED.get(language[:2], ()):
        found = pattern.search(text)
        if found is not None and (first is None or found.start() < first.at):
            first = Promise(found.start(), f"{what}: “{found[0]}”", fix)
    return first
