"""Which of the periods of the procedure a message asks about, where its own words do not tell the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beian.hearing.day_questions import (
    asks_about_days,
    asks_about_weekends,
    asks_the_first_day,
)
from beian.hearing.day_words import (
    NOT_REJECTED,
    ROLES,
    asked_about,
    handed_in_then,
    told_beside,
    wanted_by,
)
from beian.hearing.heard import Heard
from beian.hearing.said_days import takes_back
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.text import patterns

_REVIEW = "submitted"
# 几天内得报上去, 多久内交: within how many days something has to be handed in, and not how long that takes.
_WITHIN = patterns.compile(
    "(?:几[天日]|多久|多少[天日]|多长时间)(?:之|以)?[内里](?:(?:必须|一定|应该|需要|[得要须该])?(?:[提上]?交|[上申]?报|递|送)"
    "|(?:必须|一定要?|应该|需要|[得要须该])(?:去|再)?[办改弄补])"
)


def of_its_period(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the one period that it can only be about: that of the review where the day it
    tells is one of handing in and no other is known, or where it asks whether days are worked; where it asks
    which day is the first, that of the day which is known."""
    meaning = heard.meaning
    periods = {role: kb.awaiting(role)[0] for role in ROLES}
    if periods[_REVIEW] in state.stated and not heard.said.named and _about_its_days(heard):
        # of the review in question, however 春节会影响吗 is read
        meaning = replace(meaning, outcome="answer", targets=(periods[_REVIEW],), manner="ask", choices=())
        return replace(heard, meaning=meaning)
    if meaning.outcome != "answer" or not meaning.targets or meaning.notice:
        return heard
    in_hand = tuple(fact for fact in state.stated if fact in periods.values())
    if in_hand and heard.days and _how_it_is_counted(meaning.targets, kb) in periods.values():
        # 12月12号是礼拜六，能顺延吗, of the period in hand: with its own last day
        return replace(heard, meaning=replace(meaning, targets=in_hand[:1], manner="item"))
    return _of_the_only_one(heard, state, periods, kb)


def _of_the_only_one(heard: Heard, state: Discourse, periods: Mapping[str, str], kb: KnowledgeBase) -> Heard:
    """The message as about the one period that its words or days leave, if they leave one."""
    meaning = heard.meaning
    awaited = [kb.cells[target].awaits for target in meaning.targets if target in kb.cells]
    aspects = {kb.cells[target].aspect for target in meaning.targets if target in kb.cells}
    about_periods = bool(aspects & {kb.cells[fact].aspect for fact in periods.values()})
    # who was not rejected has no day of it to put right
    denied = bool(NOT_REJECTED.search(heard.said.text))
    role = _corrects_its_day(heard, state, periods) if about_periods and not denied else None
    if role is None and asks_the_first_day(heard.said.text) and about_periods:
        role = _of_the_first_day(heard, state, kb)
    elif role is None and "rejected" in awaited and denied:
        role = "changed"
    elif role is None and about_periods and any(wanted_by(found, heard) for found in heard.days):
        # 12月20号前能弄好吗: when all of it is done
        role = _REVIEW
    elif role is None and _of_the_review(awaited, heard, state):
        role = _REVIEW
    elif role is None and awaited == [_REVIEW] and _WITHIN.search(heard.said.text):
        role = "rejected" if state.phase == "rejected" else "changed"
    elif (
        role is None
        and {"changed"} <= set(awaited) <= {"changed", "rejected"}
        and told_beside(heard) == "rejected"
        and not denied
    ):
        # 11月19号被驳回，最迟哪天
        role = None if state.focus.span("changed") or heard.said.values("item") else "rejected"
    if role is None or meaning.targets == (periods[role],):
        return heard
    manner = "ask" if meaning.targets[0].startswith(UNCOVERED) else meaning.manner
    return replace(heard, meaning=replace(meaning, targets=(periods[role],), manner=manner))


def _how_it_is_counted(targets: Sequence[str], kb: KnowledgeBase) -> str | None:
    """The fact that goes along with the one open theme a message is about, if it is about one."""
    theme = kb.themes.get(targets[0].removeprefix(UNCOVERED)) if targets[0].startswith(UNCOVERED) else None
    return theme.stated if theme and len(targets) == 1 else None


def _corrects_its_day(heard: Heard, state: Discourse, periods: Mapping[str, str]) -> str | None:
    """The role of the period in question, where the message only puts another day in the place of the one
    that it was counted from: 不是上周，是后天; 提交日是12月1号，不是5号."""
    corrects = heard.meaning.manner == "correct" or takes_back(heard.said.text)
    if not corrects or not heard.days or heard.said.named:
        return None
    role = next((role for role, fact in periods.items() if (fact,) == state.stated), None)
    return role if told_beside(heard) in (None, role) else None


def _about_its_days(heard: Heard) -> bool:
    """Whether weekends or days are asked about: whether they count, or are met."""
    return asks_about_weekends(heard.said.text) or any(asked_about(found, heard) for found in heard.days)


def _of_the_review(awaited: Sequence[str | None], heard: Heard, state: Discourse) -> bool:
    """Whether it can only be about the time of the review."""
    if awaited == ["changed"]:
        return state.focus.span("changed") is None and handed_in_then(heard)
    return len(awaited) > 1 and _REVIEW in awaited and asks_about_days(heard.said.text)


def _of_the_first_day(heard: Heard, state: Discourse, kb: KnowledgeBase) -> str | None:
    """The role of the day whose period is meant: told in the message, in question, or known."""
    told = told_beside(heard)
    if told:
        return told
    in_question = [kb.cells[fact].awaits for fact in state.stated if kb.cells[fact].awaits in ROLES]
    known = [
        role for role in (*in_question, "rejected", "submitted", "changed") if state.focus.span(str(role))
    ]
    return known[0] if known else None
