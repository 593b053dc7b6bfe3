"""Which version of a questionnaire does a word name: a folder's, git's, a clinic's?

`ocd-ketamine` is what the files say now, `ocd-ketamine@HEAD~1` what they said in an
earlier revision of the git repository that they are in, and `version:4f1c…` one that
the clinic keeps, by the beginning of its hash.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.instance import settings_of, stop, store_of
from screening.cli.library import path_of, questionnaire_shelf, with_paths
from screening.cli.options import deployment
from screening.cli.printing import print_problems
from screening.core.deployment import Deployment
from screening.core.load import load
from screening.core.problems import DefinitionError
from screening.core.source import decoded
from screening.library import Shelf, kept_files
from screening.store.problems import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.core.definition import Questionnaire

KEPT = "version:"


def version_named(word: str, instance: Path) -> Questionnaire:
    """Return the questionnaire that a word names.

    Raises click.BadParameter (exit status 2) when there is none; exits with status 1
    when its files can't be used.
    """
    if word.startswith(KEPT):
        return _kept(word.removeprefix(KEPT), instance)
    name, at, revision = word.rpartition("@")
    if at and not Path(word).exists():
        shelf = questionnaire_shelf(name)
        return _loaded(shelf.questionnaire_id, _from_git(shelf, revision), shelf)
    shelf = questionnaire_shelf(word)
    return _loaded(shelf.questionnaire_id, shelf.read, shelf)


def _loaded(
    name: str, read_file: Callable[[str], str | None], shelf: Shelf
) -> Questionnaire:
    try:
        return load(name, read_file, deployment())
    except DefinitionError as error:
        print_problems(with_paths(error.problems, shelf))
        sys.exit(1)


def _from_git(shelf: Shelf, revision: str) -> Callable[[str], str | None]:
    """Return the reader of a revision; what no repository has is read as it is."""
    roots = {folder: _root(folder) for folder in shelf.folders}
    own = path_of(shelf, f"{shelf.questionnaire_id}/questionnaire.yaml")
    home = _root(own.parent) if own else None
    if home is None:
        what = f"{shelf.folders[0]} is in no git repository."
        raise click.BadParameter(f"{what} Name a folder that is, or leave out @.")
    commit = f"{revision}^{{commit}}"
    if _git(home, "rev-parse", "--verify", "--end-of-options", commit) is None:
        raise click.BadParameter(f'git knows no revision "{revision}".')

    def read(name: str) -> str | None:
        for folder, root in roots.items():
            alone = Shelf(shelf.questionnaire_id, (folder,))
            found = alone.read(name) if root is None else _shown(root, folder / name)
            if found is not None:
                return found
        return None

    def _shown(root: Path, path: Path) -> str | None:
        inside = path.resolve()
        if not inside.is_relative_to(root):
            return None
        where = f"{revision}:{inside.relative_to(root).as_posix()}"
        found = _git(root, "show", "--end-of-options", where)
        return None if found is None else decoded(found, path.name)

    return read


def _root(folder: Path) -> Path | None:
    if not folder.is_dir():
        return None
    found = _git(folder, "rev-parse", "--show-toplevel")
    return Path(found.decode().strip()).resolve() if found else None


def _git(folder: Path, *words: str) -> bytes | None:
    """Return what git says; None when it says no, or is not there."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, fixed words
            ["git", "-C", str(folder), *words],  # noqa: S607 - the person's own git
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _kept(beginning: str, instance: Path) -> Questionnaire:
    store = store_of(settings_of(instance))
    try:
        found = [one for one in store.versions.hashes() if one.startswith(beginning)]
        if len(found) != 1 or not beginning:
            what = f'{len(found)} kept versions begin with "{beginning}".'
            raise click.BadParameter(f"{what} Name one by more of its hash.")
        bundle = store.versions.load_bundle(found[0])
        kept = kept_files(dict(bundle.files))
        return load(bundle.questionnaire, kept, Deployment(uses=frozenset()))
    except (StoreProblem, DefinitionError) as problem:
        stop(problem)
    finally:
        store.close()
