"""Which day of the case a message tells, and as how certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from beian.calendar.dates import FoundDate, not_past, without_month
from beian.calendar.span import Span
from beian.hearing.heard import Heard
from beian.hearing.own_days import beside_a_change, matter_of
from beian.hearing.questions import (
    asks_about_days,
    asks_about_weekends,
    asks_the_first_day,
    asks_whether_met,
    is_polar,
    supposes,
)
from beian.kb import KnowledgeBase
from beian.meaning.advance import SUPPOSING, TELLING
from beian.meaning.state import Discourse, Matter
from beian.text import patterns

ROLES = ("changed", "submitted", "rejected")
OF_PHASE = {"submitted": "submitted", "rejected": "rejected"}
# Where several days stand in one message, the words beside each tell which it is: verbs of two events.
_VERBS = {
    "rejected": "驳|退|打回|没通过|没过|不通过|拒|收到|接到通知",
    "submitted": "提交|[递送传报][上过了出进交]|上报|交[的了上过进]|送审|点了?提交",
    "changed": "变|换|改|过户|搬|迁|挪|切[过到换]|更名|转让|卖|离职|交接",
}
# Beside a day of the past these tell that the change was made; of one to come, that it is waited for.
_DONE = patterns.compile(".{0,6}?(?:下来|拿到|办[好完下]|批[下了]|领[到了]|到手|生效|登记|签)")
_A_MONTH = patterns.compile("^(?:上上?个?|这个?|本|下个?|\\d{1,2}|[一二三四五六七八九十]{1,2})月份?的?$")
_NO_WEEK = patterns.compile("^(?:周|星期|礼拜)[一二三四五六日天]$")
# The day of a plan: 12月5号去办, 下周五交行吗, 14号才备得齐; with 的 or 了 after it, it happened.
_HANDS_IN = patterns.compile(
    "(?:那天|左右|再|才|去|来|能|想|打算|准备|开始|可以|就|把|材料|资料|手续|东西|都|全){0,6}"
    "(?:提?交|递交|[转改换过办弄][好完]|办|弄|报|申请|走流程|提|备得?齐|备好|准备[好齐]|凑得?齐|搞定|搞好|补|[^,，。;；!！?？\\s]{0,6}?[转改换过办弄备拿凑]得?[好完齐到])(?P<done>得?[的了过])?"
)
# 12月5号前办不完: what cannot be done by a day happened on none.
_CANNOT = patterns.compile(".{0,10}?(?:[办弄搞交做赶拿过户下提补]不[完了好上到来及]|来不及|不出来)")
# 20号之前要结果: a day that something is to be done by.
_LIMIT = patterns.compile("(?:之|以)?前")
_HANDED_IN = patterns.compile(
    "(?:才|再|去|就|要|想|准备|打算|左右|那天|把|材料|资料|申请){0,3}(?:提交|递交|上报|交)(?:[上过]去?|给[^,，]{1,3})?(?:[的了]|的?话|$|[,，])"
)
_CLAUSE_END = patterns.compile(r"[,，。;；!！?？\s]")
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
MOSTLY_DAYS_AND_NAMES = 0.6


def tell_days(state: Discourse, heard: Heard, kb: KnowledgeBase) -> tuple[Discourse, FoundDate | None]:
    """The state with the days that a message tells, and the day that cannot be (impossible, or still to
    come where it must be past), if there is one.

    A question about a day (国庆算吗), or one that only supposes, tells nothing.
    """
    heard = replace(heard, days=_joined([found for found in heard.days if not asked_about(found, heard)]))
    role = role_of(state, heard, kb) if heard.days else None
    if role is None or not _tells(state, heard, role) or planned_day(state, heard, role):
        return state, None
    roles = _roles(heard, role)
    told: set[tuple[Matter, str]] = set()
    doubtful = None
    after = state
    for found, own in zip(heard.days, roles, strict=True):
        before = heard.said.written[: found.start]
        if own is None or _NOT_THEN.search(before) or _WANTED_BY.search(before) or _to_come_by(found, heard):
            continue
        if found.first is None or found.last is None or _still_to_come(found, own, heard):
            doubtful = doubtful or found
            continue
        matter = matter_of(found, heard, after)
        span = _of_the_known(Span(found.first, found.last), matter.span(own), found.text).as_text()
        if span == getattr(matter, own) or (found.kind == "exact" and _from_now(found, heard, own, state)):
            continue
        if (matter, own) not in told or heard.meaning.manner == "correct":
            after = after.with_matter(matter, **{own: span})
            told.add((replace(matter, **{own: span}), own))
    return after, None if told else doubtful


def asked_about(found: FoundDate, heard: Heard) -> bool:
    """Whether the clause that a day stands in asks about it (国庆算吗, 春节会影响吗): it tells nothing."""
    clause = clause_of(found, heard)
    festival = not any(map(str.isdigit, found.text)) and found.kind != "impossible"
    met = festival and found.first != heard.today and asks_whether_met(clause) and is_polar(clause)
    # 12月12号是礼拜六，能顺延吗: in another clause as well, unless the day's own tells what was done
    done = any(verb.search(clause) for verb in _TOLD.values())
    whole = clause if done else heard.said.text
    return met or asks_about_days(whole) or asks_about_weekends(clause) or asks_the_first_day(clause)


def clause_of(found: FoundDate, heard: Heard) -> str:
    """The clause that a day stands in."""
    written = heard.said.written
    before, after = written[: found.start], written[found.start :]
    return str(_CLAUSE_END.split(before)[-1]) + str(_CLAUSE_END.split(after)[0])


def said_to_have_happened(heard: Heard, day: date) -> bool:
    """Whether a message says of a day that something was done on it: 12月15号换的, not 12月15号要换."""
    after = [heard.said.written[found.end :] for found in heard.days if found.first == day]
    clauses = [_CLAUSE_END.split(text)[0] for text in after]
    return any(told.match(clause) for clause in clauses for told in _TOLD_AT_ONCE.values())


def handed_in_then(heard: Heard) -> bool:
    """Whether the one day of a message is told as that of handing in: 11月初交的, 12月10号交的话."""
    return len(heard.days) == 1 and bool(_HANDED_IN.match(heard.said.written[heard.days[0].end :]))


def _joined(days: Sequence[FoundDate]) -> tuple[FoundDate, ...]:
    """The days, a month told beside a day without one (23号交的 上个月) joined to it."""
    bare = [found for found in days if found.first and without_month(found.text)]
    months = [found for found in days if found.first and _A_MONTH.match(found.text)]
    if len(days) != 2 or len(bare) != 1 or len(months) != 1:
        return tuple(days)
    (day,), (month,) = bare, months
    assert day.first
    assert month.first
    try:
        joined = month.first.replace(day=day.first.day)
    except ValueError:
        return tuple(days)
    return (replace(day, day=joined, first=joined, last=joined, kind="exact"),)


def _still_to_come(found: FoundDate, role: str, heard: Heard) -> bool:
    """Whether what must have happened is said of a day to come; what is only supposed may be."""
    return role == "rejected" and found.kind == "future" and not supposes(heard.said.text)


def _of_the_known(told: Span, known: Span | None, text: str) -> Span:
    """A year told by itself (去年的) is the year of the known day; a day without its month (21号) is one of
    the days that it was known to be among."""
    if told.exact and known is not None and not known.exact:
        within = [known.first + timedelta(days=day) for day in range((known.last - known.first).days + 1)]
        same = [
            day
            for day in within
            if (without_month(text) and day.day == told.first.day)
            or (_NO_WEEK.match(text) and day.weekday() == told.first.weekday())
        ]
        return Span(same[0], same[0]) if len(same) == 1 else told
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
    if manner in TELLING:
        return manner == "correct" or _said_of_the_case(state, heard)
    if told_beside(heard) or supposes(heard.said.text) or _makes_certain(state, heard, role):
        return True
    if role == "submitted" and any(_handed_in(found, heard) for found in heard.days):
        return True
    if manner == "what_if":
        return _said_of_the_case(state, heard)
    if manner in SUPPOSING:
        return False
    exact = any(found.kind == "exact" and found.day != heard.today for found in heard.days)
    # 上个月底才拿到新照，最晚哪天: what its days are counted from is what the question is about
    came = role == "changed" and any(_DONE.match(heard.said.written[found.end :]) for found in heard.days)
    return _mostly_days(heard) or ((exact or came) and not _known(state, role))


# So many signs beside a day tell nothing besides it: 好像是29号吧.
_LITTLE_BESIDE = 6


def _makes_certain(state: Discourse, heard: Heard, role: str) -> bool:
    """Whether a message is hardly more than one of the days that the case's may be: 好像是29号吧."""
    known = state.focus.span(role)
    if known is None or known.exact or len(heard.days) != 1 or heard.said.named:
        return False
    found = heard.days[0]
    little = len(heard.said.written) - len(found.text) <= _LITTLE_BESIDE
    return little and found.day is not None and known.first <= found.day <= known.last


