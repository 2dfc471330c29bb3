"""What a route and an event are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from beian.text import patterns

Need = Literal["nothing", "session", "key", "metrics", "agent", "admin"]
"""Who may ask: anybody, a customer with a session, a program with a key, an agent, an admin."""
Method = Literal["GET", "POST"]

JSON = "application/json"
EVENTS = "text/event-stream"
_NAME = patterns.compile(r"\{(\w+)\}")
_ALWAYS = (400, 403, 408, 413, 503)


@dataclass(frozen=True)
class Parameter:
    """A part of the query, or a header."""

    name: str
    type: Any
    text: str = ""
    where: Literal["query", "header"] = "query"


@dataclass(frozen=True)
class Answer:
    """A response: a type for JSON, or another content's media type."""

    text: str
    type: Any = None
    media: str = JSON
    status: int = 200


@dataclass(frozen=True)
class Route:
    """One method of one address. `name` is the handler's; `path` has names in braces."""

    name: str
    method: Method
    path: str
    text: str
    answer: Answer
    need: Need = "nothing"
    body: Any = None
    query: tuple[Parameter, ...] = ()
    refusals: tuple[int, ...] = ()
    """Statuses of errors besides those that follow from the rest."""
    has_limits: bool = True
    """Whether it may be asked too often."""
    also: Answer | None = None
    """Another answer that is no error."""

    @property
    def names(self) -> list[str]:
        """The names in the path."""
        return _NAME.findall(self.path)

    @property
    def errors(self) -> list[int]:
        """The statuses of the errors it may answer with."""
        found = {*_ALWAYS, *self.refusals}
        if self.has_limits:
            found.add(429)
        if self.need != "nothing":
            found.add(401)
        if self.body is not None and self.need != "key":
            found.add(415)
        if self.names:
            found.add(404)
        return sorted(found - {answer.status for answer in (self.answer, self.also) if answer})


@dataclass(frozen=True)
class EventKind:
    """A kind of server-sent event; `type` is that of its data, or of the data's only field, `value`."""

    kind: str
    type: Any
    text: str
    is_value: bool = False
