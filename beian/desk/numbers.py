"""The numbers of a period, each with the conversations behind it. Counts the widget's turns alone: other
systems' conversations have no transcript that could be opened."""

from __future__ import annotations

import csv
import io
import json
import math
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import sqlalchemy as sa

from beian.calendar.today import CHINA
from beian.contract import desk as contract
from beian.desk.audit import plain_cell
from beian.desk.figures import BY_ID, FIGURES, HEADLINES
from beian.desk.questions import Turn, asked_again, questions_of
from beian.kb import KnowledgeBase
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import handoffs
from beian.store.tables import feedback, messages, satisfaction, turns

MOST_DAYS = 366
MOST_TEXT_CHARACTERS = 60
MOST_TEXTS = 5
MOST_THEMES = 20
HOURS = 24


@dataclass(frozen=True)
class Handoff:
    """A row of `desk_handoffs`; `waited` is in seconds, None where nobody has claimed it: then `in_vain` is
    how long the customer waited all the same. `hour` is that of the day in China."""

    conversation: str
    day: date
    asked: bool
    waited: float | None
    hour: int = 0
    in_vain: float | None = None


@dataclass(frozen=True)
class Rows:
    """What the database says of a period."""

    first: date
    last: date
    turns: list[Turn]
    opinions: list[tuple[str, int, date, str, tuple[str, ...]]]
    handoffs: list[Handoff]
    satisfaction: list[tuple[str, date, int]]
    suggested: list[tuple[str, date, str]] = field(default_factory=list)
    """(conversation, day, what became of it) of replies that began as a suggestion."""

    def of(self, first: date, last: date) -> Rows:
        """The rows of some of its days."""

        def within(day: date) -> bool:
            return first <= day <= last

        return Rows(
            first,
            last,
            [turn for turn in self.turns if within(turn.day)],
            [opinion for opinion in self.opinions if within(opinion[2])],
            [handoff for handoff in self.handoffs if within(handoff.day)],
            [value for value in self.satisfaction if within(value[1])],
            [reply for reply in self.suggested if within(reply[1])],
        )


@dataclass
class Number:
    """A number: `value` (None when there is nothing to count), `of` what it is a share of, by day, and
    the conversations behind it, newest first."""

    value: float | None
    of: int | None
    by_day: list[float | None]
    behind: list[str] = field(default_factory=list)
    before: float | None = None
    """The value of the period of the same length before."""

    def shown(self) -> contract.NumberShown:
        """Plain data for JSON; how many conversations stand behind it, not which."""
        return {
            "value": self.value,
            "of": self.of,
            "by_day": self.by_day,
            "behind": len(self.behind),
            "before": self.before,
        }


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
                _hour(row.at),
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
        query, now = sa.select(handoffs).where(handoffs.c.at >= begin, handoffs.c.at < end), time.time()
        asked = [
            Handoff(
                row.conversation,
                _day(row.at),
                bool(row.asked),
                row.claimed - row.at if row.claimed is not None else None,
                _hour(row.at),
                (row.ended or now) - row.at if row.claimed is None else None,
            )
            for row in connection.execute(query)
        ]
        query = sa.select(satisfaction).where(satisfaction.c.at >= begin, satisfaction.c.at < end)
        content = [(row.conversation, _day(row.at), row.value) for row in connection.execute(query)]
        query = sa.select(messages.c.conversation, messages.c.at, messages.c.custom).where(
            messages.c.author == "agent", messages.c.at >= begin, messages.c.at < end
        )
        replies = [(row[0], _day(row[1]), _became(row[2])) for row in connection.execute(query)]
    suggested = [(name, day, became) for name, day, became in replies if became]
    return Rows(first, last, found, opinions, asked, content, suggested)


def read_both(store: ConversationStore, first: date, last: date) -> tuple[Rows, Rows]:
    """A period and the one of the same length before it."""
    length = (last - first).days + 1
    both = read(store, first - timedelta(days=length), last)
    return both.of(first, last), both.of(first - timedelta(days=length), first - timedelta(days=1))


def _became(custom: str | None) -> str:
    """What became of the suggestion a reply began as, "" where it began as none."""
    suggestion = json.loads(custom or "{}").get("suggestion")
    if not suggestion:
        return ""
    return str(suggestion.get("outcome") or ("edited" if suggestion.get("edited") else "kept"))


