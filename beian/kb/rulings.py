"""What a rule of the document decides of what people put forward: read from kb/rulings.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from beian.kb.faults import dangling

_GROUP = "rulings"


@dataclass(frozen=True)
class Ruling:
    """A case that the rule of `facts` decides, worded under `id`: of every list in `names` a question has a
    word, and none of `unless`; `open`: also one for more than yes or no."""

    id: str
    facts: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    open: bool = False

    def decides(self, text: str) -> bool:
        """Whether a message puts this case forward."""
        named = all(any(word in text for word in words) for words in self.names)
        return named and not any(word in text for word in self.unless)


@dataclass(frozen=True)
class Confirmation(Ruling):
    """A case put as what somebody has understood: it `says` yes, no, partly, usually or perhaps."""

    says: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a person is from: the `words` that name it, and the open `theme` that it belongs to."""

    theme: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rulings:
    """All of them, what is `confirmed`, the fact by which two `places` are set side by side, and the `origin`
    of a person, which is none of these places."""

    cases: tuple[Ruling, ...] = ()
    places: str = ""
    confirmed: tuple[Confirmation, ...] = ()
    origin: Origin = Origin()


def check_rulings(data: Mapping[str, Any]) -> Iterator[str]:
    """Faults against the facts, and rulings without their words or words without a ruling."""
    known = {fact["id"] for fact in data["procedure"]["facts"]}
    held = data["rulings"]
    yield from dangling("rulings.yml › places", [held["places"]], known, "事实")
    for entry in held["rulings"]:
        place = f"rulings.yml › rulings[{entry['id']}]"
        yield from dangling(f"{place} › facts", entry["facts"], known, "事实")
        if entry["id"] not in data["phrases"].get(_GROUP, {}):
            yield f"[{place} › id] phrases.yml 的 rulings 里没有这一句，请补上"
    for number, entry in enumerate(held["confirmed"], 1):
        yield from dangling(f"rulings.yml › confirmed[{number}] › facts", entry["facts"], known, "事实")
    themes = {theme["id"] for theme in data["themes"]["themes"]}
    yield from dangling("rulings.yml › origin › theme", [held["origin"]["theme"]], themes, "主题")


def build_rulings(data: Mapping[str, Any]) -> Rulings:
    """The rulings of checked data."""
    held = data["rulings"]
    cases = tuple(
        Ruling(
            entry["id"],
            tuple(entry["facts"]),
            tuple(tuple(words) for words in entry["names"]),
            tuple(entry.get("unless", ())),
            entry.get("open", False),
        )
        for entry in held["rulings"]
    )
    confirmed = tuple(
        Confirmation(
            entry["says"],
            tuple(entry["facts"]),
            tuple(tuple(words) for words in entry["names"]),
            tuple(entry.get("unless", ())),
            says=entry["says"],
        )
        for entry in held["confirmed"]
    )
    origin = Origin(held["origin"]["theme"], tuple(held["origin"]["words"]))
    return Rulings(cases, held["places"], confirmed, origin)
