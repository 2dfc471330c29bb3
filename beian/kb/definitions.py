"""Words of the document that people ask the meaning of: read from kb/definitions.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from beian.kb.faults import dangling


@dataclass(frozen=True)
class Definition:
    """A `term`, other names for it, how the document uses it, and the facts where that stands."""

    term: str
    text: str
    facts: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.term, *self.aliases)


def check_definitions(data: Mapping[str, Any]) -> Iterator[str]:
    """Faults against the facts, and names that stand for two terms."""
    known = {fact["id"] for fact in data["procedure"]["facts"]}
    seen: dict[str, str] = {}
    for entry in data["definitions"]["definitions"]:
        place = f"definitions.yml › definitions[{entry['term']}]"
        yield from dangling(f"{place} › facts", entry["facts"], known, "事实")
        for name in (entry["term"], *entry.get("aliases", ())):
            if name.casefold() in seen:
                yield f"[{place} › aliases] {name} 已经是 {seen[name.casefold()]} 的叫法，请删去一处"
            seen.setdefault(name.casefold(), entry["term"])


def build_definitions(data: Mapping[str, Any]) -> tuple[Definition, ...]:
    """The definitions of checked data."""
    return tuple(
        Definition(entry["term"], entry["text"], tuple(entry["facts"]), tuple(entry.get("aliases", ())))
        for entry in data["definitions"]["definitions"]
    )
