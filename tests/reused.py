"""What is made once in a process of tests, although each test asks for it anew?

What takes long and comes out the same each time: a questionnaire of the same texts, a
page's template compiled, the empty tables of a new SQLite file, the hash of a password
and whether another one fits it. Each is looked up by all that it is made of, so that a
changed file gives another questionnaire, and a changed template another page. What a
test is about it calls itself: `screening.core.load.load` and
`screening.accounts.passwords` are left as they are.
"""

import sqlite3
from contextlib import closing
from functools import cache

import pytest
from jinja2 import BytecodeCache
from sqlalchemy import create_engine, inspect

from screening.accounts import (
    passwords,
    proofs,
    sign_in,
    signing,
    staff_invitations,
    users,
)
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
    """Bring a database up to this release; a new SQLite file gets a copy of one.

    A database on PostgreSQL that has tables was copied from one that has all of them.
    """
    if engine.dialect.name != "sqlite":
        if not inspect(engine).has_table("audit"):
            upgrade(engine)
        return
    if not _is_new(engine):
        upgrade(engine)
        return
    with closing(engine.raw_connection()) as connection:
        empty_tables().backup(connection.driver_connection)


def _is_new(engine):
    with closing(engine.raw_connection()) as connection:
        found = connection.driver_connection.execute("SELECT 1 FROM sqlite_master")
        return found.fetchone() is None


@cache
def hash_once(password, names):
    """Give the hash of a password; one that is refused is refused each time."""
    return passwords.hash_password(password, names=names)


@cache
def match_once(password, stored):
    """Say whether a password fits a hash."""
    return passwords.is_match(password, stored)


def install():
    """Let services and their questionnaires use what is kept, in this process."""
    loaded = LoadedQuestionnaires()
    patch = pytest.MonkeyPatch()
    for module in (checked, questionnaires, sources):
        patch.setattr(module, "load", loaded.load)
    patch.setattr(service, "upgrade", upgraded)
    for module in (staff_invitations, users):
        patch.setattr(
            module,
            "hash_password",
            lambda password, *, names=(): hash_once(password, tuple(names)),
        )
    for module in (proofs, sign_in, signing):
        patch.setattr(module, "is_match", match_once)
    options = Screening.jinja_options | {"bytecode_cache": CompiledTemplates()}
    patch.setattr(Screening, "jinja_options", options)
