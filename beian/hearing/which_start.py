"""From which of several days a period runs: asked of days that were told (30天从哪天算), or decided by what
happened on one of them (搬店不算，按执照改下来那天算)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.calendar.dates import FoundDate, Kind
from beian.calendar.span import Span
from beian.hearing.clauses import clause_around, clauses_in
from beian.hearing.day_words import asked_about, not_then
from beian.hearing.event_verbs import TOLD, named_before
from beian.hearing.heard import Heard
from beian.hearing.other_days import of_the_case
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.text import patterns

# What happened, in the customer's words, and when.
Event = tuple[str, Span]
_CHANGED = "changed"
COUNTING = f"{UNCOVERED}deadline_counting"
_SEVERAL = 2
_FROM_WHEN = patterns.compile(
    "(?:从|自|按|由|以|照|打|算|应|该)[^,，。;；哪何几]{0,4}(?:哪|何|几)(?:[一个]?(?:天|日子?|号|时候?)[^,，。;；]{0,6}?(?:起|算|计|数|为准|开始)|起算)"
    "|(?:从|自|按|由|打)[^,，。;；]{0,2}(?:哪|何|几)(?:[一个]?(?:天|日子?|号|时候?))(?:[?？啊呀呢的]|$)"
    "|起算(?:日期?|点|的?日子)?(?:应?该?是|为|算)?[^,，。;；]{0,3}(?:哪|何|几)"
)
# 批复那天不算, 别按搬店
_NOT_FROM = patterns.compile(
    "不算|不是|不[按从以看照管]|别[按从以看照管算]|不作数|不用[管看算]|作废|不能算|不该算"
)
_FROM_THEN = patterns.compile("[按从以看照自由]|算|为准|起|是")
_DECIDES = patterns.compile(
    "算|为准|起|[按看照以从](?:照|的是)?[^,，。;；]*(?:那[一]?[天日]|日子?|日期|时候|来)|不[是管]"
)
_EITHER = patterns.compile("是不是|算不算|能不能算|是否算?|[要用]不[要用]")
# Signs that tell nothing of what happened.
_EMPTY = frozenset("的了那天日号按从以为准算看起是不得就才我们公司这个要应该吧呀啊,，。?？ ")
_LEAST_SHARED = 2


def asks_from_when(text: str) -> bool:
    """Whether it asks from which day on a period is counted: 从哪天算, 应自何日起算."""
    return bool(_FROM_WHEN.search(text))


def events_told(heard: Heard) -> list[Event]:
    """The days on which something happened that a period of the change may run from, each with the clause
    that tells it."""
    text = heard.said.written
    return [
        (clause_around(text, found.start, found.end).replace(found.text, ""), Span(found.first, found.last))
        for found in of_the_case(heard).days
        if found.first and found.last and _may_be_a_start(found, heard)
    ]


def _may_be_a_start(found: FoundDate, heard: Heard) -> bool:
    if not_then(found, heard) or asked_about(found, heard):
        return False
    after = clauses_in(heard.said.written[found.end :])[0]
    roles = {role for role, verb in TOLD.items() if verb.search(after)}
    own = named_before(heard.said.written, found.start)
    return own in (None, _CHANGED) and (not roles or _CHANGED in roles)


def events_kept(heard: Heard, state: Discourse) -> tuple[str, ...]:
    """The several events of a message as the state keeps them, else those kept before; () of fewer."""
    told = events_told(heard)
    events = told if len(told) >= _SEVERAL else events_of(state.checked)
    return tuple(f"{span.as_text()} {words}" for words, span in events)


def events_of(checked: Sequence[str]) -> list[Event]:
    """What `events_kept` gave; [] of anything else that was checked."""
    events = []
    for line in checked:
        day, _, words = line.partition(" ")
        try:
            span = Span.from_text(day)
        except ValueError:
            return []
        if span is None:
            return []
        events.append((words, span))
    return events


def decides_the_start(heard: Heard, state: Discourse) -> bool:
    """Whether the day of a message is one that was told before, and is decided on by what happened then."""
    day = _decided(heard, events_of(state.checked))
    return day is not None and heard.days == (day,)


def starts_asked(heard: Heard, state: Discourse) -> list[Event]:
    """The several days that a message asks to be counted from one or the other of: its own, else those told
    before; [] where it asks nothing of the kind."""
    if not asks_from_when(heard.said.text) or sum(1 for one in state.matters if one.changed) >= _SEVERAL:
        return []
    events = events_told(heard) if heard.days else events_of(state.checked)
    return events if len({span for _, span in events}) >= _SEVERAL else []


def of_the_start(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the last day, where it asks from which of several days that is counted, or decides
    which of those told before it is."""
    due = kb.awaiting(_CHANGED)[0]
    if heard.meaning.notice:
        return heard
    if starts_asked(heard, state):
        meaning = replace(
            heard.meaning, outcome="answer", targets=(due, COUNTING), manner="ask", choices=(), chance=1.0
        )
        return replace(heard, meaning=meaning)
    day = _decided(heard, events_of(state.checked)) if not heard.days and due in state.stated else None
    if day is None:
        return heard
    meaning = replace(heard.meaning, outcome="answer", targets=(due,), manner="correct", choices=())
    return replace(heard, meaning=meaning, days=(day,))


def _decided(heard: Heard, events: Sequence[Event]) -> FoundDate | None:
    """The day of the event that a message says to count from, as a day that it tells."""
    text = heard.said.written
    # 搬家是不是已经晚了 decides nothing
    if len(events) < _SEVERAL or not _DECIDES.search(_EITHER.sub("", text)) or asks_from_when(text):
        return None
    meant: list[tuple[Event, str]] = []
    denied: list[Event] = []
    for clause in clauses_in(text):
        event = _named(clause, events)
        if event and _NOT_FROM.search(clause):
            denied.append(event)
        elif event and _FROM_THEN.search(clause):
            meant.append((event, clause))
    left = [event for event in events if event not in denied]
    if meant:
        (_, span), clause = meant[-1]
    elif denied and len(left) == 1:
        span, clause = left[0][1], text
    else:
        return None
    start = text.index(clause)
    kind: Kind = "exact" if span.exact else "approximate"
    return FoundDate(clause, start, start + len(clause), span.first, kind, span.first, span.last)


def _named(clause: str, events: Sequence[Event]) -> Event | None:
    """The one event that a clause has most words in common with."""
    shared = [(len((set(clause) & set(words)) - _EMPTY), place) for place, (words, _) in enumerate(events)]
    most = max(count for count, _ in shared)
    best = [place for count, place in shared if count == most]
    return events[best[0]] if most >= _LEAST_SHARED and len(best) == 1 else None
