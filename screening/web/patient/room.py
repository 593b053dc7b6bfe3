"""What do all of the patient's pages share? The store, the questionnaire, its forms."""

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from screening.core.definition import Questionnaire
from screening.store.opening import Store
from screening.web.article.page import Article
from screening.web.patient.forgetting import Forgetting
from screening.web.patient.forms import Forms
from screening.web.patient.pace import Reckoning
from screening.web.questionnaires import MOST_HELD, Questionnaires

_NAME = "screening-patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The store, the questionnaires and the article of one service."""

    store: Store
    questionnaires: Questionnaires
    article: Article
    forgetting: Forgetting = field(default_factory=Forgetting)
    reckoning: Reckoning = field(default_factory=Reckoning)
    _forms: dict[str, Forms] = field(default_factory=dict)

    def forms(self, questionnaire: Questionnaire) -> Forms:
        """Return the forms of a version, made once."""
        found = self._forms.get(questionnaire.sha256)
        if found is None:
            found = self._forms[questionnaire.sha256] = Forms()
            for oldest in list(self._forms)[:-MOST_HELD]:
                self._forms.pop(oldest, None)
        return found


def put_room(app: Flask, room: Room) -> None:
    """Leave `room` in the application, where `current_room` finds it."""
    app.extensions[_NAME] = room


def current_room() -> Room:
    """Return what the patient's pages of this application share."""
    # Only put_room writes under this name, and only a Room.
    return cast("Room", current_app.extensions[_NAME])
