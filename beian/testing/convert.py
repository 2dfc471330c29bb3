"""Bring test conversations of other tools over: Rasa test stories and BotiumScript text files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beian.testing.model import SuiteError
from beian.testing.nodes import Node, read_nodes
from beian.text import patterns

_ANNOTATION = patterns.compile(r"\[(?P<text>[^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_SHOUTED = patterns.compile(r"[A-Z_]{3,}(?:[^\w]|$)")
_NAME = patterns.compile(r"[A-Z_]{3,}")
_REGEX = r"\.^$*+?{}[]|()"


@dataclass
class Converted:
    """The cases found, and a "file:line: ..." for everything that could not be brought over."""

    cases: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def convert(paths: list[Path]) -> Converted:
    """Convert files, or everything in folders: *.yml as Rasa test stories, *.txt as BotiumScript.

    Raises SuiteError for a file that cannot be read.
    """
    files = [file for path in paths for file in _files(path)]
    converted = Converted()
    utterances = _utterances([file for file in files if file.name.endswith(".utterances.txt")])
    for file in files:
        if file.suffix in (".yml", ".yaml"):
            _stories(file, converted)
        elif not file.name.endswith((".utterances.txt", ".pconvo.txt")):
            _convo(file, utterances, converted)
        elif file.name.endswith(".pconvo.txt"):
            converted.notes.append(f"{file}:1: 部分对话（pconvo）没有转换，请在引用它的用例里写出步骤")
    _number_names(converted.cases)
    return converted


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix in (".yml", ".yaml", ".txt") and file.is_file():
            yield file


def _number_names(cases: list[dict[str, Any]]) -> None:
    """Names are unique in a file: the second "greeting" becomes "greeting (2)"."""
    seen: dict[str, int] = {}
    for case in cases:
        name = case["test_case"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            case["test_case"] = f"{name} ({seen[name]})"


# --- Rasa test stories ---------------------------------------------------------------------------


def _stories(path: Path, converted: Converted) -> None:
    root = read_nodes(path, path.read_text(encoding="utf-8"))
    stories = root.value.get("stories") if root and root.is_map else None
    if stories is None:
        converted.notes.append(f"{path}:1: 没有 stories，跳过")
        return
    for story in stories.value:
        case = _story(path, story, converted)
        if case:
            converted.cases.append(case)


def _story(path: Path, story: Node, converted: Converted) -> dict[str, Any] | None:
    name, steps_node = story.value.get("story"), story.value.get("steps")
    if name is None or steps_node is None:
        raise SuiteError([f"{path}:{story.line}: 缺少 story 或 steps"])
    steps: list[dict[str, Any]] = []
    for node in steps_node.value:
        if "user" in node.value:
            text = _ANNOTATION.sub(lambda match: match["text"], node.value["user"].text.strip())
            steps.append({"user": text, "assertions": _intents(node)})
        elif "intent" in node.value:
            converted.notes.append(
                f"{path}:{node.line}: 只有 intent 没有 user 的原话，故事“{name.text}”没有转换"
            )
            return None
        else:
            _add_expectation(path, node, steps, converted)
    for step in steps:
        if not step["assertions"]:
            del step["assertions"]
    return {"test_case": name.text, "steps": steps} if steps else None


def _intents(node: Node) -> list[dict[str, Any]]:
    return [{"intent": {"name": node.value["intent"].text}}] if "intent" in node.value else []


def _add_expectation(path: Path, node: Node, steps: list[dict[str, Any]], converted: Converted) -> None:
    """An action, an utterance or slots, as an assertion on the user's message before it."""
    kind = next(iter(node.value), "")
    assertion: dict[str, Any] | None = None
    if kind == "action":
        name = node.value["action"].text
        uttered = name.startswith("utter_")
        assertion = {"bot_uttered": {"utter_name": name}} if uttered else {"action_executed": name}
    elif kind == "bot":
        assertion = {"bot_uttered": {"text_matches": escaped(node.value["bot"].text)}}
    elif kind == "slot_was_set":
        assertion = {"slot_was_set": _slots(node.value["slot_was_set"])}
    if assertion is None or not steps:
        converted.notes.append(f"{path}:{node.line}: {kind or '空的步骤'} 没有对应的写法，已略去")
    else:
        steps[-1]["assertions"].append(assertion)


