"""Single papers of a list, and what the document says of each: read from kb/papers.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_OWN_KEYS = ("name", "document", "of", "if_any", "words")
IF_ANY = "如有"


@dataclass(frozen=True)
class Point:
    """Something that is asked about a paper, such as its seal: `words` name it, `values` each value it can
    have; who names a `partial` value wants to give less than is asked for."""

    id: str
    words: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partial: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One entry of a fact's list: `entry` in the fact's words, `name` to call it by, its `document` in the
    vocabulary, `of` which item it shows the new state; `says`: the values that the document gives of points.
    """

    entry: str
    name: str
    document: str | None = None
    of: str | None = None
    if_any: bool = False
    words: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Papers:
    """All points, and the papers of each fact in the order of its list."""

    points: tuple[Point, ...] = ()
    of_fact: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)


def check_papers(data: Mapping[str, Any]) -> Iterator[str]:
    """Faults against the facts and the vocabulary: papers of no fact, entries that do not match, values that
    do not exist."""
    facts = {fact["id"]: fact for fact in data["procedure"]["facts"]}
    for fact_id, papers in data["papers"]["papers"].items():
        place = f"papers.yml › papers › {fact_id}"
        if fact_id not in facts:
            yield f"[{place}] 引用了不存在的事实 {fact_id}，请改为已有的编号或补上该事实"
            continue
        entries = entries_of(facts[fact_id])
        if len(entries) != len(papers):
            yield f"[{place}] 有 {len(papers)} 样，事实的清单有 {len(entries)} 条，请一一对应"
            continue
        for entry, paper in zip(entries, papers, strict=True):
            yield from _check_paper(f"{place} › {paper['name']}", entry, paper, data)


def _check_paper(place: str, entry: str, paper: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    points = {point["id"]: point for point in data["papers"]["points"]}
    for key, group in (("document", "documents"), ("of", "items")):
        if paper.get(key) not in (None, *(term["id"] for term in data["vocabulary"][group])):
            yield f"[{place} › {key}] 词汇表里没有 {paper[key]}，请改正"
    if paper.get("if_any", False) != (IF_ANY in entry):
        yield f"[{place} › if_any] 与事实的条目“{entry}”不符，请改成一致"
    for key, value in paper.items():
        if key not in _OWN_KEYS and value not in points.get(key, {}).get("values", {}):
            yield f"[{place} › {key}] 没有 {value} 这个值，请改为 points 里有的，或在那里补上"


def entries_of(fact: Mapping[str, Any]) -> list[str]:
    """The entries of a fact's lists, as the file has them."""
    return [line for block in fact["body"] for line in block.get("list", block.get("steps", ()))]


def build_papers(data: Mapping[str, Any]) -> Papers:
    """The papers of checked data."""
    facts = {fact["id"]: fact for fact in data["procedure"]["facts"]}
    points = tuple(
        Point(
            entry["id"],
            tuple(entry["words"]),
            {value: tuple(words) for value, words in entry.get("values", {}).items()},
            tuple(entry.get("partial", ())),
        )
        for entry in data["papers"]["points"]
    )
    return Papers(
        points,
        {
            fact: tuple(
                _paper(entry, paper) for entry, paper in zip(entries_of(facts[fact]), papers, strict=True)
            )
            for fact, papers in data["papers"]["papers"].items()
        },
    )


def _paper(entry: str, data: Mapping[str, Any]) -> Paper:
    return Paper(
        entry,
        data["name"],
        data.get("document"),
        data.get("of"),
        data.get("if_any", False),
        tuple(data.get("words", ())),
        {key: value for key, value in data.items() if key not in _OWN_KEYS},
    )
