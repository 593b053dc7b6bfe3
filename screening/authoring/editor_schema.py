"""What may stand in a file, as JSON Schema for editors?

It is made from the shapes that the checker itself uses. An editor reads `12`, `yes` and
`true` as YAML 1.2 does, where the checker reads text: wherever text may stand, a number
or a truth may stand too, so that no file that the checker takes is marked.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from pydantic.json_schema import GenerateJsonSchema

from screening.authoring.shape_words import EXAMPLES, MEMBERS, WORDS
from screening.core.schema import NUMERAL, CatalogueShape

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from screening.authoring.kinds import FileKind

FOLDER = "schema"
"""The folder beside the questionnaires in which editors find the schemas."""

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NUMERAL = f"^{NUMERAL.pattern}$".replace(r"\d", "[0-9]")
_TEXT = ["string", "number", "boolean"]
_TEXT_SAID = "Write a text here."
_PATTERNS_SAID = {
    r"^[a-z][a-z0-9_]*$": "Use small letters, digits and _, beginning with a letter.",
    r"^[a-z][a-z0-9_-]*$": "Use small letters, digits, _ and -, a letter first.",
    r"^[A-Za-z][A-Za-z0-9_]*$": "Use letters, digits and _, beginning with a letter.",
    r"^[a-z]{2}(-[A-Z]{2})?$": "Write a language, such as en or pt-BR.",
}
"""What an editor says of a text that is not of a pattern, in words."""


def file_name(kind: FileKind) -> str:
    """Return the name of a kind's schema file."""
    return f"{kind.name}.schema.json"


def schema_text(kind: FileKind) -> str:
    """Return the kind's JSON Schema as text that ends with a new line."""
    made = _made(kind.shape)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _made(shape: type[BaseModel]) -> JsonSchemaValue:
    made = shape.model_json_schema(schema_generator=_ForEditors)
    first = {"$schema": _DRAFT, "title": made["title"]}
    return {**first, **made}


class _ForEditors(GenerateJsonSchema):
    """Pydantic's generator, for people who read and write YAML."""

    def field_title_should_be_set(self, schema: object) -> bool:
        """Leave titles to shapes: a field's name is its title."""
        del schema
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Give a shape its words and take what says nothing."""
        made = super().model_schema(schema)
        shape = cast("type[BaseModel]", schema["cls"])
        made["title"] = _title(shape.__name__)
        parts = made["properties"]
        made["properties"] = {
            name: {**parts[name], "description": words}
            for name, words in WORDS[shape].items()
        }
        for name, part in made["properties"].items():
            # An editor would write every default into a question that it begins.
            part.pop("default", None)
            if name in EXAMPLES:
                part["examples"] = list(EXAMPLES[name])
        if shape is CatalogueShape:
            _name_fixed_parts(made["properties"]["entries"]["additionalProperties"])
        return made

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Let bare numbers and truths stand where any text may."""
        made = super().str_schema(schema)
        if "pattern" in made:
            return {**made, "patternErrorMessage": _PATTERNS_SAID[made["pattern"]]}
        return {**made, "type": list(_TEXT), "errorMessage": _TEXT_SAID}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """Let a quoted truth stand too: the checker reads it."""
        del schema
        said = "Write true or false."
        kinds = ["boolean", "string"]
        return {"type": kinds, "pattern": "^(true|false)$", "errorMessage": said}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Let a quoted number stand too: the checker reads it."""
        made = super().int_schema(schema)
        said = "Write a whole number, such as 12."
        kinds = ["integer", "string"]
        return {**made, "type": kinds, "pattern": _NUMERAL, "errorMessage": said}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """Let a quoted number stand too: the checker reads it."""
        del schema
        said = "Write a plain number, such as 12 or 0.5."
        kinds = ["number", "string"]
        return {"type": kinds, "pattern": _NUMERAL, "errorMessage": said}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """List the words; one that is a number may stand bare."""
        words = list(map(str, schema["expected"]))
        return {"enum": [int(word) for word in words if word.isdigit()] + words}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """List the words, each with what it means."""
        choice = cast("type[StrEnum]", schema["cls"])
        members = MEMBERS[choice]
        return {
            "title": _title(choice.__name__),
            "type": "string",
            "enum": [member.value for member in members],
            "enumDescriptions": list(members.values()),
        }

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Hold every name to its pattern, rather than those that fit to the values."""
        made: dict[str, Any] = {"type": "object", "additionalProperties": True}
        if "values_schema" in schema:
            values = self.generate_inner(schema["values_schema"])
            made["additionalProperties"] = values or True
        names = self.generate_inner(schema["keys_schema"])
        names.pop("type", None)
        if names:
            made["propertyNames"] = names
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Let nothing stand after the colon, as while one still writes."""
        inner = self.generate_inner(schema["schema"])
        kinds = inner.get("type")
        if kinds is not None:
            listed = kinds if isinstance(kinds, list) else [kinds]
            return {**inner, "type": [*listed, "null"]}
        if "anyOf" in inner:
            return {**inner, "anyOf": [*inner["anyOf"], {"type": "null"}]}
        return {"anyOf": [inner, {"type": "null"}]}

    def sort(
        self, value: JsonSchemaValue, parent_key: str | None = None
    ) -> JsonSchemaValue:
        """Keep the order of the shapes: it is the order people write in."""
        del parent_key
        return value


def _title(name: str) -> str:
    """Return a shape's name in words.

    >>> _title("BandTableShape")
    'Band table'
    """
    words = re.findall(r"[A-Z][a-z]*", name.removesuffix("Shape"))
    return " ".join(words).capitalize()


def _name_fixed_parts(entry: dict[str, Any]) -> None:
    """Name what every entry of a catalogue can have beside its attributes."""
    words = {
        "label": "What the patient reads.",
        "brands": "Brand names by which it is found too.",
        "synonyms": "Other names by which it is found too.",
        "note": "A note to colleagues. Never shown to a patient.",
    }
    value = entry["additionalProperties"]
    entry["properties"] = {
        name: {**value, "description": text} for name, text in words.items()
    }
