"""A stored answer's checklist and dates as files: Markdown, and iCalendar for the customer's calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from icalendar import Alarm, Calendar
from icalendar import Event as CalendarEvent

from beian.server.settings import TITLE
from beian.server.store import Message

_REMIND_BEFORE = dt.timedelta(days=1)


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
        lines += ["", *(f"> {_one_line(section)}" for section in sections)]
    return "\n".join(lines) + "\n"


def deadlines_calendar(message: Message, conversation: str) -> bytes:
    """The message's dates as all-day events with a reminder a day ahead."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{TITLE}//zh-CN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for place, (day, title, note) in enumerate(_deadlines(message)):
        event = CalendarEvent()
        event.add("uid", f"{conversation}-{message.id}-{place}@beian")
        event.add("dtstamp", dt.datetime.fromtimestamp(int(message.at), dt.timezone.utc))
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        event.add("summary", title)
        if note:
            event.add("description", note)
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", title)
        reminder.add("trigger", -_REMIND_BEFORE)
        event.add_component(reminder)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


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
