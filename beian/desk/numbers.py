"""The numbers of a period, each with the conversations behind it."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from beian.contract import desk as contract
from beian.desk.figures import FIGURES, HEADLINES
from beian.desk.number import Number, days_of, each_once, seconds, share, total
from beian.desk.number_lists import never, themes, thumbs
from beian.desk.questions import asked_again, questions_of
from beian.kb import KnowledgeBase
from beian.store.period import PeriodRows

MOST_DAYS = 366
HOURS = 24


def count(rows: PeriodRows, kb: KnowledgeBase, before: PeriodRows | None = None) -> dict[str, Any]:
    """{"days", "numbers": {name: Number}, "hours", "themes", "thumbs", "never"} of a period."""
    found = _numbers(rows, kb)
    if before is not None:
        for name, number in _numbers(before, kb).items():
            found[name].before = number.value
    return {
        "days": days_of(rows),
        "numbers": found,
        "hours": _hours(rows),
        "themes": themes(rows, kb),
        "thumbs": thumbs(rows, kb),
        "never": never(rows, kb),
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
    counted: dict[str, Any], number: str, day: date | None, rows: PeriodRows, kb: KnowledgeBase
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


def _hours(rows: PeriodRows) -> dict[str, list[int]]:
    """Questions and calls for a person by the hour of the day."""
    asked = Counter(question.turns[0].hour for question in questions_of(rows.turns))
    called = Counter(handoff.hour for handoff in rows.handoffs if handoff.asked)
    return {
        "questions": [asked[hour] for hour in range(HOURS)],
        "handoffs": [called[hour] for hour in range(HOURS)],
    }


def _conversations(rows: PeriodRows) -> Number:
    """Each counts once, and once on each of its days."""
    number = total(rows, list(dict.fromkeys((turn.conversation, turn.day) for turn in rows.turns)))
    return replace(number, value=float(len(number.behind)))


def _numbers(rows: PeriodRows, kb: KnowledgeBase) -> dict[str, Number]:
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
        "answered": share(rows, every, ended["answered"], unanswered),
        "asked_again": share(
            rows,
            every,
            [(question.conversation, question.day) for question in again],
            [question.conversation for question in again],
        ),
        "content": share(
            rows,
            [(name, day) for name, (day, _) in judged.items()],
            [(name, day) for name, (day, value) in judged.items() if value],
            [name for name, (_, value) in judged.items() if not value],
        ),
        "conversations": _conversations(rows),
        "questions": total(rows, every),
        "clarify": total(rows, back),
        "clarified": share(
            rows,
            [(question.conversation, question.day) for question in unclear],
            cleared,
            [question.conversation for question in unclear if question.status != "answered"],
        ),
        "uncovered": total(rows, ended["uncovered"]),
        "out_of_scope": total(rows, ended["out_of_scope"]),
        "errors": total(rows, ended["error"]),
        "thumbs_up": share(
            rows, rated, ups, [name for name, _, _, value, _ in rows.opinions if value != "up"]
        ),
        **_waits(rows),
        **_suggested(rows),
    }
    return {figure.id: found[figure.id] for figure in FIGURES}


def _waits(rows: PeriodRows) -> dict[str, Number]:
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
        "handoffs": total(rows, calls),
        "wait": seconds(rows, waits, statistics.median, names),
        "wait_long": seconds(rows, waits, _ninth_tenth, names),
        "unserved": share(rows, calls, unserved, [name for name, _ in unserved]),
        "unserved_wait": seconds(rows, in_vain, statistics.median, each_once(name for name, _ in unserved)),
    }


def _ninth_tenth(waits: list[float]) -> float:
    """The smallest of the waits that nine in ten do not exceed."""
    return sorted(waits)[math.ceil(len(waits) * 0.9) - 1]


def _suggested(rows: PeriodRows) -> dict[str, Number]:
    """What became of the suggestions that replies began with."""
    every = [(name, day) for name, day, _ in rows.suggested]
    found = {}
    for outcome in ("kept", "edited", "replaced"):
        hits = [(name, day) for name, day, became in rows.suggested if became == outcome]
        found[outcome] = share(rows, every, hits, [name for name, _ in hits])
    return found
