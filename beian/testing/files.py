"""Read files of test conversations: every fault is reported with file and line, unknown keys included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from beian.testing.expectations import (
    READERS,
    FaultError,
    flag_of,
    list_of,
    parts_of,
    slot_list,
    text_of,
    unknown,
)
from beian.testing.model import Case, Check, Step, SuiteError
from beian.testing.nodes import Node, read_nodes

_TOP = ("fixtures", "metadata", "test_cases")
_CASE = ("test_case", "fixtures", "metadata", "today", "steps")
_USER = ("user", "metadata", "assertions", "assertion_order_enabled")
_STEPS = ("user", "bot", "utter", "slot_was_set", "slot_was_not_set")


def load_suite(path: Path, shown: Path | None = None) -> list[Case]:
    """The cases of a file, in order; raises SuiteError with all its faults.

    `shown` is how messages name the file, where that is not `path`.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SuiteError([f"{shown or path}:1: 不是 UTF-8 编码，请另存为 UTF-8"]) from error
    return parse_suite(shown or path, text)


def parse_suite(path: Path, text: str) -> list[Case]:
    """The cases of `text`; `path` is used in messages only. Raises SuiteError with all its faults."""
    root = read_nodes(path, text)
    if root is None:
        raise SuiteError([f"{path}:1: 文件是空的，至少要有 test_cases"])
    return _Reader(path).read(root)


class _Reader:
    """Reads one file; faults are collected so that all are told at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        self.fixtures: dict[str, dict[str, Any]] = {}
        self.metadata: dict[str, dict[str, Any]] = {}

    def fault(self, line: int, message: str) -> None:
        """Note a fault."""
        self.problems.append(f"{self.path}:{line}: {message}")

    def read(self, root: Node) -> list[Case]:
        """The cases, or SuiteError."""
        cases: list[Case] = []
        try:
            parts = parts_of(root, _TOP)
            self.fixtures = self._named(parts.get("fixtures"))
            self.metadata = self._named(parts.get("metadata"))
            if "test_cases" not in parts:
                raise FaultError(root.line, "缺少 test_cases")
            cases = list(self._cases(parts["test_cases"]))
        except FaultError as fault:
            self.fault(fault.line, str(fault))
        if self.problems:
            raise SuiteError(self.problems)
        return cases

    def _named(self, node: Node | None) -> dict[str, dict[str, Any]]:
        """The list under `fixtures` or `metadata`: name → values (a mapping, or a list of mappings)."""
        found: dict[str, dict[str, Any]] = {}
        for entry in list_of(node) if node and node.value is not None else []:
            if not entry.is_map:
                raise FaultError(entry.line, "应为“名称: 内容”")
            for name, values in entry.value.items():
                if name in found:
                    self.fault(entry.line, f"名称 {name} 重复")
                found[name] = {}
                for value in list_of(values):
                    if not value.is_map:
                        raise FaultError(value.line, "应为“键: 值”")
                    found[name].update(value.plain())
        return found

    def _cases(self, node: Node) -> Iterator[Case]:
        if not node.is_list or not node.value:
            raise FaultError(node.line, "test_cases 应为列表，至少有一个用例")
        seen: dict[str, int] = {}
        for entry in node.value:
            try:
                case = self._case(entry)
            except FaultError as fault:
                self.fault(fault.line, str(fault))
                continue
            if case.name in seen:
                self.fault(entry.line, f"用例名 {case.name} 重复，前一个在第 {seen[case.name]} 行")
            seen[case.name] = entry.line
            yield case

    def _case(self, node: Node) -> Case:
        parts = parts_of(node, _CASE)
        for key in ("test_case", "steps"):
            if key not in parts:
                raise FaultError(node.line, f"缺少 {key}")
        return Case(
            name=text_of(parts["test_case"]),
            steps=tuple(self._steps(parts["steps"])),
            path=self.path,
            line=node.line,
            slots=self._pick(parts.get("fixtures"), self.fixtures, "fixtures"),
            metadata=self._pick(parts.get("metadata"), self.metadata, "metadata"),
            today=_date(parts["today"]) if "today" in parts else None,
        )

    def _pick(self, node: Node | None, named: dict[str, dict[str, Any]], where: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for entry in list_of(node) if node else []:
            name = text_of(entry)
            if name not in named:
                raise FaultError(entry.line, f"文件开头的 {where} 里没有 {name}")
            values.update(named[name])
        return values

    def _steps(self, node: Node) -> Iterator[Step]:
        if not node.is_list or not node.value:
            raise FaultError(node.line, "steps 应为列表，至少有一步")
        step: Step | None = None
        for entry in node.value:
            if entry.is_map and "user" in entry.value:
                if step:
                    yield step
                step = self._user(entry)
                continue
            check = _expectation(entry)
            if step is None:
                raise FaultError(entry.line, "第一步应为 user")
            step = Step(step.texts, step.line, (*step.checks, check), step.ordered, step.metadata)
        if step is None:
            raise FaultError(node.line, "至少要有一个 user 步骤")
        _refuse_mixture(node)
        yield step

    def _user(self, node: Node) -> Step:
        parts = parts_of(node, _USER)
        texts = tuple(text_of(entry) for entry in list_of(parts["user"]))
        if not texts:
            raise FaultError(node.line, "user 是空的列表")
        return Step(
            texts=texts,
            line=node.line,
            checks=tuple(self._assertions(parts["assertions"])) if "assertions" in parts else (),
            ordered=flag_of(parts["assertion_order_enabled"])
            if "assertion_order_enabled" in parts
            else False,
            metadata=self._pick(parts.get("metadata"), self.metadata, "metadata"),
        )

    def _assertions(self, node: Node) -> Iterator[Check]:
        if not node.is_list or not node.value:
            raise FaultError(node.line, "assertions 应为列表，至少有一项")
        for entry in node.value:
            if not entry.is_map:
                raise FaultError(entry.line, "应为“断言: 内容”")
            for key, value in entry.value.items():
                line = (entry.keys or {}).get(key, entry.line)
                try:
                    if key not in READERS:
                        raise FaultError(line, unknown(key, READERS))
                    yield Check(key, READERS[key](value), line)
                except FaultError as fault:
                    self.fault(fault.line, f"{key}：{fault}" if key in READERS else str(fault))


def _expectation(node: Node) -> Check:
    """A step that is not the user's."""
    if not node.is_map or not node.value:
        raise FaultError(node.line, f"一步应为其中之一：{'、'.join(_STEPS)}")
    for key in node.value:
        if key not in _STEPS:
            raise FaultError((node.keys or {}).get(key, node.line), unknown(key, _STEPS))
    if len(node.value) > 1:
        raise FaultError(node.line, f"一步只能有一个键，现在有：{'、'.join(node.value)}")
    key, value = next(iter(node.value.items()))
    return Check(key, text_of(value) if key in ("bot", "utter") else slot_list(value), node.line)


def _refuse_mixture(steps: Node) -> None:
    """One case checks by `assertions` or by `bot` and `utter`, as in Rasa Pro: never by both."""
    asserted = next((step.line for step in steps.value if "assertions" in step.value), None)
    spoken = next((step.line for step in steps.value if {"bot", "utter"} & set(step.value)), None)
    if asserted and spoken:
        raise FaultError(
            max(asserted, spoken),
            f"同一个用例里不能既有 assertions（第 {asserted} 行）又有 bot 或 utter（第 {spoken} 行）",
        )


def _date(node: Node) -> date:
    try:
        return date.fromisoformat(text_of(node)[:10])
    except ValueError as error:
        raise FaultError(node.line, "日期应写成 2026-03-02 的样子") from error