def _known(state: Discourse, role: str) -> bool:
    """Whether the very day of a role is known, not only roughly."""
    span = state.focus.span(role)
    return span is not None and span.exact


def _mostly_days(heard: Heard, *, with_names: bool = False) -> bool:
    """Whether a message is hardly more than its days, or days and what changed on them."""
    names = {word for (slot, _), word in heard.said.words.items() if slot == "item"} if with_names else ()
    told = sum(len(text) for text in (*(found.text for found in heard.days), *names))
    return told / max(1, len(heard.said.written)) >= (MOSTLY_DAYS_AND_NAMES if with_names else MOSTLY_A_DAY)


def _said_of_the_case(state: Discourse, heard: Heard) -> bool:
    """Whether a statement with a day says when a step of the case was taken (10月8号换的, or hardly more than
    the day, or what was asked for), and not something else that happened then (昨天打不开了)."""
    kind = state.asked.kind if state.asked else ""
    waits = kind in ROLES and not _known(state, kind) and not heard.said.values("item")
    done = any(
        found.kind != "future" and _DONE.match(heard.said.written[found.end :]) for found in heard.days
    )
    mostly = _mostly_days(heard) or _mostly_days(heard, with_names=True)
    return waits or done or mostly or bool(told_beside(heard))


def _to_come_by(found: FoundDate, heard: Heard) -> bool:
    """Whether a day is one by which something is to be done, or cannot be (12月5号前办不完)."""
    after = heard.said.written[found.end :]
    limit = _LIMIT.match(after)
    happened = limit and any(told.match(after[limit.end() :]) for told in _TOLD_AT_ONCE.values())
    return bool(_CANNOT.match(after)) or bool(limit and not happened) or _ends_before(found)


