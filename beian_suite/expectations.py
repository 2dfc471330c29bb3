"""The keys under `assertions`: from what stands in the file to what is checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from beian_suite.model import (
    ButtonWant,
    CardWant,
    IntentWant,
    SlotWant,
    SourceWant,
    UtterWant,
)
from beian_suite.nodes import Node
from beian_suite.rasa_pro import ASSERTIONS, STUBS, refusal
from beian_suite.reply_values import STATUSES

CARDS = ("checklist", "steps", "choices", "deadline", "verdict", "none")


class FaultError(ValueError):
    """A value cannot be used; `line` is where it stands."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def unknown(key: str, known: object) -> str:
    """What to say about a key that does not exist."""
    if key in ASSERTIONS or key == STUBS:
        return refusal(key)
    return f"不认识的键 {key}，可用：{'、'.join(map(str, known))}"  # type: ignore[call-overload]


def text_of(node: Node) -> str:
    """A scalar as written; raises FaultError when it is none."""
    if node.is_map or node.is_list or node.value is None:
        raise FaultError(node.line, "应为文字")
    return node.text


def regex_of(node: Node) -> str:
    """A regular expression; raises FaultError when it does not compile."""
    pattern = text_of(node)
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise FaultError(node.line, f"正则表达式写法有误（{error}）：{pattern}") from error
    return pattern


def list_of(node: Node) -> list[Node]:
    """The entries of a list, or the one value as a list."""
    return node.value if node.is_list else [node]


def parts_of(node: Node, known: tuple[str, ...]) -> dict[str, Node]:
    """A mapping with no other keys than `known`; raises FaultError."""
    if not node.is_map:
        raise FaultError(node.line, f"应为“键: 值”，可用的键：{'、'.join(known)}")
    for key in node.value:
        if key not in known:
            raise FaultError((node.keys or {}).get(key, node.line), unknown(key, known))
    return dict(node.value)


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(text_of(entry) for entry in list_of(node))


def _regexes(node: Node) -> tuple[str, ...]:
    return tuple(regex_of(entry) for entry in list_of(node))


def slot_list(node: Node) -> tuple[SlotWant, ...]:
    """Slots in the form of a step: names, or `name: value`."""
    wants: list[SlotWant] = []
    for entry in list_of(node):
        if entry.is_map:
            wants += [SlotWant(name, value.plain(), False) for name, value in entry.value.items()]
        else:
            wants.append(SlotWant(text_of(entry)))
    return tuple(wants)


def _named_slots(node: Node) -> tuple[SlotWant, ...]:
    """Slots in the form of an assertion: `name`, and `value` where it matters."""
    wants = []
    for entry in list_of(node):
        parts = parts_of(entry, ("name", "value"))
        if "name" not in parts:
            raise FaultError(entry.line, "缺少 name")
        value = parts.get("value")
        wants.append(SlotWant(text_of(parts["name"]), value.plain() if value else None, value is None))
    return tuple(wants)


def _buttons(node: Node) -> tuple[ButtonWant, ...]:
    wants = []
    for entry in list_of(node):
        parts = parts_of(entry, ("title", "payload"))
        if "title" not in parts:
            raise FaultError(entry.line, "按钮缺少 title")
        payload = parts.get("payload")
        wants.append(ButtonWant(text_of(parts["title"]), text_of(payload) if payload else None))
    return tuple(wants)


def _utterance(node: Node) -> UtterWant:
    parts = parts_of(node, ("utter_name", "text_matches", "buttons"))
    if not parts:
        raise FaultError(node.line, "至少要写 utter_name、text_matches、buttons 中的一个")
    return UtterWant(
        text_of(parts["utter_name"]) if "utter_name" in parts else None,
        regex_of(parts["text_matches"]) if "text_matches" in parts else None,
        _buttons(parts["buttons"]) if "buttons" in parts else None,
    )


def _sources(node: Node) -> tuple[SourceWant, ...]:
    wants = []
    for entry in list_of(node):
        if entry.is_map:
            parts = parts_of(entry, ("section", "fact", "layer"))
            wants.append(SourceWant(**{key: text_of(part) for key, part in parts.items()}))
        else:
            wants.append(SourceWant(section=text_of(entry)))
    return tuple(wants)


def _statuses(node: Node) -> tuple[str, ...]:
    found = _texts(node)
    for status in found:
        if status not in STATUSES:
            raise FaultError(node.line, f"没有状态 {status}，可用：{'、'.join(STATUSES)}")
    return found


def _card(node: Node) -> CardWant:
    if node.value is None:
        return CardWant("none")
    parts = parts_of(node, ("type", "title", "items")) if node.is_map else {"type": node}
    if "type" not in parts:
        raise FaultError(node.line, "卡片缺少 type")
    kind = text_of(parts["type"])
    if kind not in CARDS:
        raise FaultError(node.line, f"没有卡片类型 {kind}，可用：{'、'.join(CARDS)}")
    items = _texts(parts["items"]) if "items" in parts else ()
    return CardWant(kind, text_of(parts["title"]) if "title" in parts else None, items)


def _intent(node: Node) -> IntentWant:
    if not node.is_map:
        return IntentWant(text_of(node))
    parts = parts_of(node, ("name", "min_confidence"))
    if "name" not in parts:
        raise FaultError(node.line, "缺少 name")
    least = _number(parts["min_confidence"]) if "min_confidence" in parts else 0.0
    if not 0 <= least <= 1:
        raise FaultError(node.line, "min_confidence 应在 0 与 1 之间")
    return IntentWant(text_of(parts["name"]), least)


def _number(node: Node) -> float:
    if isinstance(node.value, bool) or not isinstance(node.value, (int, float)) or node.value < 0:
        raise FaultError(node.line, "应为不小于 0 的数")
    return float(node.value)


def _count(node: Node) -> int:
    number = _number(node)
    if number != int(number):
        raise FaultError(node.line, "应为整数")
    return int(number)


def flag_of(node: Node) -> bool:
    """true or false; raises FaultError otherwise."""
    if not isinstance(node.value, bool):
        raise FaultError(node.line, "应为 true 或 false")
    return node.value


READERS: dict[str, Callable[[Node], Any]] = {
    "action_executed": text_of,
    "slot_was_set": _named_slots,
    "slot_was_not_set": _named_slots,
    "bot_uttered": _utterance,
    "bot_did_not_utter": _utterance,
    "fact": _texts,
    "facts_at_most": _count,
    "source": _sources,
    "status": _statuses,
    "card": _card,
    "intent": _intent,
    "handoff": flag_of,
    "text_not_matches": _regexes,
    "max_ms": _number,
}
"""Every key under `assertions`, with what reads its value."""
