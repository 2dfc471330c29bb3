"""Reading one file of the knowledge base, and its faults in words that say where and what to do."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from beian.project import ROOT

SCHEMAS = ROOT / "kb" / "schema"


def read_file(path: Path, place: str, *, pure: bool = False) -> tuple[Any, list[str]]:
    """The content of a YAML file, and what is wrong with it as a file; content is None then.

    `pure` reads with the slower parser, whose words for a fault are the better ones.
    """
    try:
        return YAML(typ="safe", pure=pure).load(path.read_text(encoding="utf-8")), []
    except FileNotFoundError:
        return None, [f"[{place}] 文件不存在，请补上"]
    except UnicodeDecodeError:
        return None, [f"[{place}] 不是 UTF-8 编码，请另存为 UTF-8"]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" › 第 {mark.line + 1} 行" if mark else ""
        return None, [f"[{place}{line}] YAML 写法有误（{error.problem or error.context}），请改正"]
    except YAMLError as error:
        return None, [f"[{place}] YAML 写法有误（{error}），请改正"]


@lru_cache(maxsize=32)
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


def check_schema(name: str, place: str, content: Any) -> list[str]:
    """What in a content is not as schema/NAME.json wants it."""
    errors = sorted(_validator(name).iter_errors(content), key=lambda error: list(map(str, error.path)))
    return [problem for error in errors for problem in _explain(place, content, error)]


def dangling(place: str, references: Iterable[str], known: Collection[str], what: str) -> Iterator[str]:
    """References to something that does not exist."""
    for reference in references:
        if reference not in known:
            yield f"[{place}] 引用了不存在的{what} {reference}，请改为已有的编号或补上该{what}"


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