def planned_day(state: Discourse, heard: Heard, role: str) -> FoundDate | None:
    """The day on which the customer means to hand in, once the day that the time runs from is known: that
    beside which it is said, or the only one, in a yes-or-no question (12月15号没问题吧), unless a verb says
    that it happened then. A day without its month is one to come."""
    known = state.focus.span(role)
    if role == "submitted" or known is None or _makes_certain(state, heard, role):
        return None
    text, manner = heard.said.written, heard.meaning.manner
    days = [found for found in heard.days if found.first is not None and not _to_come_by(found, heard)]
    handing = [found for found in days if found.day != heard.today and _handed_in(found, heard)]
    if handing:
        return not_past(handing[-1], heard.today) if heard.today else handing[-1]
    # 推到12月8号呢: of a change that has been made, what is put off is handing it in
    put_off = supposes(heard.said.text) or manner == "what_if"
    past = heard.today is not None and known.last <= heard.today
    asked = manner != "correct" and (is_polar(heard.said.text) or (put_off and past))
    alone = days[0] if len(days) == 1 and asked else None
    happened = alone and any(told.match(text[alone.end :]) for told in _TOLD_AT_ONCE.values())
    return None if happened else alone


def cannot_by_then(heard: Heard) -> bool:
    """Whether a message says that something cannot be done by a day: 12月5号前过户办不完."""
    return any(_CANNOT.match(heard.said.written[found.end :]) for found in heard.days)


def _handed_in(found: FoundDate, heard: Heard) -> bool:
    """Whether what follows a day says that something is handed in or got ready then."""
    after = heard.said.written[found.end :]
    hands_in = _HANDS_IN.match(after)
    # 明天弄的话 supposes, and 明天弄的 does not
    return hands_in is not None and (not hands_in.group("done") or after[hands_in.end() :].startswith("话"))


def limit_day(heard: Heard) -> date | None:
    """The day by which something has to be ready (元旦前能好不): the last such day of a message."""
    limits = [
        found.last + timedelta(days=1) if _ends_before(found) else found.first
        for found in heard.days
        if found.first and found.last and _to_come_by(found, heard)
    ]
    return limits[-1] if limits else None


def until_then(heard: Heard, today: date) -> Span | None:
    """The days up to the one before which something is to be handed in (月底前交来得及吧)."""
    limits = [not_past(found, today) for found in heard.days if _to_come_by(found, heard)]
    last = limits[-1].last if limits and not cannot_by_then(heard) else None
    return Span(today, last) if last is not None and last >= today else None


def _ends_before(found: FoundDate) -> bool:
    """Whether a phrase for days to come ends before something: 元旦前."""
    return found.kind == "future" and found.text.endswith("前")


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
        own = next((name for name, verb in _TOLD.items() if verb.search(beside)), None)
        if own is None and role == "submitted" and _handed_in(found, heard):
            own = role
        besides.append(own or (role if beside_a_change(found, heard) else None))
    if heard.meaning.manner != "correct" and any(besides):
        return besides
    return [own or role for own in besides]


def day_of(state: Discourse, role: str, today: date) -> Span | None:
    """The days of a role in the change in hand; what has happened cannot lie after today."""
    span = state.focus.span(role)
    if span and span.first <= today < span.last:
        return Span(span.first, today)
    return span
