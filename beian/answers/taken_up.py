"""What is taken up again: a point asked before and not met (护照的事你还没回我), and all that was said of the
case (帮我总结下) where the last answer was an open theme."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.entry_meant import entry_meant
from beian.hearing.day_words import ROLES
from beian.hearing.heard import ASKED_IN_FULL, Heard
from beian.hearing.recapped import SUMS_UP
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse
from beian.text import patterns

_END = r"(?:[啊呀呢吧嘛的了哦,，。!！?？~\s]|$)"
_TO_US = patterns.compile("[你您]")
_MISSED = patterns.compile(
    f"(?:还|又|都|就|根本|一直|也)*(?:没有?|未)(?:给我|跟我|有)?(?:回[我答复应话]{{0,2}}|答[我复]?|理我?|讲|说|解答|提)(?:我|呢|啊|呀|吧|了)*{_END}"
)
# 拍照的事呢, 护照那个问题
_MATTER = patterns.compile("(?P<what>[^,，。;；!！?？\\s]{1,10}?)(?:的|那个?|这个?)+(?:事儿?|问题|事情)")
_ASKS_AGAIN = patterns.compile(
    "^.{0,12}(?:的|那个?|这个?)+(?:事儿?|问题|事情)(?:呢|怎么说|咋说|怎么讲)?[?？。]*$"
)
_THEN = patterns.compile("^(?P<what>[^,，。;；!！?？\\s]{1,10}?)呢[,，?？]")
_LEADING = patterns.compile(
    "^(?:那么?|还有|对了|关于|我问的?|我刚才?问的?|刚才?|之前|前面|你|您|的|是|,|，)+"
)
_SUMS_UP = patterns.compile(SUMS_UP)
_LONGEST_SUM, _NOTHING_ELSE = 14, 6


def taken_up(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Heard, Discourse]:
    """The message as about what it takes up, and the state in which that is in question again; as they are
    where it takes up nothing, or its own words say all."""
    meaning = heard.meaning
    if meaning.notice or heard.days or heard.said.written in kb.questions:
        return heard, state
    facts = _summed_up(heard, state, kb)
    if facts:
        meaning = replace(meaning, outcome="answer", targets=facts, manner="brief", choices=())
        return replace(heard, meaning=meaning), replace(state, theme=None)
    plain = meaning.outcome == "answer" and bool(meaning.targets) and meaning.targets[0] in kb.cells
    point = _missed(heard.said.text, unread=not plain)
    if point is None or (plain and meaning.alone >= ASKED_IN_FULL):
        return heard, state
    said = replace(heard.said, text=point, written=point, ordinal=None, named=())
    asked = replace(
        heard,
        said=said,
        # it was asked of the case before, and is no stray subject
        meaning=replace(meaning, outcome="answer", manner="item", choices=(), alone=0.0, foreign=0.0),
    )
    fact = _that_may_hold_it(asked, state, kb)
    if fact is None:
        return heard, state
    asked = replace(asked, meaning=replace(asked.meaning, targets=(fact,)))
    return asked, replace(state, stated=(fact,), theme=None)


def sums_up(text: str) -> bool:
    """Whether something is to be told once more in short: 总结一下."""
    return bool(_SUMS_UP.search(text))


def _missed(text: str, *, unread: bool) -> str | None:
    """What a message says was not met; of one that was not `unread` only what is said to be missed."""
    missed = _MISSED.search(text)
    told = missed and (_TO_US.search(text) or _THEN.search(text))
    if not told and not (unread and _ASKS_AGAIN.match(text)):
        return None
    matter = _MATTER.search(text) or _THEN.search(text)
    what = matter["what"] if matter else text[: missed.start()] if missed else ""
    point = _LEADING.sub("", what).strip("的,，。你您")
    return point or None


def _that_may_hold_it(heard: Heard, state: Discourse, kb: KnowledgeBase) -> str | None:
    """Of the answers so far, latest first, the one that has the point; else the latest list of papers."""
    said = [fact for facts in (state.stated, *reversed(state.trail)) for fact in facts]
    holding = [fact for fact in said if entry_meant(kb.facts[fact], heard, kb)]
    lists = [fact for fact in said if fact in kb.papers.of_fact]
    return next(iter([*holding, *lists, *said]), None)


def _summed_up(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """What was said of the case, where all of it is asked for in short: the last answer, and what is counted
    from the days that are known; () where it is not asked for, or nothing was said."""
    if len(heard.said.text) > _LONGEST_SUM or not sums_up(heard.said.text):
        return ()
    read = heard.meaning.outcome == "answer" and heard.meaning.targets
    of_it_alone = len(heard.said.text) <= _NOTHING_ELSE
    if read and not of_it_alone and heard.meaning.manner not in ("sum_up", "brief"):
        return ()
    due = _due(state, kb)
    before = state.trail[-1] if state.trail and set(state.stated) <= set(due) else ()
    return tuple(dict.fromkeys((*before, *state.stated, *due)))


def _due(state: Discourse, kb: KnowledgeBase) -> list[str]:
    """What is counted from the days of the case."""
    known = {role for role in ROLES if state.focus.span(role)}
    return list(kb.awaiting(*known))
