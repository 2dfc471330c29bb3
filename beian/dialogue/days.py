"""Which day of the case a message tells, and as how certain."""

from __future__ import annotations

from datetime import date

from beian.calendar.dates import FoundDate
from beian.calendar.span import Span
from beian.dialogue.heard import Heard
from beian.dialogue.questions import asks_about_days, is_polar, supposes
from beian.kb import KnowledgeBase
from beian.meaning.advance import SUPPOSING, TELLING
from beian.meaning.state import Discourse
from beian.text import patterns

ROLES = ("changed", "submitted", "rejected")
OF_PHASE = {"submitted": "submitted", "rejected": "rejected"}
# Where several days stand in one message, the words beside each tell which it is: verbs of two events.
_VERBS = {
    "rejected": "驳|退|打回|没通过|没过|不通过|拒",
    "submitted": "提交|递交|送审|上报|交的|交了|报上",
    "changed": "变|换|改|过户|搬|更名",
}
_TOLD = {role: patterns.compile(verbs) for role, verbs in _VERBS.items()}
_TOLD_AT_ONCE = {
    role: patterns.compile(
        f"(?:才|刚|就|被|给|我们?|公司|正式|已经?|收到|的时候|那天)?(?:{verbs}).{{0,6}}?[的了]"
    )
    for role, verbs in _VERBS.items()
}
# 不是10月8号，是18号: the day before a denial is not the one.
_NOT_THEN = patterns.compile(r"(?:^|[^是])(?:不是|并非)(?:在|于)?$")
# 最晚周三领导要结果: a day that somebody wants it by tells nothing that happened.
_WANTED_BY = patterns.compile("(?:最晚|最迟|赶在|争取在?|必须在|要在)$")
_BESIDE = 8
_JUST_BEFORE = 4
MOSTLY_A_DAY = 0.4


def tell_days(state: Discourse, heard: Heard, kb: KnowledgeBase) -> tuple[Discourse, FoundDate | None]:
    """The state with the days that a message tells, and the day that cannot be (impossible, or still to
    come where it must be past), if there is one.

    A question about a day (国庆算吗), or one that only supposes, tells nothing.
    """
    role = role_of(state, heard, kb) if heard.days else None
    if role is None or not _tells(state, heard, role) or planned_day(state, heard, role):
        return state, None
    roles = _roles(heard, role)
    told: dict[str, str] = {}
    doubtful = None
    for found, own in zip(heard.days, roles, strict=True):
        before = heard.said.written[: found.start]
        if own is None or _NOT_THEN.search(before) or _WANTED_BY.search(before):
            continue
        if found.first is None or found.last is None or _still_to_come(found, own, heard):
            doubtful = doubtful or found
            continue
        span = _of_the_known(Span(found.first, found.last), state.focus.span(own)).as_text()
        if span == getattr(state.focus, own) or (
            found.kind == "exact" and _from_now(found, heard, own, state)
        ):
            continue
        if own not in told or heard.meaning.manner == "correct":
            told[own] = span
    return state.focused(**told), None if told else doubtful


def _still_to_come(found: FoundDate, role: str, heard: Heard) -> bool:
    """Whether what must have happened is said of a day to come; what is only supposed may be."""
    return role == "rejected" and found.kind == "future" and not supposes(heard.said.text)


def _of_the_known(told: Span, known: Span | None) -> Span:
    """A year told by itself (去年的) is the year of the day that is known."""
    whole = (told.first, told.last) == (date(told.first.year, 1, 1), date(told.first.year, 12, 31))
    if not whole or known is None or not known.exact:
        return told
    try:
        return Span(*(known.first.replace(year=told.first.year),) * 2)
    except ValueError:
        # the 29th of February in a year without one
        return told


