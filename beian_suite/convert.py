"""Bring test conversations of other tools over: Rasa test stories, and BotiumScript text files (`botium`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beian_suite.botium import Converted, escaped, read_convo, utterances_of
from beian_suite.model import SuiteError
from beian_suite.nodes import Node, read_nodes
from beian_suite.texts import read_text

_ANNOTATION = re.compile(r"\[(?P<text>[^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def convert(paths: list[Path]) -> Converted:
    """Convert files, or everything in folders: *.yml as Rasa test stories, *.txt as BotiumScript.

    Raises SuiteError for a file that cannot be read.
    """
    files = [file for path in paths for file in _files(path)]
    converted = Converted()
    utterances = utterances_of([file for file in files if file.name.endswith(".utterances.txt")])
    for file in files:
        if file.suffix in (".yml", ".yaml"):
            _stories(file, converted)
        elif not file.name.endswith((".utterances.txt", ".pconvo.txt")):
            read_convo(file, utterances, converted)
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


def _stories(path: Path, converted: Converted) -> None:
    root = read_nodes(path, read_text(path))
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
