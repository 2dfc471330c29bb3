"""The reply contract (docs/reply.md), checked on every answer whether a case asks for it or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from beian_suite.checks import Problem
from beian_suite.reply_values import MOST_FACTS, STATUSES
from beian_suite.turn import Message, TroubleError, Turn

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_SPACES = re.compile(r"\s+")


def is_bound(turn: Turn) -> bool:
    """Whether the contract is the assistant's: its messages carry a status."""
    return any("status" in message.custom for message in turn.messages)


def refuse_other_contracts(turn: Turn) -> None:
    """Raise TroubleError, hopeless, for a status of another product: what goes with ours is missing."""
    for message in turn.messages:
        if "status" in message.custom and not {"understood", "kb_version"} & message.custom.keys():
            raise TroubleError(
                "对方的 custom.status 不是这里的回复约定（没有 understood、kb_version）；"
                "测试别的助手请设 reply_contract = false",
                hopeless=True,
            )


def check_contract(turn: Turn, line: int) -> list[Problem]:
    """Breaches of the contract; none for assistants that are not bound by it."""
    bound = [message for message in turn.messages if "status" in message.custom]
    if not bound:
        return []
    problems = [Problem(line, "回复约定", *breach) for message in bound for breach in _breaches(message)]
    if len(turn.messages) > 1:
        problems.append(Problem(line, "回复约定", "每次只回复一条消息", f"{len(turn.messages)} 条"))
    return problems


def _breaches(message: Message) -> Iterator[tuple[str, str]]:
    """(expected, actual) for each breach in one message."""
    custom = message.custom
    if custom["status"] not in STATUSES:
        yield f"status 是其中之一：{'、'.join(STATUSES)}", str(custom["status"])
    if not message.text.strip():
        yield "text 不为空", "空"
    leftover = _PLACEHOLDER.search(message.text)
    if leftover:
        yield "text 里没有未填的占位符", leftover.group(0)
    if not isinstance(custom.get("understood"), dict) or not custom.get("kb_version"):
        yield "有 understood 与 kb_version", f"{custom.get('understood')}、{custom.get('kb_version')}"
    yield from _fact_breaches(message)
    yield from _part_breaches(message)


def _fact_breaches(message: Message) -> Iterator[tuple[str, str]]:
    facts = list(message.custom.get("facts") or ())
    if len(facts) > MOST_FACTS:
        yield f"最多 {MOST_FACTS} 条事实", str(len(facts))
    if message.custom["status"] == "answered" and not facts:
        yield "answered 至少有一条事实", "没有"
    sources = message.custom.get("sources") or ()
    named = [source.get("fact") for source in sources if source.get("section") and source.get("layer")]
    if named != facts:
        yield (
            f"每条事实各有一个完整的出处：{'、'.join(facts) or '没有'}",
            "、".join(map(str, named)) or "没有",
        )


def _part_breaches(message: Message) -> Iterator[tuple[str, str]]:
    for button in message.buttons:
        if not button.get("title") or not button.get("payload"):
            yield "按钮有 title 与 payload", str(button)
        elif str(button["payload"]).startswith("/"):
            yield "按钮的 payload 是用户会说的话", str(button["payload"])
    card = message.custom.get("card") or {}
    text = _SPACES.sub("", message.text)
    for item in card.get("items") or ():
        if _SPACES.sub("", str(item)) not in text:
            yield "卡片的内容都在 text 里", str(item)
