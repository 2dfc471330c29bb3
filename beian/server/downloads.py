"""A stored answer's checklist and dates as files: plain text, Markdown, and for the customer's calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from beian.original import RESTATED
from beian.server.reminders import calendar_of, in_words
from beian.settings import TITLE
from beian.store.records import Message


def has_checklist(message: Message) -> bool:
    """Whether the message has a card whose entries can be ticked."""
    return bool(_entries(message))


def has_deadlines(message: Message) -> bool:
    """Whether the message names dates."""
    return bool(_deadlines(message))


def checklist_markdown(message: Message) -> str:
    """The card as a Markdown task list with the ticks as stored, its deadlines and its sources."""
    card = message.custom.get("card") or {}
    lines = [f"# {card.get('title') or TITLE}", ""]
    for place, entry in enumerate(_entries(message)):
        lines.append(f"- [{'x' if place in message.ticked else ' '}] {_one_line(entry)}")
    deadlines = _deadlines(message)
    if deadlines:
        lines += ["", *(f"- {day.isoformat()} {title}" for day, title, _ in deadlines)]
    sections = dict.fromkeys(source["section"] for source in message.custom.get("sources", []))
    if sections:
        lines += ["", *(f"> {RESTATED}：{_one_line(section)}" for section in sections)]
    return "\n".join(lines) + "\n"


def checklist_text(message: Message, phone: str) -> bytes:
    """The card as plain text that every program opens: the ticks as stored, the last days, the sources and
    the telephone number. With a byte order mark and CR LF, for the editors of old office computers."""
    card = message.custom.get("card") or {}
    entries = _entries(message)
    lines = [str(card.get("title") or TITLE).strip().rstrip("：:"), ""]
    lines += [
        f"{'☑' if place in message.ticked else '☐'} {_one_line(one)}" for place, one in enumerate(entries)
    ]
    days = [f"{in_words(day)}：{title}" for day, title, _ in _deadlines(message)]
    ends = [*days, *_sections(message), *([f"备案客服电话：{phone}"] if phone else [])]
    if ends:
        lines += ["", *ends]
    return "\ufeff".encode() + "\r\n".join([*lines, ""]).encode()


def deadlines_calendar(message: Message, conversation: str, phone: str = "") -> bytes:
    """The dates as all-day events; each says what to bring, where that is written, and the phone number."""
    entries = [f"· {_one_line(entry)}" for entry in _entries(message)] if _is_list(message) else []
    materials = ["需要准备：", *entries] if entries else []
    notes = [*materials, *_sections(message), *([f"备案客服电话：{phone}"] if phone else [])]
    return calendar_of(_deadlines(message), message, conversation, notes)


def _is_list(message: Message) -> bool:
    card = message.custom.get("card")
    return isinstance(card, dict) and card.get("type") == "checklist"


def _sections(message: Message) -> list[str]:
    sections = dict.fromkeys(source["section"] for source in message.custom.get("sources", []))
    return [f"{RESTATED}：{_one_line(section)}" for section in sections]


def _entries(message: Message) -> list[str]:
    card = message.custom.get("card") or {}
    items = card.get("items") if isinstance(card, dict) else None
    entries = []
    for item in items or []:
        text = item.get("text") or item.get("title") if isinstance(item, dict) else item
        if isinstance(text, str):
            entries.append(text)
    return entries


def _deadlines(message: Message) -> list[tuple[dt.date, str, str]]:
    """(day, title, note) of each date the message names; entries without a readable day are left out."""
    found = []
    for entry in message.custom.get("deadlines") or []:
        if not isinstance(entry, dict):
            continue
        day = _day(entry.get("date") or entry.get("day") or entry.get("end"))
        title = entry.get("title") or entry.get("label") or TITLE
        if day is not None:
            found.append((day, _one_line(str(title)), str(entry.get("note") or entry.get("text") or "")))
    return found


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())
