"""How is the whole service opened? By `open_service`, for wsgi, commands and tests.

It opens the store and brings its tables up to date, loads the questionnaire and the
article, and hands everything to the rooms; what cannot be used stops it here.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from screening.library import shelf_for
from screening.notices.sender import Sender
from screening.store.migrations import upgrade
from screening.store.opening import Store, open_store
from screening.web import create_app, logging, utc_now
from screening.web.article.load import languages as article_languages
from screening.web.article.load import load_article
from screening.web.article.page import Article
from screening.web.bell import Bell
from screening.web.beside import Chore, put_chores
from screening.web.clinician.bundling import Press
from screening.web.clinician.exporting import Exporter, tidy
from screening.web.config import Config, Publishing
from screening.web.crisis import Locales, read_locales
from screening.web.questionnaires import Questionnaires
from screening.web.rooms import rooms
from screening.web.sources import FolderSource, PublishedSource, Source

_SOON = timedelta(days=30)
_NOTICES_EVERY_S = 5
_EXPORTS_EVERY_S = 1
_TIDY_EVERY_S = 60


def open_service(config: Config, *, clock: Callable[[], datetime] = utc_now) -> Flask:
    """Return the service that `config` describes, with its store and every room.

    `clock` gives the present instant, aware, in UTC.

    Raises:
        OSError: the file of tasks beside the database can't be made.
        ConfigProblem: the service cannot be safe to use as configured.
        DefinitionError: the questionnaire or its article cannot be used, or nothing was
            published.
        DatabaseUnavailable: the store cannot be reached.
    """
    locales = read_locales(config.questionnaires / "locales.yaml")
    _look_at_seal(config, clock())
    store = open_store(
        config.database,
        config.key_ring,
        clock=clock,
        has_notices=config.notices is not None,
    )
    upgrade(store.database.engine)
    questionnaires = open_questionnaires(config, store)
    articles = _articles(config, questionnaires.current().language, locales)
    press = Press(questionnaires=questionnaires, config=config, clock=clock)
    bell = Bell(config.database, Exporter(store, press).make)
    app = create_app(
        config,
        rooms=rooms(
            store=store,
            questionnaires=questionnaires,
            articles=articles,
            ring=bell.ring,
        ),
        locales=locales,
        clock=clock,
    )
    put_chores(app, _chores(config, store, bell))
    return app


def _chores(config: Config, store: Store, bell: Bell) -> list[Chore]:
    """Return what is done beside the pages."""
    chores = [
        Chore(name="exports", every_s=_EXPORTS_EVERY_S, do=bell.answer),
        Chore(
            name="old exports",
            every_s=_TIDY_EVERY_S,
            do=lambda: tidy(store, bell.ring),
        ),
    ]
    if config.notices is not None:
        sender = Sender(
            store.outbox, config.notices, chance=chance, tell=logging.log_event
        )
        chores.append(
            Chore(name="notices", every_s=_NOTICES_EVERY_S, do=sender.send_due)
        )
    return chores


def chance() -> float:
    """Return a number from 0 to below 1 that nobody can tell in advance."""
    return secrets.randbelow(1_000_000) / 1_000_000


def _articles(config: Config, usual: str, locales: Locales) -> dict[str, Article]:
    """Return the article in every language it is there in, the usual one first."""
    folder = config.questionnaires / config.questionnaire
    place = locales.choose(config.locale)
    others = [one for one in article_languages(folder) if one != usual]
    return {
        language: load_article(folder, language, place.in_language(language))
        for language in (usual, *others)
    }


def open_questionnaires(config: Config, store: Store) -> Questionnaires:
    """Return the questionnaires of a clinic, the current one loaded.

    Raises:
        DefinitionError: it can't be used as it is, or none was published.
        DatabaseUnavailable: the store did not answer.
    """
    return Questionnaires(_source(config, store), store.versions)


def _source(config: Config, store: Store) -> Source:
    if config.publishing is Publishing.PROVED:
        return PublishedSource(config.questionnaire, store, config.deployment)
    shelf = shelf_for(config.questionnaire, config.questionnaires)
    return FolderSource(shelf, config.deployment)


def _look_at_seal(config: Config, now: datetime) -> None:
    """Warn of a seal that is not good, or soon will not be."""
    seal = config.seal
    if seal is None or (seal.is_valid(now) and seal.is_valid(now + _SOON)):
        return
    ends = seal.certificate.not_valid_after_utc.date().isoformat()
    what = f"the seal of {seal.name} is good until {ends}"
    fix = "Have it renewed, or make one with `screening seal`."
    logging.log_event("start_warning", problem=what, fix=fix)
