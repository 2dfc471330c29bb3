"""What a type in the contract says besides its Python type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

_Class = TypeVar("_Class", bound=type)
_SCHEMA = "__contract__"


@dataclass(frozen=True, eq=False)
class About:
    """Attached to a type with Annotated: for people, and JSON Schema's own keywords for programs."""

    text: str = ""
    """What it is, in Chinese, for readers of the docs."""
    named: str = ""
    """The name of a type that is to be known by one."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What each value of a Literal means, in Chinese."""
    parts_of: type | None = None
    """Of a dict: it may hold any of the fields of this TypedDict, and others."""
    keywords: Mapping[str, Any] = field(default_factory=dict)


def about(
    text: str = "",
    *,
    named: str = "",
    values: Mapping[str, str] | None = None,
    parts_of: type | None = None,
    **keywords: Any,
) -> About:
    """An About; `keywords` are JSON Schema 2020-12's (minLength, pattern, …)."""
    return About(text, named, values or {}, parts_of, keywords)


def described(text: str, **keywords: Any) -> Callable[[_Class], _Class]:
    """The same for a whole TypedDict: its rules across fields are keywords as well (allOf, if, …)."""

    def put(cls: _Class) -> _Class:
        setattr(cls, _SCHEMA, About(text, keywords=keywords))
        return cls

    return put


def about_class(cls: type) -> About:
    """What `described` said of a TypedDict."""
    return getattr(cls, _SCHEMA, About())


def values_of(literal: Any) -> tuple[Any, ...]:
    """The values of a Literal, with an About or without."""
    inner = get_args(literal)
    return values_of(inner[0]) if any(isinstance(one, About) for one in inner) else inner
