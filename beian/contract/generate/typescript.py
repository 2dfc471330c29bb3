"""The types of what is answered and told, for the pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from beian.contract.events import CUSTOMER_EVENTS, DESK_EVENTS
from beian.contract.generate.openapi import openapi
from beian.contract.generate.schema import Schemas
from beian.contract.generate.values import HEAD
from beian.contract.route import EventKind

_TOLD = """/** An event as it is told, by its kind. */
export type Told<Events> = { [Kind in keyof Events]: { event: Kind; data: Events[Kind] } }[keyof Events];
"""
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def types_ts() -> str:
    """web/src/shared/types.ts: every component of the description, and the events by kind."""
    components = openapi("")["components"]["schemas"]
    parts = [declaration(name, schema) for name, schema in components.items()]
    return "\n".join(
        [
            f"// {HEAD}\n",
            *parts,
            _events("CustomerEvents", CUSTOMER_EVENTS),
            _events("DeskEvents", DESK_EVENTS),
            _TOLD,
        ]
    )


def declaration(name: str, schema: Mapping[str, Any]) -> str:
    """A schema as a type of this name."""
    if not schema.get("properties"):
        return f"export type {name} = {_type(schema)};\n"
    lines = [f"export interface {name} {{"]
    required = schema.get("required", ())
    for field, inner in schema["properties"].items():
        lines.append(f"  {field}{'' if field in required else '?'}: {_type(inner)};")
    return "\n".join([*lines, "}\n"])


def _events(name: str, events: Iterable[EventKind]) -> str:
    schemas = Schemas("")
    lines = [f"  {event.kind}: {_type(schemas.of(event.type))};" for event in events]
    return "\n".join([f"export interface {name} {{", *lines, "}\n"])


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema or "const" in schema:
        values = schema["enum"] if "enum" in schema else [schema["const"]]
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in values)
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": one}) for one in kind)
    if kind == "array":
        inner = _type(schema["items"])
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if kind == "object":
        inside = schema.get("additionalProperties")
        return f"Record<string, {'never' if inside is False else _type(inside or {})}>"
    return _PLAIN[kind] if kind else "unknown"
