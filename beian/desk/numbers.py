"""The numbers of a period, each with the conversations behind it. Counts the widget's turns alone: other
systems' conversations have no transcript that could be opened."""

from __future__ import annotations

import csv
import io
import json
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import sqlalchemy as sa

from beian.calendar.today import CHINA
from beian.desk.tables import handoffs
from beian.kb import KnowledgeBase
from beian.server.store import ConversationStore, feedback, messages, satisfaction, turns

MOST_DAYS = 366
MOST_TEXT_CHARACTERS = 60
MOST_TEXTS = 5
MOST_THEMES = 20
NO_QUESTION = ("smalltalk",)
RE_ASK_WITHIN = 2


@dataclass(frozen=True)
class Turn:
    """A row of `turns` as the numbers need it."""

    conversation: str
    message: int | None
    day: date
    text: str
    status: str
    facts: tuple[str, ...]
    intent: str


@dataclass(frozen=True)
class Handoff:
    """A row of `desk_handoffs`; `waited` is in seconds, None while nobody has claimed it."""

    conversation: str
    day: date
    asked: bool
    waited: float | None


@dataclass(frozen=True)
class Rows:
    """What the database says of a period."""

    first: date
    last: date
    turns: list[Turn]
    opinions: list[tuple[str, int, date, str, tuple[str, ...]]]
    handoffs: list[Handoff]
    satisfaction: list[tuple[str, date, int]]


@dataclass
class Number:
    """A number: `value` (None when there is nothing to count), `of` what it is a share of, by day, and
    the conversations behind it, newest first."""

    value: float | None
    of: int | None
    by_day: list[float | None]
    behind: list[str] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        """Plain data for JSON; how many conversations stand behind it, not which."""
        return {"value": self.value, "of": self.of, "by_day": self.by_day, "behind": len(self.behind)}


def read(store: ConversationStore, first: date, last: date) -> Rows:
    """Read a period (both days in China, included) without holding up writers."""
    begin, end = _start(first), _start(last + timedelta(days=1))
    with store.reading() as connection:
        query = sa.select(turns).where(turns.c.channel == "web", turns.c.at >= begin, turns.c.at < end)
        found = [
            Turn(
                row.conversation,
                row.message,
                _day(row.at),
                row.text,
                row.status,
                tuple(json.loads(row.facts)),
                row.intent or "",
            )
            for row in connection.execute(query.order_by(turns.c.n))
        ]
        query = (
            sa.select(
                feedback.c.conversation, feedback.c.id, feedback.c.at, feedback.c.value, messages.c.custom
            )
            .join(
                messages,
                sa.and_(messages.c.conversation == feedback.c.conversation, messages.c.id == feedback.c.id),
            )
            .where(feedback.c.at >= begin, feedback.c.at < end)
        )
        opinions = [
            (row[0], row[1], _day(row[2]), row[3], tuple(json.loads(row[4] or "{}").get("facts", ())))
            for row in connection.execute(query)
        ]
        query = sa.select(handoffs).where(handoffs.c.at >= begin, handoffs.c.at < end)
        asked = [
            Handoff(
                row.conversation,
                _day(row.at),
                bool(row.asked),
                row.claimed - row.at if row.claimed is not None else None,
            )
            for row in connection.execute(query)
        ]
        query = sa.select(satisfaction).where(satisfaction.c.at >= begin, satisfaction.c.at < end)
        content = [(row.conversation, _day(row.at), row.value) for row in connection.execute(query)]
    return Rows(first, last, found, opinions, asked, content)


def count(rows: Rows, kb: KnowledgeBase) -> dict[str, Any]:
    """{"days", "numbers": {name: Number}, "themes", "thumbs", "never"} of a period."""
    return {
        "days": _days(rows),
        "numbers": _numbers(rows),
        "themes": _themes(rows, kb),
        "thumbs": _thumbs(rows, kb),
        "never": _never(rows, kb),
    }


def shown(counted: dict[str, Any]) -> dict[str, Any]:
    """The same as plain data for JSON."""
    return {
        "days": [day.isoformat() for day in counted["days"]],
        "numbers": {name: number.shown() for name, number in counted["numbers"].items()},
        "themes": [{k: v for k, v in theme.items() if k != "behind"} for theme in counted["themes"]],
        "thumbs": [{k: v for k, v in thumb.items() if k != "behind"} for thumb in counted["thumbs"]],
        "never": counted["never"],
    }