def count(rows: Rows, kb: KnowledgeBase, before: Rows | None = None) -> dict[str, Any]:
    """{"days", "numbers": {name: Number}, "hours", "themes", "thumbs", "never"} of a period."""
    found = _numbers(rows, kb)
    if before is not None:
        for name, number in _numbers(before, kb).items():
            found[name].before = number.value
    return {
        "days": _days(rows),
        "numbers": found,
        "hours": _hours(rows),
        "themes": _themes(rows, kb),
        "thumbs": _thumbs(rows, kb),
        "never": _never(rows, kb),
    }


def shown(counted: dict[str, Any]) -> contract.Numbers:
    """The same as plain data for JSON."""
    return {
        "days": [day.isoformat() for day in counted["days"]],
        "numbers": {name: number.shown() for name, number in counted["numbers"].items()},
        "figures": [
            contract.FigureShown(id=f.id, name=f.name, kind=f.kind, about=f.about, opens=f.opens)
            for f in FIGURES
        ],
        "headlines": list(HEADLINES),
        "hours": counted["hours"],
        "themes": [
            contract.ThemeCount(id=one["id"], title=one["title"], count=one["count"], texts=one["texts"])
            for one in counted["themes"]
        ],
        "thumbs": [
            contract.ThumbCount(id=one["id"], title=one["title"], up=one["up"], down=one["down"])
            for one in counted["thumbs"]
        ],
        "never": counted["never"],
    }


def behind(
    counted: dict[str, Any], number: str, day: date | None, rows: Rows, kb: KnowledgeBase
) -> list[str] | None:
    """The conversations behind a number, "theme:<id>" or "thumb:<fact>"; None when there is none such."""
    kind, _, name = number.partition(":")
    for group in ("theme", "thumb"):
        if kind == group:
            return next((entry["behind"] for entry in counted[f"{group}s"] if entry["id"] == name), None)
    found = counted["numbers"].get(number)
    if found is None:
        return None
    return list(found.behind if day is None else _numbers(rows.of(day, day), kb)[number].behind)


def as_csv(counted: dict[str, Any]) -> str:
    """One line a day, one column a number; opens in spreadsheets (byte order mark, no formulas)."""
    names = list(counted["numbers"])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["日期", *(_column(name) for name in names)])
    for place, day in enumerate(counted["days"]):
        values = (counted["numbers"][name].by_day[place] for name in names)
        writer.writerow([day.isoformat(), *("" if value is None else value for value in values)])
    for title, of in (("合计", "value"), ("其中的个数（分母）", "of"), ("上一时段", "before")):
        values = (getattr(counted["numbers"][name], of) for name in names)
        writer.writerow([title, *("" if value is None else value for value in values)])
    writer.writerow([])
    writer.writerow(["钟点", "提问", "转人工"])
    for hour, counts in enumerate(
        zip(counted["hours"]["questions"], counted["hours"]["handoffs"], strict=True)
    ):
        writer.writerow([f"{hour:02d}:00", *counts])
    writer.writerow([])
    writer.writerow(["没答上的问题", "次数", "例子"])
    for theme in counted["themes"]:
        writer.writerow(
            [
                plain_cell(theme["title"]),
                theme["count"],
                plain_cell(theme["texts"][0] if theme["texts"] else ""),
            ]
        )
    writer.writerow([])
    writer.writerow(["事实", "有帮助", "没帮助"])
    for thumb in counted["thumbs"]:
        writer.writerow([plain_cell(thumb["title"]), thumb["up"], thumb["down"]])
    writer.writerow([])
    writer.writerow(["数字", "怎么算"])
    for figure in FIGURES:
        writer.writerow([figure.name, figure.about])
    return "\ufeff" + text.getvalue()


def _column(name: str) -> str:
    figure = BY_ID[name]
    return f"{figure.name}（秒）" if figure.kind == "seconds" else figure.name


def _start(day: date) -> float:
    return datetime.combine(day, clock_time(0), CHINA).timestamp()


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, CHINA).date()


def _hour(at: float) -> int:
    return datetime.fromtimestamp(at, CHINA).hour


def _hours(rows: Rows) -> dict[str, list[int]]:
    """Questions and calls for a person by the hour of the day."""
    asked = Counter(question.turns[0].hour for question in questions_of(rows.turns))
    called = Counter(handoff.hour for handoff in rows.handoffs if handoff.asked)
    return {
        "questions": [asked[hour] for hour in range(HOURS)],
        "handoffs": [called[hour] for hour in range(HOURS)],
    }


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