def _tells(state: Discourse, heard: Heard, role: str) -> bool:
    """Whether the days in a message are days of the case.

    Statements and suppositions tell them; a question does where a verb beside says what happened then, or
    where it is hardly more than the day (3号呢) and none is known yet, or the day is certain.
    """
    manner = heard.meaning.manner
    if asks_about_days(heard.said.text):
        return False
    if manner in TELLING or manner == "what_if" or told_beside(heard) or supposes(heard.said.text):
        return True
    if manner in SUPPOSING:
        return False
    share = sum(len(found.text) for found in heard.days) / max(1, len(heard.said.written))
    exact = any(found.kind == "exact" for found in heard.days)
    return share >= MOSTLY_A_DAY or (exact and not getattr(state.focus, role))


def planned_day(state: Discourse, heard: Heard, role: str) -> FoundDate | None:
    """The day on which the customer means to hand in: the one in a yes-or-no question after the day that the
    time runs from is known (12月15号再提交没问题吧), unless a verb says that it happened then."""
    known = state.focus.span(role)
    if role == "submitted" or known is None or not known.exact or len(heard.days) != 1:
        return None
    found, text = heard.days[0], heard.said.written
    happened = any(told.match(text[found.end :]) for told in _TOLD_AT_ONCE.values())
    asks = is_polar(heard.said.text) and heard.meaning.manner != "correct"
    return found if asks and not happened and found.first is not None else None


def _from_now(found: FoundDate, heard: Heard, role: str, state: Discourse) -> bool:
    """Whether today stands in a question about a day that is known: how long it is from now."""
    asks = heard.meaning.manner not in TELLING
    return asks and bool(getattr(state.focus, role)) and found.day == heard.today


def role_of(state: Discourse, heard: Heard, kb: KnowledgeBase) -> str | None:
    """Which of the case's days a message is about: what its answer counts from, else what was asked for,
    else where in the procedure the customer stands; None where nothing tells."""
    cells = [kb.cells[target] for target in heard.meaning.targets if target in kb.cells]
    for cell in cells:
        if cell.awaits in ROLES:
            return cell.awaits
    if any(cell.awaits == "birth" for cell in cells):
        return None
    if state.asked and state.asked.kind in ROLES and heard.meaning.manner in TELLING:
        return state.asked.kind
    if not cells:
        return None
    if heard.meaning.manner not in TELLING:
        return told_beside(heard)
    phase = next((cell.phase for cell in cells if cell.phase), None)
    return OF_PHASE.get(phase or "", "changed")


def of_rejection(text: str) -> bool:
    """Whether a message speaks of a rejection."""
    return bool(_TOLD["rejected"].search(text))


def told_beside(heard: Heard) -> str | None:
    """In a question about something else, a day counts where a verb beside it says what happened on it."""
    text = heard.said.written
    for found in heard.days:
        after = text[found.end : found.end + _BESIDE]
        before = text[max(0, found.start - _JUST_BEFORE) : found.start]
        for name, verb in _TOLD.items():
            if verb.search(after) or verb.search(before):
                return name
    return None


def _roles(heard: Heard, role: str) -> list[str | None]:
    """The role of each day: the one given, unless the words beside say another; of a single day only what
    follows it at once (10月8号换的), so that 10月8号，最晚哪天提交 is not a day of submission.

    Beside one that a verb goes with, a day without any tells something else (去年备的案，3号搬的家), unless
    it takes the other's place.
    """
    text = heard.said.written
    if len(heard.days) == 1:
        beside = text[heard.days[0].end :]
        return [next((name for name, told in _TOLD_AT_ONCE.items() if told.match(beside)), role)]
    ends = [*(found.start for found in heard.days[1:]), len(text)]
    besides = []
    for found, end in zip(heard.days, ends, strict=True):
        beside = text[found.end : min(end, found.end + _BESIDE)]
        besides.append(next((name for name, verb in _TOLD.items() if verb.search(beside)), None))
    if heard.meaning.manner != "correct" and any(besides):
        return besides
    return [own or role for own in besides]


def day_of(state: Discourse, role: str, today: date) -> Span | None:
    """The days of a role in the change in hand; what has happened cannot lie after today."""
    span = state.focus.span(role)
    if span and span.first <= today < span.last:
        return Span(span.first, today)
    return span
