"""What do all of the patient's pages share? The store, the questionnaire, its forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from flask import Flask, current_app

from screening.core.definition import Questionnaire
from screening.core.translation import in_language
from screening.store.opening import Store
from screening.tongue import languages, speak, spoken
from screening.web.article.page import Article
from screening.web.patient.forgetting import Forgetting
from screening.web.patient.forms import Forms
from screening.web.patient.pace import Reckoning
from screening.web.questionnaires import MOST_HELD, Questionnaires

Made = TypeVar("Made")

_NAME = "screening-patient"
_MOST_HELD = 2 * MOST_HELD
"""Versions that are held, each in up to two languages."""


class Held(Generic[Made]):
    """What was made of the last few versions, by version and language."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._made: dict[tuple[str, str], Made] = {}

    def get(self, key: tuple[str, str], make: Callable[[], Made]) -> Made:
        """Return what was made for `key`, made now if it was not."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
            for oldest in list(self._made)[:-_MOST_HELD]:
                self._made.pop(oldest, None)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The store, the questionnaires and the article of one service.

    `articles` has the article in each language there is, the usual one first.
    """

    store: Store
    questionnaires: Questionnaires
    articles: Mapping[str, Article]
    forgetting: Forgetting = field(default_factory=Forgetting)
    reckoning: Reckoning = field(default_factory=Reckoning)
    _said: Held[Questionnaire] = field(default_factory=Held)
    _forms: Held[Forms] = field(default_factory=Held)

    @property
    def article(self) -> Article:
        """The article in the language that is spoken."""
        usual = next(iter(self.articles.values()))
        return self.articles.get(spoken(), usual)

    def languages(self) -> tuple[str, ...]:
        """Return the languages in which patients may read all there is to read."""
        usual, *others = self.questionnaires.latest.languages
        whole = set(languages()) & set(self.articles)
        return (usual, *(one for one in others if one in whole))

    def asked(self, sha256: str | None = None) -> Questionnaire:
        """Return a version (without `sha256`, today's) in the language that is spoken.

        An older version may not have it; then the page goes on in the version's own.
        Raises what `Questionnaires.version` does.
        """
        version = (
            self.questionnaires.version(sha256)
            if sha256 is not None
            else self.questionnaires.current()
        )
        if spoken() not in version.languages:
            speak(version.language)
        language = spoken()
        if language == version.language:
            return version
        return self._said.get(
            (version.sha256, language), lambda: in_language(version, language)
        )

    def forms(self, questionnaire: Questionnaire) -> Forms:
        """Return the forms of a version in one language, made once."""
        return self._forms.get((questionnaire.sha256, questionnaire.language), Forms)


def put_room(app: Flask, room: Room) -> None:
    """Leave `room` in the application, where `current_room` finds it."""
    app.extensions[_NAME] = room


def current_room() -> Room:
    """Return what the patient's pages of this application share."""
    # Only put_room writes under this name, and only a Room.
    return cast("Room", current_app.extensions[_NAME])