def behind(counted: dict[str, Any], number: str, day: date | None, rows: Rows) -> list[str] | None:
    """The conversations behind a number, "theme:<id>" or "thumb:<fact>"; None when there is none such."""
    kind, _, name = number.partition(":")
    for group in ("theme", "thumb"):
        if kind == group:
            return next((entry["behind"] for entry in counted[f"{group}s"] if entry["id"] == name), None)
    found = counted["numbers"].get(number)
    if found is None:
        return None
    if day is None:
        return list(found.behind)
    only = Rows(
        day,
        day,
        [turn for turn in rows.turns if turn.day == day],
        [opinion for opinion in rows.opinions if opinion[2] == day],
        [handoff for handoff in rows.handoffs if handoff.day == day],
        [value for value in rows.satisfaction if value[1] == day],
    )
    return list(_numbers(only)[number].behind)


def as_csv(counted: dict[str, Any]) -> str:
    """One line a day, one column a number; opens in spreadsheets (byte order mark, no formulas)."""
    names = list(counted["numbers"])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["day", *names])
    for place, day in enumerate(counted["days"]):
        values = (counted["numbers"][name].by_day[place] for name in names)
        writer.writerow([day.isoformat(), *("" if value is None else value for value in values)])
    writer.writerow([])
    writer.writerow(["theme", "questions", "example"])
    for theme in counted["themes"]:
        writer.writerow(
            [_plain(theme["title"]), theme["count"], _plain(theme["texts"][0] if theme["texts"] else "")]
        )
    writer.writerow([])
    writer.writerow(["fact", "up", "down"])
    for thumb in counted["thumbs"]:
        writer.writerow([thumb["id"], thumb["up"], thumb["down"]])
    return "\ufeff" + text.getvalue()


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    # Also full-width signs: some spreadsheets fold them before they look.
    starts = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if starts in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text


def _start(day: date) -> float:
    return datetime.combine(day, clock_time(0), CHINA).timestamp()


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, CHINA).date()


def _days(rows: Rows) -> list[date]:
    return [rows.first + timedelta(days=n) for n in range((rows.last - rows.first).days + 1)]


def _unique(names: Iterable[str]) -> list[str]:
    """Newest first, each once."""
    return list(dict.fromkeys(reversed(list(names))))


def _share(
    rows: Rows, of: Sequence[tuple[str, date]], hits: Sequence[tuple[str, date]], behind: Sequence[str]
) -> Number:
    """How many of `of` are `hits`, both (conversation, day); `behind` are the conversations to open."""
    whole, part = Counter(day for _, day in of), Counter(day for _, day in hits)
    by_day = [round(part[day] / whole[day], 4) if whole[day] else None for day in _days(rows)]
    value = round(len(hits) / len(of), 4) if of else None
    return Number(value, len(of), by_day, _unique(behind))


def _total(rows: Rows, hits: Sequence[tuple[str, date]]) -> Number:
    each = Counter(day for _, day in hits)
    days: list[float | None] = [float(each[day]) for day in _days(rows)]
    return Number(float(len(hits)), None, days, _unique(name for name, _ in hits))


def _conversations(rows: Rows) -> Number:
    """Each counts once, and once on each of its days."""
    number = _total(rows, list(dict.fromkeys((turn.conversation, turn.day) for turn in rows.turns)))
    return replace(number, value=float(len(number.behind)))


def _numbers(rows: Rows) -> dict[str, Number]:
    asked = [turn for turn in rows.turns if turn.status not in NO_QUESTION]
    every = [(turn.conversation, turn.day) for turn in asked]
    by_status: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for turn in asked:
        by_status[turn.status].append((turn.conversation, turn.day))
    cleared, unclear = _clarified(rows.turns)
    again = _asked_again(rows.turns)
    ups = [(name, day) for name, _, day, value, _ in rows.opinions if value == "up"]
    rated = [(name, day) for name, _, day, _, _ in rows.opinions]
    content = [(name, day) for name, day, value in rows.satisfaction if value]
    judged = [(name, day) for name, day, _ in rows.satisfaction]
    return {
        "conversations": _conversations(rows),
        "questions": _total(rows, every),
        # What is opened is what went wrong: that is what one wants to read.
        "answered": _share(
            rows,
            every,
            by_status["answered"],
            [turn.conversation for turn in asked if turn.status != "answered"],
        ),
        "clarify": _total(rows, by_status["clarify"]),
        "clarified": _share(rows, cleared + unclear, cleared, [name for name, _ in unclear]),
        "uncovered": _total(rows, by_status["uncovered"]),
        "out_of_scope": _total(rows, by_status["out_of_scope"]),
        "errors": _total(rows, by_status["error"]),
        "asked_again": _share(rows, every, again, [name for name, _ in again]),
        "thumbs_up": _share(
            rows, rated, ups, [name for name, _, _, value, _ in rows.opinions if value != "up"]
        ),
        "handoffs": _total(rows, [(h.conversation, h.day) for h in rows.handoffs if h.asked]),
        "wait": _wait(rows),
        "content": _share(rows, judged, content, [name for name, _, value in rows.satisfaction if not value]),
    }


