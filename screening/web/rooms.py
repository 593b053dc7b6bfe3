"""Which rooms does the service have? One blueprint for patients, one for staff."""

from collections.abc import Callable, Mapping

from flask import Blueprint

from screening.store.opening import Store
from screening.web import clinician, patient
from screening.web.article.page import Article
from screening.web.questionnaires import Questionnaires


def rooms(
    *,
    store: Store,
    questionnaires: Questionnaires,
    articles: Mapping[str, Article],
    ring: Callable[[str], object],
) -> tuple[Blueprint, ...]:
    """Return every room of the service, ready to be registered.

    `ring` has a worker make the export with the id that it is given.
    """
    return (
        patient.blueprint(
            store=store, questionnaires=questionnaires, articles=articles
        ),
        clinician.blueprint(store=store, questionnaires=questionnaires, ring=ring),
    )
