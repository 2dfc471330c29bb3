"""Read and check the knowledge base; report every problem at once, readably."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from beian.kb.definitions import build_definitions, check_definitions
from beian.kb.facts import Aspect, Fact, Theme, Topic
from beian.kb.faults import check_schema, dangling, read_file
from beian.kb.model import Calendar, KnowledgeBase, Term
from beian.kb.papers import build_papers, check_papers
from beian.kb.rulings import build_rulings, check_rulings
from beian.kb.said import check_said
from beian.kb.supplement import build_supplement, check_supplement, paths, read_supplement
from beian.project import ROOT

FILES = (
    "procedure",
    "vocabulary",
    "themes",
    "naming",
    "calendar",
    "contact",
    "phrases",
    "foreign",
    "papers",
    "definitions",
    "rulings",
)
GROUPS = {
    "change_types": "change_type",
    "items": "item",
    "subject_kinds": "subject_kind",
    "rejection_reasons": "rejection_reason",
    "documents": "document",
}


_SHORTEST_ALIAS = 2


class KnowledgeError(ValueError):
    """The knowledge base cannot be used; `problems` has one readable line for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def default_path() -> Path:
    """The kb/ folder of the project."""
    return ROOT / "kb"


def read_knowledge(path: Path | None = None) -> KnowledgeBase:
    """Read the folder `path` (kb/ by default) as it is now.

    Raises KnowledgeError listing all problems as "[file › path] what is wrong, what to do".
    """
    folder = path or default_path()
    # Taken before the files are read: what is edited meanwhile counts as another version.
    version, second_version = version_of(folder), _digest(paths(folder))
    data, problems = {}, []
    for name in FILES:
        content, faults = _read(folder, name)
        problems += faults
        if content is not None:
            data[name] = content
    second, faults = read_supplement(folder)
    whole = not problems
    problems += faults
    if whole:
        problems += check_references(data)
        problems += [] if faults else check_supplement(second, data)
    if problems:
        raise KnowledgeError(problems)
    return replace(_build(data, version), supplement=build_supplement(second, second_version))


def version_of(folder: Path) -> str:
    """A short digest of the knowledge files, the same for the same content."""
    return _digest([*(folder / f"{name}.yml" for name in FILES), *paths(folder)])


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:12]


def _read(folder: Path, name: str) -> tuple[Any, list[str]]:
    """One file's content and its problems; content is None when it cannot be used."""
    content, problems = read_file(folder / f"{name}.yml", f"{name}.yml", pure=True)
    if not problems:
        problems = check_schema(name, f"{name}.yml", content)
    return (None if problems else content), problems


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


def _tuples(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _theme(entry: dict[str, Any]) -> Theme:
    return Theme(
        **{
            **entry,
            "nearest": tuple(entry["nearest"]),
            "concerns": _tuples(entry.get("concerns", {})),
        }
    )


def _build(data: dict[str, Any], version: str) -> KnowledgeBase:
    procedure, calendar, phrases = data["procedure"], data["calendar"], dict(data["phrases"])
    facts = {}
    for entry in procedure["facts"]:
        fields = dict(entry)
        blocks = [next(iter(block.items())) for block in fields.pop("body")]
        facts[entry["id"]] = Fact(
            body=tuple((kind, (value,) if kind == "text" else tuple(value)) for kind, value in blocks),
            section=tuple(fields.pop("section")),
            concerns=_tuples(fields.pop("concerns", {})),
            lists=tuple(fields.pop("lists", ())),
            next=tuple(fields.pop("next", ())),
            **fields,
        )
    terms = [
        Term(
            group=GROUPS[group],
            **{**entry, **{key: tuple(entry.get(key, ())) for key in ("aliases", "loose")}},
        )
        for group in GROUPS
        for entry in data["vocabulary"][group]
    ]
    return KnowledgeBase(
        title=procedure["title"],
        version=version,
        aspects={entry["id"]: Aspect(**entry) for entry in procedure["aspects"]},
        facts=facts,
        topics={t["id"]: Topic(**{**t, "facts": tuple(t["facts"])}) for t in procedure.get("topics", [])},
        themes={t["id"]: _theme(t) for t in data["themes"]["themes"]},
        terms=tuple(terms),
        plain_terms=tuple(data["vocabulary"]["terms"]),
        spellings=dict(data["vocabulary"]["spellings"]),
        forbidden_words=tuple(data["naming"]["forbidden_words"]),
        phone=data["contact"]["phone"],
        calendar=Calendar(
            submit_days=calendar["submit_deadline"]["calendar_days"],
            resubmit_days=calendar["resubmit_deadline"]["calendar_days"],
            review_days=tuple(calendar["review"]["working_days"]),
            minimum_age=calendar["minimum_age"]["years"],
        ),
        foreign_objects=tuple(name for names in data["foreign"].values() for name in names),
        papers=build_papers(data),
        definitions=build_definitions(data),
        rulings=build_rulings(data),
        starters=tuple(phrases.pop("starters")),
        phrases=phrases,
    )
