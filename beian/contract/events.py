"""The server-sent events of customers and of the desk."""

from __future__ import annotations

from typing import Any

from beian.contract import desk
from beian.contract.customer import HoursNow, Message, Mode, ModeNow, Nothing, Typing
from beian.contract.route import EventKind

CUSTOMER_EVENTS = (
    EventKind("message", Message, "一条消息；`id:` 是消息号"),
    EventKind(
        "typing",
        Typing,
        "从开始回答起为 `true`，到这条消息有了回答（或由人工接手）为 `false`：数据库出故障、回答推迟时一直是 "
        "`true`，每次重试都再发一遍；已受理的消息不会丢，也不会换次序",
    ),
    EventKind("mode", ModeNow, "现在谁在回答"),
)


def _told(kind: str, value: Any, text: str) -> EventKind:
    return EventKind(kind, value, text, is_value=True)


DESK_EVENTS = (
    EventKind("hello", Nothing, "连上了"),
    _told("rows", list[desk.Row], "列表里变了的行"),
    _told("counts", dict[str, int], "各段有多少"),
    _told("message", desk.DeskMessage, "打开着的会话的一条消息；`id:` 是消息号"),
    _told("mode", Mode, "打开着的会话现在谁在回答"),
    _told("typing", bool, "助手正在回答打开着的会话"),
    _told("case", desk.Case, "打开着的会话的情况"),
    _told("note", desk.Note, "打开着的会话的新备注"),
    _told("labels", list[str], "打开着的会话的标签"),
    _told("satisfaction", int, "客户的评价：1 或 0"),
    _told("deleted", str, "删了的会话"),
    _told("hours", HoursNow, "人工时间开始、结束或改了"),
    _told("away", float | None, "自己登记了不在，到何时；`null` 是回来了"),
    _told("snippets", list[desk.Snippet], "常用语改了，全部"),
)
