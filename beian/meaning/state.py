"""The state of a conversation: the customer's matters, the question under discussion, what was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from beian.calendar.span import Span

# Of another version nothing is read: a conversation from before an upgrade begins anew.
VERSION = 1
MOST_REMEMBERED = 5

Status = Literal["none", "answered", "clarify", "uncovered", "out_of_scope", "smalltalk", "handoff"]


@dataclass(frozen=True)
class Matter:
    """One change of the customer, in ids of the vocabulary; the days as `Span.as_text` writes them; `client`:
    by whose name it is told, where there are several."""

    change_type: str | None = None
    item: str | None = None
    subject_kind: str | None = None
    changed: str | None = None
    submitted: str | None = None
    rejected: str | None = None
    client: str | None = None

    def span(self, role: str) -> Span | None:
        """The days of a role: changed, submitted or rejected."""
        return Span.from_text(getattr(self, role))

    @property
    def case(self) -> dict[str, str | None]:
        """What it is, by slot, without its days."""
        return {slot: getattr(self, slot) for slot in ("change_type", "item", "subject_kind")}

    @property
    def name(self) -> tuple[str, str | None]:
        """The slot and value that name it: its item, else its type of change."""
        return ("item", self.item) if self.item else ("change_type", self.change_type)

    @property
    def named(self) -> bool:
        """Whether it is known what changes."""
        return bool(self.change_type or self.item)


@dataclass(frozen=True)
class Asked:
    """What the assistant asked back and waits for: a `kind` (choice, changed, submitted, rejected,
    site_name, event, and the steps of the checklist) and, of a choice, the targets offered."""

    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discourse:
    """Everything a conversation knows between turns.

    `stated`: the facts said last, which are the question under discussion, or `theme` where it is an open
    one; `last`: the status of the last reply; `entries`: what the first, second … thing shown stands for
    (a fact, or "" for what the document does not say); `trail`: the facts of earlier answers, latest last;
    `focus` among `matters`: the change in hand (`matters` holds it and the others, empty with one alone);
    `phase` and `reason`: how far the customer is, and why the change was rejected; `asked_back`: questions
    back and failures in a row; `notice`: the lines of a pasted notice, in its order; `checked`: the names or
    the words on an age that the last answer checked; `supplement`: what the second layer told about `theme`;
    `point`: what the last answer said where it was of one point alone; `opened`: the points that the document
    left open so far, in a few words, the latest last, `open_now` that of the last reply; `offered`: the
    targets offered before the last reply, each with how many replies ago that was;
    `replies`: digests of what was said on the question under discussion, so that nothing is said twice.
    """

    stated: tuple[str, ...] = ()
    theme: str | None = None
    last: Status = "none"
    entries: tuple[str, ...] = ()
    trail: tuple[tuple[str, ...], ...] = ()
    focus: Matter = field(default_factory=Matter)
    matters: tuple[Matter, ...] = ()
    phase: str | None = None
    reason: str | None = None
    asked: Asked | None = None
    asked_back: int = 0
    notice: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    supplement: tuple[str, ...] = ()
    point: str = ""
    replies: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    open_now: str = ""
    offered: tuple[tuple[str, int], ...] = ()

    @property
    def fresh(self) -> bool:
        """Whether nothing has been answered yet."""
        return not self.stated and self.theme is None

    def focused(self, **values: str | None) -> Discourse:
        """With these values of the matter in focus; its copy among the matters changes with it."""
        return self.with_matter(self.focus, **values)

    def with_matter(self, matter: Matter, **values: str | None) -> Discourse:
        """With these values of one of the matters, which may be the one in focus."""
        after = replace(matter, **values)
        matters = tuple(after if one == matter else one for one in self.matters)
        return replace(self, focus=after if matter == self.focus else self.focus, matters=matters)

    def as_slot(self) -> dict[str, Any]:
        """Plain data for the tracker, equal to what is read back from its JSON."""
        return {"version": VERSION, **_plain(asdict(self))}

    @classmethod
    def from_slot(cls, slot: Any) -> Discourse:
        """What `as_slot` gave; an empty one for anything else, such as that of an older version."""
        if not isinstance(slot, Mapping) or slot.get("version") != VERSION:
            return cls()
        names = {entry.name for entry in fields(cls)}
        data = {name: value for name, value in slot.items() if name in names}
        try:
            asked = data.pop("asked", None)
            return cls(
                **{
                    **data,
                    "stated": tuple(data["stated"]),
                    "entries": tuple(data["entries"]),
                    "trail": tuple(tuple(facts) for facts in data["trail"]),
                    "focus": Matter(**data["focus"]),
                    "matters": tuple(Matter(**matter) for matter in data["matters"]),
                    "notice": tuple(data["notice"]),
                    "checked": tuple(data["checked"]),
                    "supplement": tuple(data.get("supplement", ())),
                    "replies": tuple(data.get("replies", ())),
                    "opened": tuple(data.get("opened", ())),
                    "offered": tuple((str(name), int(ago)) for name, ago in data.get("offered", ())),
                    "asked": Asked(asked["kind"], tuple(asked["options"])) if asked else None,
                }
            )
        except (KeyError, TypeError, ValueError):
            return cls()


def _plain(data: Any) -> Any:
    """The same without tuples, which JSON does not have."""
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(value) for value in data]
    return data
