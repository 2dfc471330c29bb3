"""The forms of values in a few words and in a line, for tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from beian.contract.generate.schema import Schemas, resolved
from beian.text import patterns

FEW_FIELDS = 3
FEW_VALUES = 3
_INLINE = {"object": "{…}", "string": "文字", "integer": "整数", "number": "数", "boolean": "真假"}
_KINDS = _INLINE | {"array": "列表", "object": "对象", "null": "`null`"}
_NAME = patterns.compile("[A-Za-z0-9_]+")


def names(form: str, schemas: Schemas) -> list[str]:
    """The components that a form names."""
    return [name for name in _NAME.findall(form) if name in schemas.components]


def kind(schema: Mapping[str, Any], schemas: Schemas) -> str:
    """A type in a few words."""
    behind = resolved(schema, schemas.components)
    if "enum" in behind or "const" in behind:
        return "之一" if len(behind.get("enum", [0])) > FEW_VALUES else f"`{_literal(behind)}`"
    if "anyOf" in behind:
        return "或".join(kind(one, schemas) for one in behind["anyOf"])
    kinds = behind.get("type", "object")
    return "或".join(_KINDS[one] for one in ([kinds] if isinstance(kinds, str) else kinds))


def shape(schema: Mapping[str, Any], schemas: Schemas, *, is_inside: bool = False) -> str:
    """The form of a value in a line: a small object, unless it is inside another; of others the name."""
    if "$ref" in schema:
        behind = resolved(schema, schemas.components)
        is_small = len(behind.get("properties", ())) <= FEW_FIELDS and not is_inside
        return inside(behind, schemas) if "type" in behind and is_small else str(schema["$ref"])
    if "anyOf" in schema:
        return "/".join(shape(one, schemas, is_inside=True) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{shape(schema['items'], schemas, is_inside=is_inside)}, …]"
    return inside(schema, schemas)


def inside(schema: Mapping[str, Any], schemas: Schemas) -> str:
    """The same of a component itself: its fields, its values."""
    if "enum" in schema or "const" in schema:
        return _literal(schema)
    if "properties" in schema:
        return "{" + ", ".join(_entry(name, schema, schemas) for name in schema["properties"]) + "}"
    kinds = schema.get("type", "any")
    if isinstance(kinds, list):
        return "/".join(shape({**schema, "type": one}, schemas, is_inside=True) for one in kinds)
    if kinds == "array":
        return shape(schema, schemas, is_inside=True)
    return _INLINE.get(kinds, str(kinds))


def _entry(name: str, schema: Mapping[str, Any], schemas: Schemas) -> str:
    """A field; of what is plain, the name says enough."""
    inner = schema["properties"][name]
    mark = "" if name in schema.get("required", ()) else "?"
    behind = resolved(inner, schemas.components)
    is_plain = isinstance(behind.get("type"), str) and behind["type"] not in ("object", "array")
    return f'"{name}"{mark}' if is_plain else f'"{name}"{mark}: {shape(inner, schemas, is_inside=True)}'


def _literal(schema: Mapping[str, Any]) -> str:
    values = schema["enum"] if "enum" in schema else [schema["const"]]
    return "/".join(json.dumps(value, ensure_ascii=False) for value in values)
