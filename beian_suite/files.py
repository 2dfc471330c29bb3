"""Read files of test conversations: every fault is reported with file and line, unknown keys included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from beian_suite.expectations import (
    READERS,
    FaultError,
    flag_of,
    list_of,
    parts_of,
    slot_list,
    text_of,
    unknown,
)
from beian_suite.model import Case, Check, Step, SuiteError, words_of
from beian_suite.nodes import Node, read_nodes
from beian_suite.rasa_pro import ASSERTIONS, IGNORED, STUBS
from beian_suite.texts import read_text

_TOP = ("fixtures", "metadata", "test_cases")
_CASE = ("test_case", "fixtures", "metadata", "today", "steps")
_USER = ("user", "metadata", "assertions", "assertion_order_enabled")
_BRIEF = 60
_STEPS = ("user", "bot", "utter", "slot_was_set", "slot_was_not_set")


def load_suite(path: Path, shown: Path | None = None, rasa_pro: bool = False) -> list[Case]:
    """The cases of a file, in order; raises SuiteError with all its faults.

    `shown` is how messages name the file, where that is not `path`; with `rasa_pro` what only Rasa Pro can
    check is accepted and never checked.
    """
    return parse_suite(shown or path, read_text(path, shown), rasa_pro)


def parse_suite(path: Path, text: str, rasa_pro: bool = False) -> list[Case]:
    """The cases of `text`; `path` is used in messages only. Raises SuiteError with all its faults."""
    root = read_nodes(path, text)
    if root is None or root.value is None:
        raise SuiteError([f"{path}:1: 文件是空的，至少要有 test_cases"])
    return _Reader(path, rasa_pro).read(root)


class _Reader:
    """Reads one file; faults are collected so that all are told at once."""

    def __init__(self, path: Path, rasa_pro: bool) -> None:
        self.path, self.rasa_pro = path, rasa_pro
        self.passed_over: tuple[str, ...] = ()
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
            parts = self._top(root)
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

    def _top(self, root: Node) -> dict[str, Node]:
        """The keys at the top. One that is no key of ours may hold what is repeated below by its anchor."""
        if not root.is_map:
            raise FaultError(root.line, f"应为“键: 值”，可用的键：{'、'.join(_TOP)}")
        known = (*_TOP, STUBS) if self.rasa_pro else _TOP
        own = {key: node for key, node in root.value.items() if key in known or not node.anchored}
        parts = parts_of(replace(root, value=own), known)
        if STUBS in parts:
            self.passed_over = (STUBS,)
        return parts

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
            name = case.name
            while case.name in seen:
                # As in Rasa Pro, where names need not differ; here they select one test.
                seen[name] += 1
                case = replace(case, name=f"{name} ({seen[name]})")
            seen[case.name] = 1
            yield case

    def _case(self, node: Node) -> Case:
        parts = parts_of(node, (*_CASE, STUBS) if self.rasa_pro else _CASE)
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
            passed_over=(STUBS,) if STUBS in parts else self.passed_over,
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
        asserted = any(entry.is_map and "assertions" in entry.value for entry in node.value)
        for entry in node.value:
            if entry.is_map and "user" in entry.value:
                if step:
                    yield step
                step = self._user(entry)
                continue
            check = _expectation(entry)
            if asserted:
                # Rasa's rule: a case with assertions is judged by them alone.
                check = Check(IGNORED, f"{check.kind} {words_of(check.want)}", check.line)
            if step is None:
                raise FaultError(entry.line, "第一步应为 user")
            step = Step(step.texts, step.line, (*step.checks, check), step.ordered, step.metadata)
        if step is None:
            raise FaultError(node.line, "至少要有一个 user 步骤")
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
                    if key in ASSERTIONS and self.rasa_pro:
                        yield Check(key, _brief(value), line)
                        continue
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


def _brief(node: Node) -> str:
    """What stands behind a key that is not checked, in a few words."""
    said = node.text if not (node.is_map or node.is_list) else " ".join(str(node.plain()).split())
    return said if len(said) <= _BRIEF else said[:_BRIEF] + "……"


def _date(node: Node) -> date:
    try:
        return date.fromisoformat(text_of(node)[:10])
    except ValueError as error:
        raise FaultError(node.line, "日期应写成 2026-03-02 的样子") from error
