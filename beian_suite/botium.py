"""BotiumScript text files as test cases: `#me`, `#bot`, buttons, intents, negations, lists of utterances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beian_suite.texts import read_text

_SHOUTED = re.compile(r"[A-Z_]{3,}(?:[^\w]|$)")
_NAME = re.compile(r"[A-Z_]{3,}")
_REGEX = r"\.^$*+?{}[]|()"
_VARIABLE = re.compile(r"\$[A-Za-z_]\w*(?:\([^)]*\))?")


@dataclass
class Converted:
    """The cases found, and a "file:line: ..." for everything that could not be brought over."""

    cases: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def utterances_of(files: list[Path]) -> dict[str, list[str]]:
    """Named lists of paraphrases: the first line is the name."""
    named = {}
    for file in files:
        lines = [line.strip() for line in read_text(file).splitlines() if line.strip()]
        if lines:
            named[lines[0]] = lines[1:]
    return named


@dataclass
class _Section:
    """What stands under one #me or #bot."""

    who: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


def read_convo(path: Path, utterances: dict[str, list[str]], converted: Converted) -> None:
    """Add the case of one file, and notes on what it has that a case cannot say."""
    name, sections = _sections(path)
    steps: list[dict[str, Any]] = []
    for section in sections:
        if section.who == "me":
            said = _said(path, section, utterances, converted)
            if not said:
                converted.notes.append(f"{path}:{section.line}: 这一步没有可说的话，用例从这里起没有转换")
                break
            steps.append({"user": said, "assertions": []})
        elif section.who == "bot" and steps:
            steps[-1]["assertions"] += _expected(path, section, utterances, converted)
        else:
            converted.notes.append(f"{path}:{section.line}: #{section.who} 没有对应的写法，已略去")
    for step in steps:
        if not step["assertions"]:
            del step["assertions"]
    if steps:
        converted.cases.append({"test_case": name, "steps": steps})
    elif not any(section.who == "me" for section in sections):
        converted.notes.append(f"{path}:1: 没有 #me，跳过")


def _sections(path: Path) -> tuple[str, list[_Section]]:
    """The convo's name (its first line, else the file's name) and its sections."""
    name, sections = "", []
    for number, line in enumerate(read_text(path).splitlines(), 1):
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
        keyword, _, rest = text.partition(" ")
        if keyword == "BUTTON" and rest.strip():
            # What is pressed is said; behind a bar stands what the button sends, where it says more.
            texts.append(rest.rpartition("|")[2].strip() or rest.partition("|")[0].strip())
        elif _SHOUTED.match(text) and keyword not in utterances:
            converted.notes.append(f"{path}:{line}: 指令 {text.split()[0]} 没有对应的写法，已略去")
        else:
            texts.append(text)
    whole = "\n".join(texts)
    known = [text for text in utterances.get(whole) or [whole] if not _VARIABLE.search(text)]
    if len(known) < len(utterances.get(whole) or [whole]):
        named = "、".join(dict.fromkeys(_VARIABLE.findall("\n".join(utterances.get(whole) or [whole]))))
        converted.notes.append(f"{path}:{section.line}: 变量 {named} 在这里没有值，有它的话没有转换")
    return known[0] if len(known) == 1 else known


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
        if _VARIABLE.search(text) and not keyword.isupper():
            converted.notes.append(f"{path}:{line}: {text} 里的变量按任意文字核对")
    if texts:
        yield {"bot_uttered": {"text_matches": _pattern(texts, utterances)}}


def _pattern(texts: list[str], utterances: dict[str, list[str]]) -> str:
    named = utterances.get("\n".join(texts))
    if named:
        return "(?i)" + "|".join(map(_open, named))
    return "(?i)" + r"\s*".join(_open(text).replace(r"\*", ".*") for text in texts)


def _open(text: str) -> str:
    """The expression for a text in which variables stand for anything."""
    return ".+".join(escaped(part) for part in _VARIABLE.split(text))


def escaped(text: str) -> str:
    """`text` as a regular expression that matches it; only what means something is escaped."""
    return "".join("\\" + char if char in _REGEX else char for char in text)
