"""YAML with the line of every value, so that a fault can be named by file and line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from beian_suite.model import SuiteError

_DEEPEST = 60
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True)
class Node:
    """A value and where it stands. `value` is a scalar, a list of nodes, or a dict of nodes by key.

    `text` is a scalar as written; `line` counts from 1; `keys` has the line of each key of a dict; `anchored`
    whether the value has a name for others to repeat it by.
    """

    value: Any
    line: int
    text: str = ""
    keys: dict[str, int] | None = None
    anchored: bool = False

    @property
    def is_map(self) -> bool:
        """Whether the value is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether the value is a list."""
        return isinstance(self.value, list)

    def plain(self) -> Any:
        """The value without lines."""
        if self.is_map:
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value] if self.is_list else self.value


def read_nodes(path: Path, text: str) -> Node | None:
    """The document in `text`, None when it is empty; raises SuiteError naming `path` and the line."""
    yaml = YAML(typ="safe", pure=True)
    try:
        document = yaml.compose(text)
        return None if document is None else _Locating(yaml, path).located(document)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise SuiteError([f"{path}:{line}: YAML 写法有误（{error.problem or error.context}）"]) from error
    except YAMLError as error:
        raise SuiteError([f"{path}:1: YAML 写法有误（{' '.join(str(error).split())}）"]) from error
    except RecursionError as error:
        raise SuiteError([f"{path}:1: YAML 一层套一层，太深了"]) from error


class _Locating:
    """Makes nodes of one document of those of the YAML package."""

    def __init__(self, yaml: YAML, path: Path) -> None:
        self._yaml, self._path = yaml, path
        self._open: set[int] = set()
        self._made: dict[int, Node] = {}

    def _fault(self, line: int, words: str) -> SuiteError:
        return SuiteError([f"{self._path}:{line}: {words}"])

    def located(self, node: Any) -> Node:
        """One value with everything in it; what is repeated by its anchor is made once."""
        if id(node) in self._made:
            return self._made[id(node)]
        line = node.start_mark.line + 1
        if id(node) in self._open:
            raise self._fault(line, f"锚点 &{node.anchor} 里引用了它自己")
        if len(self._open) >= _DEEPEST:
            raise self._fault(line, "YAML 一层套一层，太深了")
        self._open.add(id(node))
        made = replace(self._of(node, line), anchored=bool(node.anchor))
        self._open.discard(id(node))
        self._made[id(node)] = made
        return made

    def _of(self, node: Any, line: int) -> Node:
        if isinstance(node, ScalarNode):
            try:
                return Node(self._yaml.constructor.construct_object(node), line, str(node.value))
            except (ValueError, OverflowError) as error:
                raise self._fault(line, f"{node.value} 写成了不存在的日期或数，文字请加引号") from error
        if isinstance(node, SequenceNode):
            return Node([self.located(entry) for entry in node.value], line)
        assert isinstance(node, MappingNode)
        return self._mapping(node, line)

    def _mapping(self, node: Any, line: int) -> Node:
        value: dict[str, Node] = {}
        keys: dict[str, int] = {}
        merged: list[Node] = []
        for key_node, value_node in node.value:
            place = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                raise self._fault(place, "键应为文字")
            located = self.located(value_node)
            if key_node.tag == _MERGE or (key_node.value == "<<" and not key_node.style):
                merged += self._merged(located, place)
                continue
            key = str(key_node.value)
            if key in value:
                raise self._fault(place, f"键 {key} 重复，前一个在第 {keys[key]} 行")
            if located.value is None:
                # An empty value has its place after the line break; people look for it beside its key.
                located = replace(located, line=place)
            value[key], keys[key] = located, place
        for other in merged:
            for key, located in other.value.items():
                value.setdefault(key, located)
                keys.setdefault(key, line)
        return Node(value, line, keys=keys)

    def _merged(self, node: Node, line: int) -> list[Node]:
        """The mappings behind `<<`; of two that have the same key the first counts."""
        found = node.value if node.is_list else [node]
        if not all(entry.is_map for entry in found):
            raise self._fault(line, "<< 后面应为“键: 值”，或它们的列表")
        return list(found)
