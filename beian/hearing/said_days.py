"""The days that a message is about, of those that stand in it: a lateness is none, the later one counts
where it corrects the one before, and two phrases for one day are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.calendar.dates import FoundDate, Kind
from beian.calendar.plans import in_month_of, without_month
from beian.calendar.reading import month_part
from beian.hearing.clauses import clauses_in
from beian.hearing.event_verbs import TOLD
from beian.hearing.same_day import known_by_another
from beian.hearing.today_told import without_today
from beian.text import patterns

# 超了14天了, 晚了十来天了: how late it is, and no day.
_LATE = patterns.compile(
    "(?:[超晚迟]|逾期|延误|耽误)(?:期|时|过|出|的|了|已经?|都|有|快|将近|差不多|大概|上|到|个)*$"
)
# 11月3号改的名，哦不是，是10月31号: words that take back what stands before them, in a clause of their own.
_BEGINS = "(?:^|[,，。;；…~～\\s.—!！?？-])(?:[哦噢喔啊呃额嗯哎诶唉呀欸嘿等一下,，…~～\\s.]|抱歉|不好意思)*"
_TAKES_BACK = (
    "(?:不+对|不不+|不是(?:不是)*|[我]?刚?才?(?:说|记|写|打|搞|看|弄|讲|输|算)(?:错|岔|反)|错了|(?:我)?(?:更正|纠正|改口|口误)"
    "|准确(?:地|来|点)?(?:说|讲))"
)
_AND_SO = (
    "(?:了|啦|啊|哈|呀|的|一下|日期|日子|应该|其实|实际|我们?|那|该|就|才"
    "|[是为在于：:,，。;；…~～\\s.—!！-])*$"
)
_CORRECTS = patterns.compile(f"{_BEGINS}{_TAKES_BACK}{_AND_SO}")
_BEGINS_ANEW = patterns.compile(
    f"(?:[哦噢喔啊呃额嗯哎诶唉呀,，…~～\\s.]|我|抱歉|不好意思|[您你])*{_TAKES_BACK}"
)
_SIGHED = patterns.compile(
    "[,，。;；…~～\\s.—!！-][哦噢喔啊呃额嗯哎诶唉呀欸](?:[,，…~～\\s.])*不(?:[,，…~～\\s.是])*$"
)
# 11月3号换的，不是10月31号: this denies what follows.
_DENIES = patterns.compile("(?:^|[^哦噢喔啊呃额嗯哎诶唉呀欸])不是$")
_A_MONTH = patterns.compile("^(?:上上?个?|这个?|本|下个?|\\d{1,2}|[一二三四五六七八九十]{1,2})月份?的?$")
_A_PART = patterns.compile("^月?(?P<part>[上中下]旬|初|底|末|中)$")


def days_said(days: Sequence[FoundDate], text: str, today: date) -> tuple[FoundDate, ...]:
    """The days of a message, as found in its `text`, that it is about."""
    told = without_today([found for found in days if not _is_a_lateness(found, text)], text, today)
    return _joined(_corrected(known_by_another(told, text, today), text, today), text, today)


def takes_back(text: str) -> bool:
    """Whether a message begins with words that take back what was said before: 搞错了, 不对, 我记错了."""
    return bool(_BEGINS_ANEW.match(text))


def part_of_a_month(text: str) -> str | None:
    """The part that a phrase tells of a month that it does not name (月中, 下旬); None for any other."""
    match = _A_PART.match(text)
    return match["part"] if match else None


def _is_a_lateness(found: FoundDate, text: str) -> bool:
    counted = found.text[:1] not in "过再" and found.text.endswith("了")
    return counted and bool(_LATE.search(patterns.tail(text, found.start)))


def _corrected(days: Sequence[FoundDate], text: str, today: date) -> list[FoundDate]:
    """Without the days that the one after them takes the place of; what was said to have happened on the
    first happened on the other."""
    kept: list[FoundDate] = []
    for found in days:
        if kept and found.day and _takes_its_place(text[kept[-1].end : found.start]):
            place = kept.pop()
            end = next((other.start for other in days if other.start > found.start), len(text))
            found = in_month_of(found, place.day, today) if place.day else found
            if _tells(text[place.end : found.start]) and not _tells(text[found.end : end]):
                found = replace(found, text=place.text, start=place.start, end=place.end)
        kept.append(found)
    return kept


def _takes_its_place(between: str) -> bool:
    said = bool(_CORRECTS.search(between)) and not _DENIES.search(between)
    return said or bool(_SIGHED.search(between))


def _tells(after: str) -> bool:
    """Whether a verb in the clause that follows a day says what happened on it."""
    return any(verb.search(clauses_in(after)[0]) for verb in TOLD.values())


def _joined(days: Sequence[FoundDate], text: str, today: date) -> tuple[FoundDate, ...]:
    """A month beside a day or a part without one (23号交的 上个月, 10月搬的，好像是月中), joined to it."""
    months = [found for found in days if found.first and _A_MONTH.match(found.text)]
    others = [found for found in days if found not in months]
    if len(days) != 2 or len(months) != 1 or not others[0].first:
        return tuple(days)
    (month,), (day,) = months, others
    assert month.first
    assert day.first
    part = part_of_a_month(day.text)
    if not part and not without_month(day.text):
        return tuple(days)
    try:
        first = last = month.first.replace(day=day.first.day)
    except ValueError:
        return tuple(days)
    if part:
        within = month_part(month.first.year, month.first.month, part)
        first, last = within.first, within.last
        if first <= today < last:
            last = today
    ahead = first > today
    kind: Kind = "future" if ahead else "exact" if first == last else "approximate"
    # where the verb stands beside the month it is of this that the message tells
    place = month if _tells(text[month.end :]) and not _tells(text[day.end :]) else day
    return (FoundDate(place.text, place.start, place.end, first, kind, first, last),)
