"""Dates told from today: 昨天, 上周五, 三个星期前, 半个月前, 改了20天了, 换了三天."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beian.calendar.numerals import NUMBER, read_number
from beian.calendar.reading import Reading
from beian.calendar.written_read import Read
from beian.text import patterns

_NUMERAL = "一二两三四五六七八九十百"
DAY_WORDS = {
    "大前天": -3,
    "前天": -2,
    "前日": -2,
    "前儿": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "昨儿": -1,
    "今天": 0,
    "今日": 0,
    "今早": 0,
    "今晚": 0,
    "今儿": 0,
    "刚才": 0,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "后天": 2,
    "大后天": 3,
}
# Days ago, from and to, of the words for some time back.
LOOSE_WORDS = {
    "前两天": (4, 1),
    "前几天": (9, 2),
    "前些天": (14, 3),
    "前几日": (9, 2),
    "这几天": (6, 0),
    "这两天": (2, 0),
    "前阵子": (60, 10),
    "前一阵": (60, 10),
    "前段时间": (60, 10),
    "前一段时间": (60, 10),
    "前不久": (30, 3),
    "不久前": (30, 3),
}
_WEEK_SHIFT = {"上上上": -3, "上上": -2, "大上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六", 0)} | {
    "日": 6,
    "天": 6,
    **{str(number): number - 1 for number in range(1, 8)},
}
_UNIT_WORDS = {"天": "days", "周": "weeks", "星期": "weeks", "礼拜": "weeks", "月": "months", "年": "years"}
_HALVES = {"days": 0, "weeks": 3, "months": 15, "years": 182}
# How far off a rounded count may be, in days.
_SLACK = {"days": 0, "weeks": 0, "months": 7, "years": 45}


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _day_word(match: patterns.Match, today: date) -> Reading:
    return Reading.of(today + timedelta(days=DAY_WORDS[match[0]]))


def _loose_word(match: patterns.Match, today: date) -> Reading:
    longest, shortest = LOOSE_WORDS[match[0]]
    return Reading.stretch(today - timedelta(days=longest), today - timedelta(days=shortest))


def _monday(today: date, shift: str) -> date:
    return today + timedelta(days=7 * _WEEK_SHIFT[shift] - today.weekday())


def _weekday(match: patterns.Match, today: date) -> Reading:
    """上周五; without a week, the latest such day. Weeks begin on Monday."""
    number, shift = _WEEKDAYS[match["day"]], match["shift"]
    if shift:
        return Reading.of(_monday(today, shift) + timedelta(days=number))
    return Reading.of(today - timedelta(days=(today.weekday() - number) % 7))


def _week(match: patterns.Match, today: date) -> Reading | None:
    """上周, 这个星期, 上周末, 周末; 周 alone is no date."""
    shift, end = match["shift"], match["end"]
    if not (shift or end):
        return None
    monday = _monday(today, shift or "这")
    if not end:
        return Reading.stretch(monday, monday + timedelta(days=6))
    saturday = monday + timedelta(days=5)
    if not shift and saturday > today:
        saturday -= timedelta(days=7)
    return Reading.stretch(saturday, saturday + timedelta(days=1))


def _count_back(match: patterns.Match, today: date) -> Reading | None:
    """三个星期前, 半个月前, 一个半月前, 十几天前, 几个月前, 20天了."""
    unit = _UNIT_WORDS[match["unit"]]
    if match["either"]:
        # 两三天前: between the one and the other.
        fewer, more = (today - relativedelta(**{unit: read_number(char)}) for char in match["either"])
        return Reading.stretch(more, fewer) if more < fewer else None
    if unit == "days" and match["half"] and not match["number"]:
        return None
    number, half = match["number"], match["half"] or match["half_after"]
    rough = match["rough"] or match["over"] or match["more"]
    if not (number or half or rough):
        return None
    try:
        count = read_number(number) if number else (3 if rough and not half else 0)
    except ValueError:
        return None
    day = today - relativedelta(**{unit: count})
    if half:
        day -= timedelta(days=_HALVES[unit])
    if rough:
        # 十几天 and 一个多月: anything up to the next round number.
        wide = timedelta(days={"days": 9, "weeks": 6, "months": 29, "years": 364}[unit])
        return Reading.stretch(day - wide, day)
    slack = max(_SLACK[unit], 3 if half else 0)
    return Reading.about(day, slack) if slack else Reading.of(day)


_COUNT = (
    rf"(?<![\d{_NUMERAL}.\-~至到第])(?:(?P<either>[一二两三四五六七八][二三四五六七八九](?![十百]))|(?P<number>{NUMBER}|[俩仨]))?(?P<rough>几|多|来)?个?(?P<half>半)?个?(?P<over>多)?"
    rf"(?P<unit>天|周(?!岁)|星期|礼拜|(?<=[个半多俩仨])月|年)(?P<half_after>半)?(?P<more>多)?"
)
# 还有20天了, 再过3天了 and 30天了吗 look ahead; "N年了" mostly tells how long a site has been there.
_NOT_ELAPSED = r"(?<!还有)(?<!只剩)(?<!还剩)(?<!再过)(?<!还差)(?<!超过)(?<!满)"
RELATIVE: tuple[tuple[patterns.Pattern, Read], ...] = (
    # 刚才 speaks of the talk itself unless something was done then
    (
        patterns.backtracking(
            rf"(?:{_alternatives(DAY_WORDS)})(?<!刚才)|刚才(?=.{{0,6}}[换改变交收办批驳搬])"
        ),
        _day_word,
    ),
    (patterns.compile(rf"(?:{_alternatives(LOOSE_WORDS)})"), _loose_word),
    (
        patterns.backtracking(
            rf"(?<![每\d{_NUMERAL}上下赶碰撞遇])(?P<shift>{_alternatives(_WEEK_SHIFT)})?一?个?(?:周|星期|礼拜)"
            r"(?P<day>[一二三四五六日天]|[1-7](?![\d天次个]))(?![起次])"
        ),
        _weekday,
    ),
    (
        patterns.backtracking(
            rf"(?<![每\d{_NUMERAL}上下赶碰撞遇])(?:(?P<shift>{_alternatives(_WEEK_SHIFT)})一?个?)?(?:周|星期|礼拜)(?P<end>末)?"
            r"(?![一二三四五六日天\d岁年期]|(?<=末)(?:审核|上班|办公|工作|也|能|可以|会|算|处理|休))"
        ),
        _week,
    ),
    (patterns.backtracking(r"(?<!赶在)(?<!必须在)" + _COUNT + r"(?:以|之)?前"), _count_back),
    (
        patterns.backtracking(rf"已经?(?={NUMBER})" + _COUNT.replace("|年)", ")") + r"了?(?![以之]?内)"),
        _count_back,
    ),
    # 换了三天: so long ago, as 换了三天了
    (
        patterns.backtracking(
            rf"(?<=[换改搬]了)(?={NUMBER})"
            + _COUNT.replace("|年)", ")")
            + r"(?![以之]?[前内后]|工作|[才就还])"
        ),
        _count_back,
    ),
    (patterns.backtracking(_NOT_ELAPSED + _COUNT.replace("|年)", ")") + r"了"), _count_back),
    # 换了三天, 搬完俩礼拜, 拖了半年: how long ago, after the verb
    (
        patterns.backtracking(
            r"(?:(?<=[换改搬变迁拖户]了)|(?<=[换改搬变迁户]完)|(?<=[驳退]回))(?:快|有|都|将近|差不多|整整)?"
            + _COUNT
            + r"了?(?![假内前后以之的时工班才])"
        ),
        _count_back,
    ),
)
