"""What the program says of phrases.yml: every name it asks for is there, with the placeholders it fills.

The names and placeholders stand under `said` in kb/schema/phrases.json; tests hold them to the code.
"""

from __future__ import annotations

import json
import string
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from beian.kb.faults import SCHEMAS

# Filled in every phrase, whether it has them or not.
ALWAYS = frozenset({"phone"})
# Groups whose names are facts, or that are lists of facts.
_OTHERS = ("starters", "brief")
# In the name of a fact, or of two that are compared.
_OF_FACTS = "."


@lru_cache(maxsize=1)
def said() -> dict[str, dict[str, list[str]]]:
    """By group and name the placeholders that are filled."""
    return dict(json.loads((SCHEMAS / "phrases.json").read_text(encoding="utf-8"))["said"])


def placeholders(text: str) -> set[str]:
    """The names between braces; raises ValueError where braces do not pair."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def check_said(phrases: Mapping[str, Any]) -> Iterator[str]:
    """Faults in names and placeholders: each would be an apology instead of an answer."""
    yield from _check_names(phrases)
    for group, held in phrases.items():
        filled = said().get(group, {})
        for name, text in held.items() if isinstance(held, Mapping) else ():
            if isinstance(text, str):
                yield from _check_text(f"phrases.yml › {group} › {name}", text, filled.get(name, ()))


def _check_names(phrases: Mapping[str, Any]) -> Iterator[str]:
    for group, names in said().items():
        held = phrases.get(group, {})
        for name in names:
            if name not in held:
                yield f"[phrases.yml › {group}] 缺少 {name}，程序要说这一句，请补上"
        for name in held:
            if name not in names and _OF_FACTS not in name:
                yield f"[phrases.yml › {group} › {name}] 程序不会说这一句（名称写错了？），请改名或删去"
    for group in phrases:
        if group not in said() and group not in _OTHERS:
            yield f"[phrases.yml › {group}] 程序没有这一组话，请改名或删去"


def _check_text(place: str, text: str, filled: Collection[str]) -> Iterator[str]:
    try:
        found = placeholders(text)
    except ValueError:
        yield f"[{place}] 花括号不成对，请改正"
        return
    known = set(filled)
    for name in sorted(found - known - ALWAYS):
        may = "、".join("{" + other + "}" for other in sorted(known | ALWAYS))
        yield f"[{place}] 没有占位符 {{{name}}}，请改为：{may}"
    for name in sorted(known - found):
        yield f"[{place}] 少了占位符 {{{name}}}，说出来会缺这一部分，请补上"