def _by_conversation(found: Sequence[Turn]) -> Iterable[list[Turn]]:
    grouped: dict[str, list[Turn]] = defaultdict(list)
    for turn in found:
        grouped[turn.conversation].append(turn)
    return grouped.values()


def _clarified(found: Sequence[Turn]) -> tuple[list[tuple[str, date]], list[tuple[str, date]]]:
    """Questions back that led to an answer, and those that did not; several in a row count once."""
    cleared: list[tuple[str, date]] = []
    unclear: list[tuple[str, date]] = []
    for said in _by_conversation(found):
        for turn, after in zip(said, [*said[1:], None], strict=True):
            if turn.status != "clarify" or (after is not None and after.status == "clarify"):
                continue
            good = after is not None and after.status == "answered"
            (cleared if good else unclear).append((turn.conversation, turn.day))
    return cleared, unclear


def _asked_again(found: Sequence[Turn]) -> list[tuple[str, date]]:
    """Turns that ask for what one of the two turns before was answered with: it did not help."""
    again = []
    for said in _by_conversation(found):
        for place, turn in enumerate(said):
            before = said[max(0, place - RE_ASK_WITHIN) : place]
            if turn.facts and any(set(turn.facts) & set(earlier.facts) for earlier in before):
                again.append((turn.conversation, turn.day))
    return again


def _wait(rows: Rows) -> Number:
    """The median seconds from asking for a person to the claim."""
    waits: dict[date, list[float]] = defaultdict(list)
    for handoff in rows.handoffs:
        if handoff.asked and handoff.waited is not None:
            waits[handoff.day].append(handoff.waited)
    every = [wait for day in waits.values() for wait in day]
    by_day = [round(statistics.median(waits[day]), 1) if waits.get(day) else None for day in _days(rows)]
    slowest = sorted(
        (h for h in rows.handoffs if h.asked), key=lambda h: -(h.waited if h.waited is not None else 1e12)
    )
    return Number(
        round(statistics.median(every), 1) if every else None,
        len(every),
        by_day,
        list(dict.fromkeys(h.conversation for h in slowest)),
    )


def _themes(rows: Rows, kb: KnowledgeBase) -> list[dict[str, Any]]:
    """What was asked most and had no answer, with examples as they were asked."""
    grouped: dict[str, list[Turn]] = defaultdict(list)
    for said in _by_conversation(rows.turns):
        for turn, after in zip(said, [*said[1:], None], strict=True):
            # A question back that the customer answered is no failure.
            given_up = turn.status == "clarify" and (
                after is None or after.status not in ("clarify", "answered")
            )
            if turn.status == "uncovered":
                grouped[turn.intent.partition("/")[2] or "other"].append(turn)
            elif turn.status == "error" or given_up:
                grouped["not_understood"].append(turn)
    # No theme of its own, so it comes last.
    order = sorted(grouped.items(), key=lambda entry: (entry[0] == "not_understood", -len(entry[1])))
    themes = []
    for name, found in order[:MOST_THEMES]:
        theme = kb.themes.get(name)
        title = {"other": "其他未说明的问题", "not_understood": "反问后没有下文，或出了错"}.get(name, name)
        texts = Counter(" ".join(turn.text.split()) for turn in found)
        themes.append(
            {
                "id": name,
                "title": theme.title if theme else title,
                "count": len(found),
                "texts": [_shortened(text) for text, _ in texts.most_common(MOST_TEXTS)],
                "behind": _unique(turn.conversation for turn in found),
            }
        )
    return themes


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_TEXT_CHARACTERS else f"{text[:MOST_TEXT_CHARACTERS]}…"


def _thumbs(rows: Rows, kb: KnowledgeBase) -> list[dict[str, Any]]:
    """Opinions on answers, by the facts these stated; the worst first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    where: dict[str, list[str]] = defaultdict(list)
    for conversation, _, _, value, facts in rows.opinions:
        for fact in facts:
            found[fact][value] += 1
            where[fact].append(conversation)
    return [
        {
            "id": fact,
            "title": kb.facts[fact].title if fact in kb.facts else fact,
            "up": votes["up"],
            "down": votes["down"],
            "behind": _unique(where[fact]),
        }
        for fact, votes in sorted(found.items(), key=lambda entry: (-entry[1]["down"], entry[1]["up"]))
    ]


def _never(rows: Rows, kb: KnowledgeBase) -> list[dict[str, str]]:
    """Facts that no answer stated."""
    hit = {fact for turn in rows.turns for fact in turn.facts}
    return [{"id": fact.id, "title": fact.title} for fact in kb.facts.values() if fact.id not in hit]
