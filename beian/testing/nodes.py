"""YAML with the line of every value, so that a fault can be named by file and line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from beian.testing.model import SuiteError


@dataclass(frozen=True)
class Node:
    """A value and where it stands. `value` is a scalar, a list of nodes, or a dict of nodes by key.

    `text` is a scalar as written; `line` counts from 1; `keys` has the line of each key of a dict.
    """

    value: Any
    line: int
    text: str = ""
    keys: dict[str, int] | None = None

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
        return None if document is None else _located(document, yaml, path)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise SuiteError([f"{path}:{line}: YAML 写法有误（{error.problem or error.context}）"]) from error
    except YAMLError as error:
        raise SuiteError([f"{path}:1: YAML 写法有误（{error}）"]) from error


def _located(node: Any, yaml: YAML, path: Path) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, ScalarNode):
        return Node(yaml.constructor.construct_object(node), line, str(node.value))
    if isinstance(node, SequenceNode):
        return Node([_located(entry, yaml, path) for entry in node.value], line)
    assert isinstance(node, MappingNode)
    value: dict[str, Node] = {}
    keys: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        place = key_node.start_mark.line + 1
        if key in value:
            raise SuiteError([f"{path}:{place}: 键 {key} 重复，前一个在第 {keys[key]} 行"])
        located = _located(value_node, yaml, path)
        if located.value is None:
            # An empty value has its place after the line break; people look for it beside its key.
            located = replace(located, line=place)
        value[key], keys[key] = located, place
    return Node(value, line, keys=keys)
