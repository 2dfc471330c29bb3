"""Questions for days: which one, whether days count, and which end of a span."""

from __future__ import annotations

from functools import lru_cache

from beian.calendar.festivals import NAMES
from beian.hearing.questions import CLAUSE_END, is_polar, supposes
from beian.text import patterns

_ABOUT_DAYS = patterns.compile(
    "是(?:不是|个)?周末|算[吗不么进在没]|[会要]算|算工作日|[是算]不[是算]工作日|上班|放假|休息|调休|补班|工作日吗"
)
_COUNTED_OR_NOT = patterns.compile("算(?:[进在][^,，。;；]{0,5})?了?没有?[?？]?$")
_WEEKENDS = patterns.backtracking(r"(?<![上下本这个])(?:周末|双休|(?:礼拜|星期|周)[六日天](?![\d号]))")
_MEETS = patterns.compile(
    "[碰赶撞遇][得不]?[上到着]|影响|耽[误搁]|推迟|[拖延][慢延后迟误长]|[夹隔](?:着|了|在)|跨(?:着|了|过|到)?"
)
_OFF = patterns.compile("放假|假期|长假|休假|放[几一二两三四五六七八九十\\d]+天")
_COUNTS_IN = patterns.compile("[算含扣除刨计]|包括|上班|办公|[审休]|影响|耽误")
# 当天算不算第一天, 从当天数还是第二天数: which day is the first of a period.
_FIRST_DAY = patterns.compile(
    "(?:当天|当日|那天|[\\d十][号日])(?:那天|当天|当日)?(?:也|就|还|到底)?(?:算|数|计)(?:不算|没算)?(?:作|是|在|进)?(?:第[一二1]天|头一天|一天|在?内|进去|里)"
    "|(?:当天|当日|次日|第二天|隔天)(?:开始|起|就)?(?:算|数|计)|(?:含不含|包不包[括含]|[包含]括?含?)(?:提交|变更|收到)?的?(?:当天|当日)"
    "|(?:当天|当日)(?:[算包含计]|是不是)"
)
# 周末能提交吗, 今天周六，交了算数不: a day off, and handing in after it.
_FESTIVALS = "|".join(sorted(NAMES, key=len, reverse=True))
_DAY_OFF = (
    f"(?:周末|双休日?|(?:礼拜|星期|周)[六日天]|放假|节假日|假期|休息日|初[一二三四五六七]|{_FESTIVALS})"
    "(?!节?(?:之|以)?[前后])"
)
_OFF_HANDED_IN = patterns.backtracking(
    f"{_DAY_OFF}.{{0,12}}?(?:提交|递交|[上申]报|申请|受理|(?<![移转])交(?![易接割换的]))(?!以?后|的|之前|前)"
    f"|(?:提交|递交|申请|受理).{{0,6}}{_DAY_OFF}.{{0,4}}(?:[行可能]|有用|有效)"
)
_NOT_OF_HANDING_IN = patterns.compile(
    "审|批|工作日|[过逾超]期|来得及|赶得|来不及|赶不|晚|迟|顺延|几天|多久|结果"
)
_MOVES_ON = patterns.compile("顺延|往后[推延挪]")
_MOVES_TO = patterns.compile("[延推]到")
_WHEN = patterns.compile(
    "几号|哪天|哪一天|几天|几日|多久|什么时候|啥时候|何时|几时|最[晚迟早快慢]|来[得不]及|赶[得不]|过期|逾期|超期|到期|期限|截止|还剩|晚|时间"
)
_DAY_ASKED = patterns.compile(
    "几号|哪天|哪一天|几天|几日|多久|什么时候|啥时候|何时|几时|期限|截止|还剩|来[得不]及"
)
_APART = patterns.compile(
    "分别|各自|各[是要在到为]|逐一|都[是要得该]{0,2}(?:什么时候|啥时候|几号|哪天|何时)"
    "|(?:[两三四五几二]|每一?)[件项个样桩](?:事情?|变更)?(?:都|分|各|呢|的|要|最|什么|啥|几|哪|到|该|$)"
)
_LATEST = patterns.compile("最慢|最晚|最迟|最长|最多")
_EARLIEST = patterns.compile("最快|最早|最短|最少")


def asks_when(text: str) -> bool:
    """Whether it asks for a day or a span, or whether it is in time: 那最迟几号, 还来得及不."""
    return bool(_WHEN.search(text))


def asks_a_day(text: str) -> bool:
    """Whether it asks for a day or a number of days by the very words: 最迟几号, 还剩几天."""
    return bool(_DAY_ASKED.search(text))


def asks_apart(text: str) -> bool:
    """Whether it asks of each of several: 分别几号, 三件都要什么时候交."""
    return bool(_APART.search(text))


@lru_cache(maxsize=8)
def asks_about_days(text: str) -> bool:
    """Whether it asks if days count, or move a last day on: 国庆那几天算吗, 周末能顺延吗. It tells nothing
    that happened on them."""
    either = _ABOUT_DAYS.search(text) or (_MOVES_TO.search(text) and not supposes(text))
    counted = any(_COUNTED_OR_NOT.search(clause) for clause in CLAUSE_END.split(text))
    return counted or bool(_MOVES_ON.search(text)) or (bool(either) and is_polar(text))


def asks_about_weekends(text: str) -> bool:
    """Whether the days it asks about are the weekends, and no certain one."""
    asks = asks_about_days(text) or (is_polar(text) and bool(_COUNTS_IN.search(text)))
    return bool(_WEEKENDS.search(text)) and asks


def asks_to_hand_in_off(text: str) -> bool:
    """Whether it asks if one can hand in on a day off, or if that counts: 国庆交行不行."""
    about = _OFF_HANDED_IN.search(text) and not _NOT_OF_HANDING_IN.search(text)
    return bool(about) and is_polar(text)


def speaks_of_a_festival(text: str) -> bool:
    """Whether a phrase for days names a festival: 元旦, 春节放假."""
    return any(name in text for name in NAMES)


def speaks_of_days_off(text: str) -> bool:
    """Whether it speaks of a holiday as time off: 元旦放假怎么算."""
    return bool(_OFF.search(text))


def asks_whether_met(text: str) -> bool:
    """Whether it asks if a time falls on some days: 会碰上元旦吗, 春节会影响吗."""
    return bool(_MEETS.search(text))


def asks_the_first_day(text: str) -> bool:
    """Whether it asks which day is counted as the first of a period: 当天算不算第一天."""
    return bool(_FIRST_DAY.search(text))


def wanted_end(text: str) -> str | None:
    """Which end of a span is asked for: "first" (最快), "last" (最慢); None for neither or both."""
    first, last = bool(_EARLIEST.search(text)), bool(_LATEST.search(text))
    return None if first == last else "first" if first else "last"
