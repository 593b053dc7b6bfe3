"""What is made once in a process of tests, although each test asks for it anew?

What takes long and comes out the same each time: a questionnaire of the same texts, a
page's template compiled, the empty tables of a new SQLite file. Each is looked up by
all that it is made of, so that a changed file gives another questionnaire, and a
changed template another page. Where loading itself is what a test is about, it calls
`screening.core.load.load`, which is left as it is.
"""

import sqlite3
from contextlib import closing
from functools import cache

import pytest
from jinja2 import BytecodeCache
from sqlalchemy import create_engine

from screening.authoring import checked
from screening.core.load import load
from screening.store.migrations import upgrade
from screening.web import Screening, questionnaires, service, sources


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in memory, under their names and what they say."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code


class LoadedQuestionnaires:
    """Gives a questionnaire again where every file that it was made of is the same."""

    def __init__(self):
        self.kept = {}

    def load(self, questionnaire_id, read_file, deployment=None):
        """Give what `screening.core.load.load` gives."""
        known = self.kept.setdefault((questionnaire_id, deployment), [])
        for texts, made in known:
            if all(read_file(name) == text for name, text in texts.items()):
                return made
        texts = {}

        def read(name):
            texts[name] = read_file(name)
            return texts[name]

        made = load(questionnaire_id, read, deployment)
        known.append((texts, made))
        return made


@cache
def empty_tables():
    """Give a database in memory with the tables of this release."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: kept)
    upgrade(engine)
    return kept


def upgraded(engine):
    """Bring a database up to this release; a new SQLite file gets a copy of one."""
    if engine.dialect.name != "sqlite" or not _is_new(engine):
        upgrade(engine)
        return
    with closing(engine.raw_connection()) as connection:
        empty_tables().backup(connection.driver_connection)


def _is_new(engine):
    with closing(engine.raw_connection()) as connection:
        found = connection.driver_connection.execute("SELECT 1 FROM sqlite_master")
        return found.fetchone() is None


def install():
    """Let services and their questionnaires use what is kept, in this process."""
    loaded = LoadedQuestionnaires()
    patch = pytest.MonkeyPatch()
    for module in (checked, questionnaires, sources):
        patch.setattr(module, "load", loaded.load)
    patch.setattr(service, "upgrade", upgraded)
    options = Screening.jinja_options | {"bytecode_cache": CompiledTemplates()}
    patch.setattr(Screening, "jinja_options", options)
