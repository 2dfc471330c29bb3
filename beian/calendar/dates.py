"""The dates in a message, as people say them, read against today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import islice
from typing import Literal

from dateutil.relativedelta import relativedelta

from beian.calendar.festival_phrases import FESTIVALS
from beian.calendar.reading import Reading
from beian.calendar.relative import RELATIVE
from beian.calendar.written import WRITTEN
from beian.text import patterns
from beian.text.plain import plain_characters

Kind = Literal["exact", "approximate", "impossible", "future"]
READERS = (*FESTIVALS, *RELATIVE, *WRITTEN)
# Every phrase holds one of these; most messages hold none and are done here.
_HINT = patterns.compile(
    r"\d|[一二两三四五六七八九十半几俩仨][来多]?(?:月|号|日|天|周|个|年|星期|礼拜)|[上这本下当]个?月|[上这本下]一?个?(?:周|星期|礼拜)"
    r"|(?:周|星期|礼拜)[一二三四五六日天末]|[去前今本明后]年|年[初底末中前后]|过[完了]年|月[初底末中上下]|旬|[昨今明前后][天日晚早儿]|刚才|前[两几些一阵段不]|这[几两]天|不久前"
    r"|节|国庆|元旦|五一|过年|除夕|三十|清明|端午|中秋|元宵|重阳|七夕|中元|腊|圣诞|平安夜|十[一二]|农历|阴历|大年|正月|三八|七一|八一|六一"
)
_BIRTH = patterns.backtracking(r"[日号]?的?(?:出生|生(?![效成产意])|人)")
_ROUGHLY = patterns.compile(r"左右|前后|上下|附近")
_ROUGH_DAYS = 3
# So many phrases of one form are read; a message with more is no message about dates.
_MOST_OF_A_FORM = 24
# A plan speaks of the day to come: 4月10日要换法人, 打算4月10日搬.
YEARLESS = patterns.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:月|[./-]\d)")
# A day told from today, whatever else is spoken of: 明天, 上周五, 下个月3号.
FROM_TODAY = patterns.compile("[今明昨去]|[前后][天年]|[上下本这当][个周月星礼]|刚|不久")
_PLANNED_AFTER = patterns.backtracking(
    r"(?:我们?|公司|就|才|我司|开始|左右|之?后)?(?:打算|准备|计划|将要?|预计|拟|要(?!求|么|是|不|在))"
)
_PLANNED_BEFORE = patterns.backtracking(
    r"(?:打算|准备|计划|预计|将要?|拟|(?<!需)(?<!必须)要)(?:在|于|等到|到)?$"
    r"|(?:推|拖|挪|改|延|等|放|定|约|卡|赶|排)(?:到|在)了?$|争取$"
)
# 过年前能下来吗
_HOPED_AFTER = patterns.compile("(?:就|还|都)?(?:能|可以|会|来得及|赶得)")
# 假如1月20号交, but not 假设9月25号变的.
_SUPPOSED_BEFORE = patterns.compile("(?:假如|假设|如果|要是|万一)(?:我们?|是|就|能|在)?$")
_HAPPENED = patterns.compile("[^,，。;；?？!！]{0,8}[的了](?:[,，。;；?？!！呢吧]|$)")


@dataclass(frozen=True)
class FoundDate:
    """A date phrase: `text` is message[start:end].

    `first` and `last` bound the days it may mean and `day` is the one to count from (for a stretch such
    as 月底 its first day, so that no deadline comes out too late); all are None when `kind` is
    "impossible". `kind` is "future" when all of it lies after today.
    """

    text: str
    start: int
    end: int
    day: date | None
    kind: Kind
    first: date | None = None
    last: date | None = None


def find_dates(text: str, today: date) -> list[FoundDate]:
    """The dates in a message, in order, without overlaps.

    A date without a year is the latest one not after today, or one within the next 45 days or that a plan
    speaks of ("future"). Of a message full of dates the first ones are found.
    Birthdays, periods (30日内), counts, prices, versions and addresses are not dates.
    """
    return list(_find_dates(text, today))


# A turn asks for the dates of its message from several sides.
@lru_cache(maxsize=16)
def _find_dates(text: str, today: date) -> tuple[FoundDate, ...]:
    plain = plain_characters(text)
    if not _HINT.search(plain):
        return ()
    found: list[tuple[int, int, Reading | str, Callable[[date], Reading | str | None], bool]] = []
    for place, (pattern, read) in enumerate(READERS):
        for match in islice(pattern.finditer(plain), _MOST_OF_A_FORM):
            reading = read(match, today)
            if reading is not None:
                end = match.end() - match[0].endswith("的")
                # FESTIVALS come first in READERS
                found.append((match.start(), end, reading, partial(read, match), place < len(FESTIVALS)))
    # At one place the longest phrase wins; it may not begin inside one taken before.
    found.sort(key=lambda entry: (entry[0], -entry[1]))
    dates: list[FoundDate] = []
    taken = 0
    for start, end, reading, as_of, festival in found:
        if start < taken:
            continue
        taken = end
        if not _BIRTH.match(plain, end):
            past = isinstance(reading, Reading) and reading.last < today
            if past and _planned(plain, start, end, festival=festival):
                later = as_of(today + relativedelta(years=1))
                reading = later if later and _meant_ahead(plain, start, reading, later, today) else reading
            dates.append(_found(text, plain, start, end, reading, today))
    return tuple(dates)


def _meant_ahead(text: str, start: int, past: Reading | str, later: Reading | str, today: date) -> bool:
    """Whether a day without a year is the one to come; of what is only supposed the nearer one is meant."""
    if not _SUPPOSED_BEFORE.search(patterns.tail(text, start)):
        return True
    if not (isinstance(past, Reading) and isinstance(later, Reading)):
        return True
    return later.first - today <= today - past.last


def _planned(text: str, start: int, end: int, *, festival: bool) -> bool:
    """Whether a month and day, or a `festival`, without a year tells of what is still to be done."""
    phrase, before = text[start:end], patterns.tail(text, start)
    yearless = YEARLESS.match(phrase) or (festival and not any(map(str.isdigit, phrase)))
    if not yearless or FROM_TODAY.search(phrase):
        return False
    if phrase.endswith("前") and _HOPED_AFTER.match(text, end):
        return not _HAPPENED.match(text, end)
    if _SUPPOSED_BEFORE.search(before):
        return not _HAPPENED.match(text, end)
    return bool(_PLANNED_AFTER.match(text, end) or _PLANNED_BEFORE.search(before))


def _found(text: str, plain: str, start: int, end: int, reading: Reading | str, today: date) -> FoundDate:
    if isinstance(reading, str):
        return FoundDate(text[start:end], start, end, None, "impossible")
    roughly = _ROUGHLY.match(plain, end)
    if roughly:
        end = roughly.end()
        reading = Reading(
            reading.first - timedelta(days=_ROUGH_DAYS),
            reading.last + timedelta(days=_ROUGH_DAYS),
            reading.day,
        )
    first, last = reading.first, reading.last
    if reading.day > today:
        kind: Kind = "future"
    else:
        # What has happened cannot lie after today, whatever the phrase covers.
        last = min(last, today)
        kind = "exact" if first == last and not roughly else "approximate"
    return FoundDate(text[start:end], start, end, reading.day, kind, first, last)