def _numbers(rows: Rows, kb: KnowledgeBase) -> dict[str, Number]:
    questions = questions_of(rows.turns)
    every = [(question.conversation, question.day) for question in questions]
    ended: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for question in questions:
        ended[question.status].append((question.conversation, question.day))
    unanswered = [question.conversation for question in questions if question.status != "answered"]
    back = [(turn.conversation, turn.day) for turn in rows.turns if turn.status == "clarify"]
    unclear = [question for question in questions if question.asked_back]
    cleared = [(q.conversation, q.day) for q in unclear if q.status == "answered"]
    again = asked_again(questions, kb.phrases["handoff"]["facts"])
    ups = [(name, day) for name, _, day, value, _ in rows.opinions if value == "up"]
    rated = [(name, day) for name, _, day, _, _ in rows.opinions]
    judged = {name: (day, value) for name, day, value in rows.satisfaction}
    found = {
        # What is opened is what went wrong: that is what one wants to read.
        "answered": _share(rows, every, ended["answered"], unanswered),
        "asked_again": _share(
            rows,
            every,
            [(question.conversation, question.day) for question in again],
            [question.conversation for question in again],
        ),
        "content": _share(
            rows,
            [(name, day) for name, (day, _) in judged.items()],
            [(name, day) for name, (day, value) in judged.items() if value],
            [name for name, (_, value) in judged.items() if not value],
        ),
        "conversations": _conversations(rows),
        "questions": _total(rows, every),
        "clarify": _total(rows, back),
        "clarified": _share(
            rows,
            [(question.conversation, question.day) for question in unclear],
            cleared,
            [question.conversation for question in unclear if question.status != "answered"],
        ),
        "uncovered": _total(rows, ended["uncovered"]),
        "out_of_scope": _total(rows, ended["out_of_scope"]),
        "errors": _total(rows, ended["error"]),
        "thumbs_up": _share(
            rows, rated, ups, [name for name, _, _, value, _ in rows.opinions if value != "up"]
        ),
        **_waits(rows),
        **_suggested(rows),
    }
    return {figure.id: found[figure.id] for figure in FIGURES}


def _waits(rows: Rows) -> dict[str, Number]:
    """How long those who asked for a person waited, and how many never got one."""
    asked = [handoff for handoff in rows.handoffs if handoff.asked]
    waits: dict[date, list[float]] = defaultdict(list)
    for handoff in asked:
        if handoff.waited is not None:
            waits[handoff.day].append(handoff.waited)
    slowest = sorted(asked, key=lambda h: -(h.waited if h.waited is not None else 1e12))
    names = list(dict.fromkeys(handoff.conversation for handoff in slowest))
    calls = [(handoff.conversation, handoff.day) for handoff in asked]
    unserved = [(handoff.conversation, handoff.day) for handoff in asked if handoff.waited is None]
    in_vain: dict[date, list[float]] = defaultdict(list)
    for handoff in asked:
        if handoff.in_vain is not None:
            in_vain[handoff.day].append(handoff.in_vain)
    return {
        "handoffs": _total(rows, calls),
        "wait": _seconds(rows, waits, statistics.median, names),
        "wait_long": _seconds(rows, waits, _ninth_tenth, names),
        "unserved": _share(rows, calls, unserved, [name for name, _ in unserved]),
        "unserved_wait": _seconds(rows, in_vain, statistics.median, _unique(name for name, _ in unserved)),
    }


def _seconds(
    rows: Rows, waits: Mapping[date, list[float]], work: Callable[[list[float]], float], names: list[str]
) -> Number:
    every = [wait for day in waits.values() for wait in day]
    by_day = [round(work(waits[day]), 1) if waits.get(day) else None for day in _days(rows)]
    return Number(round(work(every), 1) if every else None, len(every), by_day, names)


def _ninth_tenth(waits: list[float]) -> float:
    """The smallest of the waits that nine in ten do not exceed."""
    return sorted(waits)[math.ceil(len(waits) * 0.9) - 1]


def _suggested(rows: Rows) -> dict[str, Number]:
    """What became of the suggestions that replies began with."""
    every = [(name, day) for name, day, _ in rows.suggested]
    found = {}
    for outcome in ("kept", "edited", "replaced"):
        hits = [(name, day) for name, day, became in rows.suggested if became == outcome]
        found[outcome] = _share(rows, every, hits, [name for name, _ in hits])
    return found


def _themes(rows: Rows, kb: KnowledgeBase) -> list[dict[str, Any]]:
    """What was asked most and had no answer, with examples as they were asked."""
    grouped: dict[str, list[Turn]] = defaultdict(list)
    for question in questions_of(rows.turns):
        last = question.turns[-1]
        name = last.intent.partition("/")[2]
        if question.status == "uncovered":
            grouped[name if name in kb.themes else "other"].append(last)
        elif question.status in ("error", "clarify"):
            grouped["not_understood"].append(question.turns[0])
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