def _slots(node: Node) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for entry in node.value if node.is_list else [node]:
        if entry.is_map:
            found += [{"name": name, "value": value.plain()} for name, value in entry.value.items()]
        else:
            found.append({"name": entry.text})
    return found


# --- BotiumScript --------------------------------------------------------------------------------


def _utterances(files: list[Path]) -> dict[str, list[str]]:
    """Named lists of paraphrases: the first line is the name."""
    named = {}
    for file in files:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        if lines:
            named[lines[0]] = lines[1:]
    return named


@dataclass
class _Section:
    """What stands under one #me or #bot."""

    who: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


def _convo(path: Path, utterances: dict[str, list[str]], converted: Converted) -> None:
    name, sections = _sections(path)
    steps: list[dict[str, Any]] = []
    for section in sections:
        if section.who == "me":
            steps.append({"user": _said(path, section, utterances, converted), "assertions": []})
        elif section.who == "bot" and steps:
            steps[-1]["assertions"] += _expected(path, section, utterances, converted)
        else:
            converted.notes.append(f"{path}:{section.line}: #{section.who} 没有对应的写法，已略去")
    for step in steps:
        if not step["assertions"]:
            del step["assertions"]
    if steps:
        converted.cases.append({"test_case": name, "steps": steps})
    else:
        converted.notes.append(f"{path}:1: 没有 #me，跳过")


def _sections(path: Path) -> tuple[str, list[_Section]]:
    """The convo's name (its first line, else the file's name) and its sections."""
    name, sections = "", []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            sections.append(_Section(line[1:].split()[0].lower() if line[1:].split() else "", number))
        elif sections:
            if line.strip():
                sections[-1].lines.append((number, line.strip()))
        elif line.strip() and not name:
            name = line.strip()
    return name or path.name.partition(".")[0], sections


def _said(
    path: Path, section: _Section, utterances: dict[str, list[str]], converted: Converted
) -> str | list[str]:
    texts = []
    for line, text in section.lines:
        if _SHOUTED.match(text) and text.split()[0] not in utterances:
            converted.notes.append(f"{path}:{line}: 指令 {text.split()[0]} 没有对应的写法，已略去")
        else:
            texts.append(text)
    whole = "\n".join(texts)
    return utterances.get(whole) or whole


def _expected(
    path: Path, section: _Section, utterances: dict[str, list[str]], converted: Converted
) -> Iterator[dict[str, Any]]:
    """Lines of text follow each other; Botium compares by "contains", whatever the case of letters."""
    texts: list[str] = []
    for line, text in section.lines:
        negated = text.startswith("!")
        keyword, _, rest = text.lstrip("!").partition(" ")
        if keyword == "BUTTONS" and not negated:
            yield {"bot_uttered": {"buttons": [{"title": title.strip()} for title in rest.split("|")]}}
        elif keyword == "INTENT" and not negated:
            yield {"intent": {"name": rest.strip()}}
        elif _NAME.fullmatch(keyword) and keyword not in utterances:
            converted.notes.append(f"{path}:{line}: 断言 {text} 没有对应的写法，已略去")
        elif negated:
            yield {"text_not_matches": _pattern([text[1:].strip()], utterances)}
        elif text.startswith("?"):
            converted.notes.append(f"{path}:{line}: 可有可无的回复 {text} 没有对应的写法，已略去")
        else:
            texts.append(text)
    if texts:
        yield {"bot_uttered": {"text_matches": _pattern(texts, utterances)}}


def _pattern(texts: list[str], utterances: dict[str, list[str]]) -> str:
    named = utterances.get("\n".join(texts))
    if named:
        return "(?i)" + "|".join(map(escaped, named))
    return "(?i)" + r"\s*".join(escaped(text).replace(r"\*", ".*") for text in texts)


def escaped(text: str) -> str:
    """`text` as a regular expression that matches it; only what means something is escaped."""
    return "".join("\\" + char if char in _REGEX else char for char in text)
