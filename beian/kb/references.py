"""What a schema cannot see: repeats, dangling references, ambiguous aliases, numbers against a fact."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from beian.kb.definitions import check_definitions
from beian.kb.faults import dangling
from beian.kb.papers import check_papers
from beian.kb.rulings import check_rulings
from beian.kb.said import check_said

GROUPS = {
    "change_types": "change_type",
    "items": "item",
    "subject_kinds": "subject_kind",
    "rejection_reasons": "rejection_reason",
    "documents": "document",
}
_SHORTEST_ALIAS = 2


def check_references(data: dict[str, Any]) -> list[str]:
    """Faults that a schema cannot see: repeats, dangling references, ambiguous aliases."""
    return [
        *_check_ids(data),
        *_check_sections(data),
        *_check_facts(data),
        *_check_vocabulary(data["vocabulary"]),
        *_check_constants(data),
        *check_papers(data),
        *check_definitions(data),
        *check_rulings(data),
        *check_said(data["phrases"]),
    ]


def _check_ids(data: dict[str, Any]) -> Iterator[str]:
    procedure = data["procedure"]
    entries = [("procedure.yml › facts", entry) for entry in procedure["facts"]]
    entries += [("procedure.yml › topics", entry) for entry in procedure.get("topics", [])]
    for kind in ("id", "question"):
        seen: dict[str, str] = {}
        for place, entry in entries:
            value = entry[kind]
            if value in seen:
                yield f"[{place}[{entry['id']}] › {kind}] {value} 与 {seen[value]} 重复，请改成不同的"
            seen.setdefault(value, entry["id"])
    for place, listed in (
        ("themes.yml › themes", data["themes"]["themes"]),
        ("procedure.yml › aspects", procedure["aspects"]),
    ):
        names: set[str] = set()
        for entry in listed:
            if entry["id"] in names:
                yield f"[{place}[{entry['id']}]] 编号重复，请改成不同的"
            names.add(entry["id"])


def _check_sections(data: dict[str, Any]) -> Iterator[str]:
    """The parts of the checklist are aspects."""
    aspects = [aspect["id"] for aspect in data["procedure"]["aspects"]]
    for part in ("sections", "cautions"):
        for name in data["phrases"]["checklist"][part]:
            if name not in aspects:
                yield f"[phrases.yml › checklist › {part}] 没有 {name} 这一问，请改为：{'、'.join(aspects)}"


def _check_facts(data: dict[str, Any]) -> Iterator[str]:
    procedure, vocabulary = data["procedure"], data["vocabulary"]
    known = {fact["id"] for fact in procedure["facts"]}
    for fact in procedure["facts"]:
        place = f"procedure.yml › facts[{fact['id']}]"
        yield from _dangling(f"{place} › next", fact.get("next", []), known)
        yield from _check_cell(place, fact, procedure, vocabulary)
        yield from _dangling(
            f"{place} › otherwise", [fact["otherwise"]] if "otherwise" in fact else [], known
        )
        yield from _dangling(f"{place} › lists", fact.get("lists", []), known)
        entries = sum(len(block.get("list", block.get("steps", ()))) for block in fact["body"])
        if "lists" in fact and entries and len(fact["lists"]) != entries:
            yield f"[{place} › lists] 有 {len(fact['lists'])} 个编号，正文有 {entries} 条，请一一对应"
        if fact.get("card") in ("checklist", "steps") and not any(
            "list" in block or "steps" in block for block in fact["body"]
        ):
            yield f"[{place} › card] 卡片需要列表或步骤，请在 body 里加上，或去掉 card"
    for topic in procedure.get("topics", []):
        yield from _dangling(f"procedure.yml › topics[{topic['id']}] › facts", topic["facts"], known)
    for theme in data["themes"]["themes"]:
        place = f"themes.yml › themes[{theme['id']}]"
        yield from _check_cell(place, theme, procedure, vocabulary)
        yield from _dangling(f"{place} › nearest", theme["nearest"], known)
        yield from _dangling(f"{place} › stated", [theme["stated"]] if "stated" in theme else [], known)
    for name in ("naming", "contact"):
        yield from _dangling(f"{name}.yml › fact", [data[name]["fact"]], known)
    for name, period in data["calendar"].items():
        yield from _dangling(f"calendar.yml › {name} › fact", [period["fact"]], known)
    yield from _dangling("phrases.yml › starters", data["phrases"]["starters"], known)


def _check_cell(
    place: str, entry: dict[str, Any], procedure: dict[str, Any], vocabulary: dict[str, Any]
) -> Iterator[str]:
    """Which question an entry answers, and for which case, must be words that are known."""
    aspects = [aspect["id"] for aspect in procedure["aspects"]]
    if "aspect" in entry and entry["aspect"] not in aspects:
        yield f"[{place} › aspect] 没有 {entry['aspect']} 这一问，请改为：{'、'.join(aspects)}"
    for part in ("when", "concerns"):
        for key, values in entry.get(part, {}).items():
            ids = {term["id"] for term in vocabulary[f"{key}s"]}
            for value in [values] if isinstance(values, str) else values:
                if value not in ids:
                    yield f"[{place} › {part} › {key}] 词汇表里没有 {value}，请改为：{'、'.join(sorted(ids))}"


def _dangling(place: str, references: Iterable[str], known: Collection[str]) -> Iterator[str]:
    return dangling(place, references, known, "事实")


def _check_vocabulary(vocabulary: dict[str, Any]) -> Iterator[str]:
    for group in GROUPS:
        meaning: dict[str, str] = {}
        for entry in vocabulary[group]:
            place = f"vocabulary.yml › {group}[{entry['id']}]"
            for word in (entry["name"], *entry.get("aliases", [])):
                folded = word.casefold()
                if len(word) < _SHORTEST_ALIAS:
                    yield f"[{place} › aliases] {word} 只有一个字，到处都会出现，请换成更长的说法"
                other = meaning.get(folded)
                if other == entry["id"]:
                    yield f"[{place} › aliases] {word} 重复，请删去一个"
                elif other:
                    yield f"[{place} › aliases] {word} 已经表示 {other}，一个词只能有一个意思，请删去一处"
                meaning.setdefault(folded, entry["id"])
            for word in set(entry.get("loose", ())) - set(entry.get("aliases", ())):
                yield f"[{place} › loose] {word} 不在别名里，请在 aliases 里也写上，或删去"
            yield from _check_bound(place, entry, vocabulary)


def _check_bound(place: str, entry: dict[str, Any], vocabulary: dict[str, Any]) -> Iterator[str]:
    """What a term is bound to must be terms as well."""
    for key in ("change_type", "subject_kind"):
        value = entry.get(key)
        if value and value not in {term["id"] for term in vocabulary[f"{key}s"]}:
            yield f"[{place} › {key}] 没有 {value} 这个编号，请改正"


def _check_constants(data: dict[str, Any]) -> Iterator[str]:
    """Numbers and words that stand beside a fact must be the ones the fact states."""
    text = {fact["id"]: json.dumps(fact["body"], ensure_ascii=False) for fact in data["procedure"]["facts"]}
    wanted = [("contact.yml › phone", data["contact"]["fact"], data["contact"]["phone"])]
    wanted += [
        ("naming.yml › forbidden_words", data["naming"]["fact"], word)
        for word in data["naming"]["forbidden_words"]
    ]
    for name, period in data["calendar"].items():
        for value in (period.get("calendar_days"), *period.get("working_days", []), period.get("years")):
            if value:
                wanted.append((f"calendar.yml › {name}", period["fact"], str(value)))
    shortest, longest = data["calendar"]["review"]["working_days"]
    if shortest > longest:
        yield f"[calendar.yml › review › working_days] 最短 {shortest} 天比最长 {longest} 天还长，请对调"
    for place, fact, value in wanted:
        if fact in text and value not in text[fact]:
            yield f"[{place}] {value} 与事实 {fact} 的正文不符，请改成一致"
