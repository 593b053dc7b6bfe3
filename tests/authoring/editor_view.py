"""How does an editor read a file, and which files are there to read?

An editor's YAML 1.2 takes bare `12` for a number and `true` for a truth, where the
checker reads text. Names are text to both.
"""

import re

import yaml

from screening.authoring.kinds import KINDS, kind_of
from screening.core.source import read_text
from screening.resources import questionnaires_folder
from tests.core.building import DEFINITIONS

HOME = questionnaires_folder()
SHIPPED = sorted(HOME.rglob("*.yaml"))
GOOD = sorted(
    path
    for path in DEFINITIONS.rglob("*.yaml")
    if path.parent != DEFINITIONS / "broken"
)
KIND = {kind.name: kind for kind in KINDS}

_TRUTHS = {
    word: word.lower() == "true"
    for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_NULLS = {"", "~", "null", "Null", "NULL"}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def short(path):
    """Return a path's last parts, as a name for a test."""
    return "/".join(path.parts[-3:])


def as_an_editor_reads(text):
    """Return a file's content as YAML 1.2's core schema has it."""
    return _read(yaml.compose(text, Loader=yaml.CSafeLoader))


def kind_of_text(text):
    """Return the kind of file that a text is."""
    return kind_of(read_text(text, "file"))


def _read(node):
    if isinstance(node, yaml.MappingNode):
        return {key.value: _read(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_read(item) for item in node.value]
    return node.value if node.style else _plain(node.value)


def _plain(value):
    if value in _NULLS:
        return None
    if value in _TRUTHS:
        return _TRUTHS[value]
    if _WHOLE.fullmatch(value):
        return int(value)
    return float(value) if _NUMBER.fullmatch(value) else value
