"""The contract's types as JSON Schema 2020-12."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from typing_extensions import NotRequired, Required, get_type_hints, is_typeddict

from beian.contract.about import About, about_class

Schema = dict[str, Any]
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Any: {},
}


class Schemas:
    """Schemas of types; each named type is a component that the others refer to.

    `place` is where the components will stand: "#/components/schemas/" or "#/$defs/".
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self.components: dict[str, Schema] = {}
        self._types: dict[str, Any] = {}

    def of(self, described: Any) -> Schema:
        """The schema of a type; raises TypeError for one that has none in JSON."""
        if described in _PLAIN:
            return dict(_PLAIN[described])
        if is_typeddict(described):
            return self._named(described.__name__, described, lambda: self.fields(described))
        origin, arguments = _parts(described)
        if origin is Annotated:
            # Annotated[Annotated[T, a], b] is Annotated[T, a, b]: what is said last is said of the rest.
            *before, about = arguments
            inner = before[0] if len(before) == 1 else Annotated[tuple(before)]
            return self._annotated(described, inner, about)
        if origin is Literal:
            return _literal(arguments)
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            inside = self.of(arguments[1])
            return {"type": "object", **({"additionalProperties": inside} if inside else {})}
        if origin in (Union, types.UnionType):
            return _union([self.of(one) for one in arguments])
        raise TypeError(f"{described!r} has no form in JSON")

    def fields(self, cls: Any, *, is_open: bool = False, are_parts: bool = False) -> Schema:
        """The schema of a TypedDict itself; an open one may have other fields, parts need have none."""
        properties, required = {}, []
        for name, hint in get_type_hints(cls, include_extras=True).items():
            marked, arguments = _parts(hint)
            is_optional = marked is NotRequired or (
                marked is not Required and name not in cls.__required_keys__
            )
            inner = arguments[0] if marked in (NotRequired, Required) else hint
            properties[name] = self.of(inner)
            if not is_optional and not are_parts:
                required.append(name)
        about = about_class(cls)
        schema: Schema = {**_told(about), "type": "object", "properties": properties}
        if required:
            schema["required"] = required
        schema["additionalProperties"] = is_open or are_parts
        return schema if are_parts else {**schema, **about.keywords}

    def _annotated(self, described: Any, inner: Any, about: About) -> Schema:
        if about.named:
            values = get_args(inner) if get_origin(inner) is Literal else ()
            if about.values and tuple(about.values) != values:
                raise TypeError(f"the values of {about.named} are not those told of")
            return self._named(
                about.named, described, lambda: {**_told(about), **self.of(inner), **about.keywords}
            )
        if about.parts_of is not None:
            parts = about.parts_of
            reference = self._named(parts.__name__, parts, lambda: self.fields(parts, are_parts=True))
            return {**_told(about), **reference}
        return {**_told(about), **self.of(inner), **about.keywords}

    def request(self, cls: Any) -> Schema:
        """The schema of what a client sends: more than is described does no harm."""
        if not cls.__annotations__:
            return {"type": "object"}
        return self._named(cls.__name__, (cls, "request"), lambda: self.fields(cls, is_open=True))

    def _named(self, name: str, described: Any, make: Callable[[], Schema]) -> Schema:
        if name not in self._types:
            self._types[name] = described
            self.components[name] = {}  # its place, before those it refers to
            self.components[name] = make()
        elif self._types[name] is not described and self._types[name] != described:
            raise TypeError(f"two types are named {name}")
        return {"$ref": self._place + name}


def _parts(described: Any) -> tuple[Any, tuple[Any, ...]]:
    """What a type is made with, and what it is made of."""
    return get_origin(described), get_args(described)


def _told(about: About) -> Schema:
    return {"description": about.text} if about.text else {}


def _literal(values: tuple[Any, ...]) -> Schema:
    return {"const": values[0]} if len(values) == 1 else {"enum": list(values)}


def _union(schemas: list[Schema]) -> Schema:
    """One of them; a null beside a plain type or an enumeration joins it, as people write it."""
    if len(schemas) == 2 and schemas[1] == {"type": "null"}:
        first = schemas[0]
        if isinstance(first.get("type"), str):
            return {**first, "type": [first["type"], "null"]}
        if "enum" in first:
            return {"enum": [*first["enum"], None]}
    return {"anyOf": schemas}


def reply_schema(reply: Any, *, title: str, text: str) -> Schema:
    """One type as a schema that stands alone."""
    schemas = Schemas("#/$defs/")
    root = schemas.fields(reply)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **root, "description": text, "$defs": schemas.components}


def resolved(schema: Mapping[str, Any], components: Mapping[str, Schema]) -> Mapping[str, Any]:
    """The schema behind a reference."""
    while "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    return schema
