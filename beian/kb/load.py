"""Read and check the knowledge base; report every problem at once, readably."""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from beian.kb.model import Calendar, Fact, KnowledgeBase, Term, Theme, Topic

FILES = ("procedure", "vocabulary", "themes", "naming", "calendar", "contact", "phrases")
TRAINED_WITH = ("procedure", "vocabulary")
GROUPS = {
    "change_types": "change_type",
    "items": "item",
    "subject_kinds": "subject_kind",
    "rejection_reasons": "rejection_reason",
    "documents": "document",
}


class KnowledgeError(ValueError):
    """The knowledge base cannot be used; `problems` has one readable line for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def default_path() -> Path:
    """The kb/ folder of this checkout, whatever the working directory is."""
    return Path(__file__).resolve().parents[2] / "kb"


@lru_cache(maxsize=4)
def load_knowledge(path: Path | None = None) -> KnowledgeBase:
    """Load the folder `path` (kb/ by default).

    Raises KnowledgeError listing all problems as "[file › path] what is wrong, what to do".
    """
    folder = path or default_path()
    data, problems = {}, []
    for name in FILES:
        content, faults = _read(folder, name)
        problems += faults
        if content is not None:
            data[name] = content
    if not problems:
        problems = check_references(data)
    if problems:
        raise KnowledgeError(problems)
    return _build(data, version_of(folder))


def version_of(folder: Path) -> str:
    """A short digest of the knowledge files, the same for the same content."""
    return _digest(folder, FILES)


def training_version(folder: Path) -> str:
    """A digest of the files a model is trained with: the words, and the wording of the buttons."""
    return _digest(folder, TRAINED_WITH)


def _digest(folder: Path, names: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update((folder / f"{name}.yml").read_bytes())
    return digest.hexdigest()[:12]


def _read(folder: Path, name: str) -> tuple[Any, list[str]]:
    """One file's content and its problems; content is None when it cannot be used."""
    file = f"{name}.yml"
    try:
        content = YAML(typ="safe", pure=True).load((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, [f"[{file}] 文件不存在，请补上"]
    except UnicodeDecodeError:
        return None, [f"[{file}] 不是 UTF-8 编码，请另存为 UTF-8"]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" › 第 {mark.line + 1} 行" if mark else ""
        return None, [f"[{file}{place}] YAML 写法有误（{error.problem or error.context}），请改正"]
    except YAMLError as error:
        return None, [f"[{file}] YAML 写法有误（{error}），请改正"]
    schema = json.loads((default_path() / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    errors = sorted(validator.iter_errors(content), key=lambda error: list(map(str, error.path)))
    problems = [problem for error in errors for problem in _explain(file, content, error)]
    return (None if problems else content), problems


def _place(file: str, path: list[Any], content: Any) -> str:
    """The path inside a file; list entries are named by their id where they have one."""
    parts = [file]
    for step in path:
        content = content[step] if content is not None else None
        if isinstance(step, int):
            name = content.get("id") if isinstance(content, dict) else None
            parts[-1] += f"[{name or step + 1}]"
        else:
            parts.append(str(step))
    return "[" + " › ".join(parts) + "]"


def _explain(file: str, content: Any, error: jsonschema.ValidationError) -> Iterator[str]:
    """One schema error in words that say what to do."""
    place = _place(file, list(error.absolute_path), content)
    value: Any = error.instance
    rule: Any = error.validator_value
    properties: Any = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    if error.validator == "additionalProperties":
        for key in value:
            if key not in properties:
                yield f"{place} 不认识的键 {key}，请删除或改为：{'、'.join(properties)}"
    elif error.validator == "required":
        missing = [key for key in rule if key not in value]
        yield f"{place} 缺少 {'、'.join(missing)}，请补上"
    elif error.validator == "type":
        yield f"{place} 应为 {rule} 类型，现在是 {type(value).__name__}，请改正"
    elif error.validator == "enum":
        yield f"{place} 的值 {value!r} 不可用，请改为：{'、'.join(rule)}"
    elif error.validator == "pattern":
        yield f"{place} 的值 {value!r} 格式不对，应符合 {rule}"
    elif error.validator in ("minItems", "minLength", "minProperties"):
        yield f"{place} 是空的，请填写内容或删除这一项"
    elif error.validator == "oneOf":
        shapes = [next(iter(option.get("properties", {"文字": 0}))) for option in rule]
        yield f"{place} 写法不对，应为其中之一：{'、'.join(shapes)}"
    else:
        yield f"{place} {error.message}，请改正"


def check_references(data: dict[str, Any]) -> list[str]:
    """Faults that a schema cannot see: repeats, dangling references, ambiguous aliases."""
    return [
        *_check_ids(data),
        *_check_facts(data),
        *_check_vocabulary(data["vocabulary"]),
        *_check_constants(data),
        *_check_phrases(data),
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
    names: set[str] = set()
    for theme in data["themes"]["themes"]:
        if theme["id"] in names:
            yield f"[themes.yml › themes[{theme['id']}]] 编号重复，请改成不同的"
        names.add(theme["id"])


def _check_facts(data: dict[str, Any]) -> Iterator[str]:
    procedure, vocabulary = data["procedure"], data["vocabulary"]
    known = {fact["id"] for fact in procedure["facts"]}
    for fact in procedure["facts"]:
        place = f"procedure.yml › facts[{fact['id']}]"
        yield from _dangling(f"{place} › next", fact.get("next", []), known)
        for key, value in fact.get("when", {}).items():
            ids = {term["id"] for term in vocabulary[f"{key}s"]}
            if value not in ids:
                yield f"[{place} › when › {key}] 词汇表里没有 {value}，请改为：{'、'.join(sorted(ids))}"
        if fact.get("card") in ("checklist", "steps") and not any(
            "list" in block or "steps" in block for block in fact["body"]
        ):
            yield f"[{place} › card] 卡片需要列表或步骤，请在 body 里加上，或去掉 card"
    for topic in procedure.get("topics", []):
        yield from _dangling(f"procedure.yml › topics[{topic['id']}] › facts", topic["facts"], known)
    for theme in data["themes"]["themes"]:
        place = f"themes.yml › themes[{theme['id']}]"
        yield from _dangling(f"{place} › nearest", theme["nearest"], known)
        yield from _dangling(f"{place} › stated", [theme["stated"]] if "stated" in theme else [], known)
    for name in ("naming", "contact"):
        yield from _dangling(f"{name}.yml › fact", [data[name]["fact"]], known)
    for name, period in data["calendar"].items():
        yield from _dangling(f"calendar.yml › {name} › fact", [period["fact"]], known)
    yield from _dangling("phrases.yml › starters", data["phrases"]["starters"], known)


def _dangling(place: str, references: list[str], known: set[str]) -> Iterator[str]:
    for reference in references:
        if reference not in known:
            yield f"[{place}] 引用了不存在的事实 {reference}，请改为已有的编号或补上该事实"


def _check_vocabulary(vocabulary: dict[str, Any]) -> Iterator[str]:
    for group in GROUPS:
        meaning: dict[str, str] = {}
        for entry in vocabulary[group]:
            place = f"vocabulary.yml › {group}[{entry['id']}]"
            for word in (entry["name"], *entry.get("aliases", [])):
                folded = word.casefold()
                other = meaning.get(folded)
                if other == entry["id"]:
                    yield f"[{place} › aliases] {word} 重复，请删去一个"
                elif other:
                    yield f"[{place} › aliases] {word} 已经表示 {other}，一个词只能有一个意思，请删去一处"
                meaning.setdefault(folded, entry["id"])
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
    for place, fact, value in wanted:
        if fact in text and value not in text[fact]:
            yield f"[{place}] {value} 与事实 {fact} 的正文不符，请改成一致"


def _check_phrases(data: dict[str, Any]) -> Iterator[str]:
    for group, phrases in data["phrases"].items():
        if group == "starters":
            continue
        for name, text in phrases.items():
            if not isinstance(text, str):
                continue
            try:
                list(string.Formatter().parse(text))
            except ValueError:
                yield f"[phrases.yml › {group} › {name}] 花括号不成对，请改正"


def _build(data: dict[str, Any], version: str) -> KnowledgeBase:
    procedure, calendar, phrases = data["procedure"], data["calendar"], dict(data["phrases"])
    facts = {}
    for entry in procedure["facts"]:
        fields = dict(entry)
        blocks = [next(iter(block.items())) for block in fields.pop("body")]
        facts[entry["id"]] = Fact(
            body=tuple((kind, (value,) if kind == "text" else tuple(value)) for kind, value in blocks),
            section=tuple(fields.pop("section")),
            next=tuple(fields.pop("next", ())),
            **fields,
        )
    terms = [
        Term(group=GROUPS[group], **{**entry, "aliases": tuple(entry.get("aliases", ()))})
        for group in GROUPS
        for entry in data["vocabulary"][group]
    ]
    return KnowledgeBase(
        title=procedure["title"],
        version=version,
        facts=facts,
        topics={t["id"]: Topic(**{**t, "facts": tuple(t["facts"])}) for t in procedure.get("topics", [])},
        themes={t["id"]: Theme(**{**t, "nearest": tuple(t["nearest"])}) for t in data["themes"]["themes"]},
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
        starters=tuple(phrases.pop("starters")),
        phrases=phrases,
    )
