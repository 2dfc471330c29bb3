"""Dates written with a month or a year: 10月8号, 2025年9月1日, 去年12月, 9.15, 2026-09-15, 20号."""

from __future__ import annotations

from beian.calendar import written_read as read
from beian.text import patterns

_HAN_DIGIT = "零〇一二三四五六七八九"
_NUMERAL = "一二三四五六七八九十"
_TWO = rf"(?:\d{{1,2}}|[{_NUMERAL}]{{1,3}})"
_YEAR = (
    rf"(?:(?:19|20)\d\d|[一二][{_HAN_DIGIT}]{{3}}|(?<![\d{_HAN_DIGIT}十百.])(?:[0-4]\d|[{_HAN_DIGIT}]{{2}}))"
)
_PART = r"上旬|中旬|下旬|初|底|末|中(?!国|旬|秋)"
_YEAR_WORD = "|".join(read.YEAR_WORDS)
_WHICH_YEAR = rf"(?:(?P<year>{_YEAR})年的?|(?P<word>{_YEAR_WORD})的?)"
# A number before a sign of time is a date only where it is not a house, a line, a period or a count.
_NOT_A_DAY = r"(?![码线楼院店门室机位馆令栋仓文]|服务器|主机|机房)"
_UNIT = r"元块万亿%％米寸倍折版兆个分秒折斤吨度级章条款节"

# 20多号, 十几号: some day of the tens.
_TENS = r"(?P<tens>[123]0|[二三]?十)[多几来]号"
# 上个月25换的: a number that something was done on needs no sign.
_DONE_AFTER = r"(?=[换改变搬交提办批驳退签收卖过]|$|[,，。;；!！?？\s])"
_MONTH_WORD = "|".join(sorted(read.MONTH_WORDS, key=len, reverse=True))

_DAY_SIGN = r"(?:号|日(?!之?内|以内))"
WRITTEN: tuple[tuple[patterns.Pattern, read.Read], ...] = (
    # 10-08, with both figures in full, so that a count such as 3-20 is none.
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z.\-/:_])(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?P<sign>号|日(?!内))?"
            rf"(?![0-9A-Za-z{_UNIT}]|[.\-/:]\d|[天年月周日小工人次])"
        ),
        read.month_slash_day,
    ),
    (
        patterns.backtracking(
            rf"{_WHICH_YEAR}?(?<![\d{_NUMERAL}.每])(?<!每年)(?P<month>{_TWO})月份?的?"
            rf"(?:(?P<day>{_TWO})(?:(?:[号日]?[到至~～-](?P<to>{_TWO}))?{_DAY_SIGN}|(?![\d{_NUMERAL}几多来个天人元块万台次家年月周星号日]))|{_TENS}|(?P<part>{_PART}))?"
        ),
        read.month_and_day,
    ),
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z.\-/])(?P<year>(?:19|20)\d\d)(?P<by>[-/.])(?P<month>\d{1,2})"
            r"(?:(?P=by)(?P<day>\d{1,2}))?(?![\d%]|[.\-/]\d)"
        ),
        read.figures,
    ),
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z备第])(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![0-9A-Za-z]|号-?\d?)"
        ),
        read.compact,
    ),
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z.\-/:_￥¥$第约])(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?P<sign>号|日)?"
            rf"(?![0-9A-Za-z{_UNIT}]|[.\-/:]\d|[天年月周小工])"
        ),
        read.month_slash_day,
    ),
    (
        patterns.backtracking(
            rf"(?<![上下个])(?P<word>{_MONTH_WORD})份?的?"
            rf"(?:(?P<day>{_TWO})(?:{_DAY_SIGN}|{_DONE_AFTER})|{_TENS}|(?P<part>{_PART}))?"
        ),
        read.named_month,
    ),
    (patterns.backtracking(rf"(?<![\d{_NUMERAL}几个上这本当下])月(?P<part>{_PART})(?!秋)"), read.bare_part),
    # 好像是中旬
    (patterns.backtracking(r"(?<![月个\d])(?P<part>[上中下]旬)"), read.bare_part),
    (patterns.backtracking(rf"(?<![\d{_NUMERAL}百月]){_TENS}"), read.bare_tens),
    (
        patterns.backtracking(
            rf"(?:(?<=周[{_NUMERAL}])|(?<=星期[{_NUMERAL}])|(?<=礼拜[{_NUMERAL}])"
            rf"|(?<![\d{_NUMERAL}零百千A-Za-z备第路街道巷弄月.\-/]))(?P<day>{_TWO})号{_NOT_A_DAY}"
        ),
        read.bare_day,
    ),
    # 20日 alone is mostly a period (30日内): only where the words around it make it a day.
    (patterns.backtracking(rf"(?<=[于在从自])(?P<day>{_TWO})日(?!之?内|以内|之?后|以后|期)"), read.bare_day),
    (
        patterns.backtracking(rf"(?<!以){_WHICH_YEAR}(?!度)年?(?P<part>上半年|下半年|初|底|末|中(?!国))?"),
        read.year_part,
    ),
    (
        patterns.backtracking(rf"(?<![\d{_NUMERAL}去今明前后本每几半])年(?P<part>初|底|末|中(?!国))"),
        read.year_part,
    ),
)
