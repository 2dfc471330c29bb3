"""The files of the second layer: read, checked, and made into what the rest uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from beian.kb.faults import check_schema, dangling, read_file
from beian.kb.supplement import LINKED_KINDS, Conflict, Supplement, SupplementFact, SupplementSource

FOLDER = "supplement"
FILES = ("sources", "conflicts")
_RISKS = ("high", "medium", "low")


def paths(folder: Path) -> list[Path]:
    """The files of the layer in a kb/ folder, in a fixed order."""
    return [*(folder / f"{name}.yml" for name in FILES), *sorted((folder / FOLDER).glob("*.yml"))]


def read_supplement(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """The contents of the files and their own faults: {"sources": …, "conflicts": …, "themes": {stem: …}}."""
    data: dict[str, Any] = {"themes": {}}
    problems: list[str] = []
    for path in paths(folder):
        place = path.relative_to(folder).as_posix()
        known = path.stem if path.parent == folder else FOLDER
        content, faults = read_file(path, place)
        if content is not None:
            faults = check_schema(known, place, content)
        problems += faults
        if faults or content is None:
            continue
        if path.parent == folder:
            data[path.stem] = content
        else:
            data["themes"][path.stem] = content
    return data, problems


def check_supplement(data: Mapping[str, Any], first: Mapping[str, Any]) -> list[str]:
    """Faults between the files; `first` holds the contents of the first layer by file."""
    return [
        *_check_sources(data["sources"]["sources"]),
        *_check_themes(data, first),
        *_check_conflicts(data, first),
    ]


def _check_sources(sources: list[dict[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for source in sources:
        place = f"sources.yml › sources[{source['id']}]"
        if source["id"] in seen:
            yield f"[{place}] 编号重复，请改成不同的"
        seen.add(source["id"])
        if "url" in source and source["kind"] not in LINKED_KINDS:
            yield f"[{place} › url] {source['kind']} 的来源不能带网址，请删除"


def _check_themes(data: Mapping[str, Any], first: Mapping[str, Any]) -> Iterator[str]:
    sources = {source["id"] for source in data["sources"]["sources"]}
    themes = {theme["id"] for theme in first["themes"]["themes"]}
    facts: dict[str, str] = {}
    questions: dict[str, str] = {
        fact["question"]: fact["id"]
        for fact in (*first["procedure"]["facts"], *first["procedure"].get("topics", []))
    }
    for stem, content in data["themes"].items():
        file = f"{FOLDER}/{stem}.yml"
        if content["theme"] != stem:
            yield f"[{file} › theme] {content['theme']} 与文件名不同，请改成一致"
        if content["theme"] not in themes:
            yield f"[{file} › theme] themes.yml 里没有 {content['theme']} 这个主题，请改为已有的"
        yield from _check_day(file, content)
        for fact in content["facts"]:
            place = f"{file} › facts[{fact['id']}]"
            if fact["id"] in facts:
                yield f"[{place} › id] {fact['id']} 与 {facts[fact['id']]} 重复，请改成不同的"
            facts.setdefault(fact["id"], file)
            if not fact["id"].startswith(f"supplement.{content['theme']}."):
                yield f"[{place} › id] 应以 supplement.{content['theme']}. 开头，请改正"
            if fact["question"] in questions:
                other = questions[fact["question"]]
                yield f"[{place} › question] {fact['question']} 与 {other} 重复，请改成不同的"
            questions.setdefault(fact["question"], fact["id"])
            yield from dangling(f"{place} › sources", fact["sources"], sources, "来源")
            yield from dangling(f"{place} › also", fact.get("also", []), themes, "主题")
            yield from _check_day(place, fact)


def _check_conflicts(data: Mapping[str, Any], first: Mapping[str, Any]) -> Iterator[str]:
    sources = {source["id"] for source in data["sources"]["sources"]}
    facts = {fact["id"] for fact in first["procedure"]["facts"]}
    items = {item["id"] for item in first["vocabulary"]["items"]}
    seen: set[str] = set()
    yield from _check_day("conflicts.yml", data["conflicts"])
    for conflict in data["conflicts"]["conflicts"]:
        place = f"conflicts.yml › conflicts[{conflict['id']}]"
        if conflict["id"] in seen:
            yield f"[{place}] 编号重复，请改成不同的"
        seen.add(conflict["id"])
        yield from dangling(f"{place} › fact", [conflict["fact"]], facts, "事实")
        yield from dangling(f"{place} › also", conflict.get("also", []), facts, "事实")
        yield from dangling(f"{place} › sources", conflict["sources"], sources, "来源")
        yield from dangling(f"{place} › when › item", conflict.get("when", {}).values(), items, "变更项")
        yield from _check_day(place, conflict)


def _check_day(place: str, entry: Mapping[str, Any]) -> Iterator[str]:
    try:
        date.fromisoformat(entry.get("reviewed_on", "2000-01-01"))
    except ValueError:
        yield f"[{place} › reviewed_on] 没有 {entry['reviewed_on']} 这一天，请改正"


def build_supplement(data: Mapping[str, Any], version: str) -> Supplement:
    """The layer from checked contents."""
    sources = {entry["id"]: SupplementSource(**entry) for entry in data["sources"]["sources"]}
    facts: dict[str, SupplementFact] = {}
    for content in data["themes"].values():
        for entry in content["facts"]:
            blocks = [next(iter(block.items())) for block in entry["body"]]
            fields = {
                **entry,
                "theme": content["theme"],
                "body": tuple((kind, (value,) if kind == "text" else tuple(value)) for kind, value in blocks),
                "sources": tuple(sources[name] for name in entry["sources"]),
                "asked": tuple(entry["asked"]),
                "also": tuple(entry.get("also", ())),
                "reviewed_on": date.fromisoformat(entry.get("reviewed_on", content["reviewed_on"])),
            }
            facts[entry["id"]] = SupplementFact(**fields)
    content = data["conflicts"]
    conflicts = [
        Conflict(
            id=entry["id"],
            title=entry["title"],
            facts=(entry["fact"], *entry.get("also", ())),
            risk=entry["risk"],
            always=entry["show"] == "always",
            document_says=entry["document_says"],
            others_say=entry["others_say"],
            sources=tuple(sources[name] for name in entry["sources"]),
            reviewed_on=date.fromisoformat(entry.get("reviewed_on", content["reviewed_on"])),
            confidence=entry.get("confidence", "medium"),
            item=entry.get("when", {}).get("item"),
            asked=tuple(entry.get("asked", ())),
            note=entry.get("note"),
        )
        for entry in content["conflicts"]
    ]
    conflicts.sort(key=lambda conflict: _RISKS.index(conflict.risk))
    return Supplement(facts, tuple(conflicts), content["closing"], version)
