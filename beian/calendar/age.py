"""How old somebody is, as people say it: 17岁, 08年的, 还差一个月满18, 刚满18."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beian.calendar.dates import find_dates
from beian.calendar.numerals import NUMBER, read_number, read_year
from beian.calendar.reading import day_or_none, month_end
from beian.text import patterns
from beian.text.plain import plain_characters

ONE_DAY = timedelta(days=1)
OLDEST = 120
ADULT = 18  # 成年 in law; what the procedure asks for comes from the knowledge base


@dataclass(frozen=True)
class Age:
    """An age as the days on which the person may have been born, the first and the last possible one."""

    text: str
    born_first: date
    born_last: date

    def is_adult(self, today: date, minimum: int) -> bool | None:
        """Whether `minimum` years are complete today; None when that depends on the exact birthday."""
        if comes_of_age(self.born_last, minimum) <= today:
            return True
        return False if comes_of_age(self.born_first, minimum) > today else None

    def of_age_on(self, minimum: int) -> date | None:
        """The day on which `minimum` years are complete, where the birthday is known to the day."""
        return comes_of_age(self.born_first, minimum) if self.born_first == self.born_last else None


def comes_of_age(born: date, years: int) -> date:
    """The birthday on which `years` years are complete; of a leap day, the 1st of March in common years."""
    return day_or_none(born.year + years, born.month, born.day) or date(born.year + years, 3, 1)


# Without 岁 only 18 is an age: 超过30了 speaks of days.
_YEARS = rf"(?P<years>{NUMBER}(?=周?岁)|(?:18|十八)(?![\d号天个月日点家年周%块元万台次条:.]))(?:周?岁)?"
# Asking for the rule (要满18吗) names no age; 快要满18 and 就要满18 do.
_RULE = patterns.backtracking(
    r"(?:必须|要求|需要|需|须|应当|应该|至少|最低|不低于|大于|是否|是不是|(?<![快就])要|得|几|规定|限制)(?:是|到|在)?(?:年)?(?:满|到|大)?$"
)
_RULE_AFTER = patterns.compile(
    r"(?:以上|以下|周?岁?(?:的)?(?:才|才能|要求|限制|规定|这个|就(?:行|可以|能|好)|是(?:硬性|必须|要求|规定|不是)))"
)
_DAY_AHEAD = (
    rf"(?:还有?|再过|再|过|就|只)?(?:差|剩|有|过|等)(?P<number>{NUMBER}|半|几|一点|点)?"
    r"个?(?P<half>半)?多?(?P<unit>天|周|星期|礼拜|月|年|岁)?(?:多)?(?:时间)?(?:就|才|到|能){0,3}(?:满|到|够)?"
)
_SIGN_YEARS = rf"(?:年)?(?:满|到|够|过)?(?:成年|{_YEARS})"

_HAN_DIGIT = "[零〇一二三四五六七八九]"
_BIRTH_YEAR = rf"(?P<year>(?:19|20)\d\d|(?<!\d)\d\d|[一二]{_HAN_DIGIT}{{3}}|[零〇九八七]{_HAN_DIGIT})"
_BORN_DATE = patterns.backtracking(
    rf"{_BIRTH_YEAR}(?:年[初中底末]?|[-/.](?=\d))(?:(?P<month>{NUMBER})(?:月份?|[-/.](?=\d)|(?=生|出))(?:(?P<day>{NUMBER})[日号]?)?)?的?"
)
_BORN_AFTER = patterns.backtracking(r"(?:出生|生(?![效成产意])|生人|出世)")
_BORN_BEFORE = patterns.compile(
    r"(?:出生(?:日期|年月|年份|时间)?|生日|生于|身份证(?:上|上面|上写)?(?:的)?(?:生日|出生)?)(?:写)?(?:的)?(?:于|是|在|为|：|:)*\s*$"
)
_PERSON_BEFORE = patterns.compile(
    r"(?:人|他|她|我|的是|子|孩|弟|妹|哥|姐|爸|妈|叔|姨|侄|甥|负责人|同事|员工|学生|老板|是|^|[，,。；;\s])$"
)
_END = patterns.compile(r"(?:$|[，,。？?！!；;\s]|能|可以|可不可以|行|算|够|人|，|当|做|还)")
_DECADE = patterns.backtracking(r"(?<!\d)(?P<decade>[0-9]\d|[零〇九八七][零〇五])后(?!台|缀|[天日])")

_UNDER = patterns.backtracking(
    rf"(?:未满|不满|没满|不到|没到|不足|没有?满|没有?到|还没满|未到|不够|没够|小于|低于)(?:{_YEARS})|未成年(?!人?保护)|没成年|没有成年|不是成年"
)
_NEARLY = patterns.backtracking(
    rf"(?:快|马上|即将|将|就要|快要|差一?点|差几天|快到|马上就|马上要)(?:要|就)?(?:年)?(?:满|到|够|是)?(?:成年|{_YEARS})(?:了)?"
)
_JUST = patterns.backtracking(
    rf"(?:刚刚?|才刚|刚好|刚过)(?:年)?(?:满|到|过|够|好)?(?:了)?(?:成年|{_YEARS})(?:生日)?"
)
_REACHED = patterns.backtracking(
    rf"(?:已经|已|早就|早已|都)?(?:年)?(?:满|过|超过|到|够)了?{_YEARS}(?:生日)?|(?:已经|已|早就|都)成年"
)
_PLAIN = patterns.backtracking(
    rf"(?<![\d.\-~至到第满零一二三四五六七八九十])(?P<years>{NUMBER})(?:周岁|岁(?!月|数))(?:半|零?{NUMBER}个月)?"
)
_NOMINAL = patterns.compile(rf"虚岁?(?:是|才|有|刚|满)*(?P<years>{NUMBER})岁?")
_BARE = patterns.backtracking(
    r"(?:才|今年|只有|刚好|他|她|我|负责人|儿子|女儿|弟弟|妹妹)(?P<years>[1-6]\d|[一二三四五六]?十[一二三四五六七八九]?)"
    r"(?=[，,。？?！!；;\s吗能可行了]|$)"
)
_NOT_YET = patterns.compile(r"(?:还[有差没未]|差|再[过有]|[没未])[^，。,；;]{0,8}$")
_OVER = patterns.compile(r"(?:满|超过|过|大于|到)$")
_AHEAD = patterns.backtracking(_DAY_AHEAD + _SIGN_YEARS)
_WHEN = patterns.backtracking(rf"[才就刚要能将]{{0,4}}(?:年)?(?:满|到|过|够)了?(?:成年|{_YEARS})(?:生日)?")
_BIRTHDAY = patterns.backtracking(rf"{_YEARS}(?:的)?生日(?:要|得)?(?:是|在|到)?$")
_WHEN_YEAR = patterns.backtracking(
    rf"(?P<word>今年|明年|后年|去年|下半年)(?:年底|下半年|[才就刚要能将底]){{0,4}}(?:年)?(?:满|到|过|够)了?(?:成年|{_YEARS})"
)
_HINT = patterns.compile(
    r"岁|成年|[满到过够快差再]\D{0,6}[\d一二三四五六七八九十]|生|[\d零〇九八七]后|年的|年人|身份证|虚"
    r"|[才他她我人年有子儿弟妹好][1-6一二三四五六十]"
)


_ANSWER_LEAD = patterns.compile(r"^(?:那么?|如果|要是|换成|就|他|她|是|今年)+")
_ANSWER_END = patterns.compile(r"(?:可以|行不行|行|能当)?(?:呢|吗|吧|么|啊|的话)*[？?。!！\s]*$")


def find_age(text: str, today: date) -> Age | None:
    """The age a message names, or None. The rule itself (年满18周岁) and questions about it name no age."""
    plain = plain_characters(text)
    if not _HINT.search(plain):
        return None
    for find in (_born, _dated, _ahead, _under, _nearly, _just, _nominal, _plain, _reached, _decade):
        age = find(plain, today)
        if age is not None:
            return age
    return None


def age_in_answer(text: str, today: date) -> Age | None:
    """The age in a reply to the question for it, where a bare 08年的, 19 or 那2008年3月9号呢 is one."""
    bare = _ANSWER_END.sub("", _ANSWER_LEAD.sub("", plain_characters(text).strip()))
    for told in (text, f"负责人{bare}", f"{bare}出生"):
        age = find_age(told, today)
        if age is not None:
            return age
    return None


def _years_of(match: patterns.Match) -> int | None:
    years = match["years"]
    if not years:
        return ADULT
    try:
        number = read_number(years)
    except ValueError:
        return None
    return number if 1 <= number <= OLDEST else None


def _is_rule(match: patterns.Match) -> bool:
    text = match.string
    return bool(_RULE.search(patterns.tail(text, match.start())) or _RULE_AFTER.match(text, match.end()))


def _before(today: date, years: int) -> date:
    """The last birthday of those who are `years` years old today."""
    then: date = today - relativedelta(years=years)
    return then


def _older(text: str, today: date, years: int) -> Age:
    return Age(text, _before(today, OLDEST), _before(today, years))


def _younger(text: str, today: date, years: int) -> Age:
    return Age(text, _before(today, years) + ONE_DAY, today)


def _born(text: str, today: date) -> Age | None:
    """2010年出生, 身份证上2009年3月生, 08年的, 生日是2008-12-01."""
    for match in _BORN_DATE.finditer(text):
        before, end = patterns.tail(text, match.start()), match.end()
        told = _BORN_AFTER.match(text, end) or _BORN_BEFORE.search(before)
        of_person = match[0].endswith("的") and _PERSON_BEFORE.search(before) and _END.match(text, end)
        if not (told or of_person or (match[0].endswith("年") and text.startswith("人", end))):
            continue
        born = _birth_days(match, today)
        if born and born[0] <= today and born[0].year >= today.year - OLDEST:
            word = _BORN_AFTER.match(text, end)
            return Age(match[0] + (word[0] if word else ""), born[0], min(born[1], today))
    return None


def _birth_days(match: patterns.Match, today: date) -> tuple[date, date] | None:
    try:
        year = read_year(match["year"], today.year - 1)
        month = read_number(match["month"]) if match["month"] else None
        day = read_number(match["day"]) if match["day"] else None
    except ValueError:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    if day is None:
        return date(year, month, 1), month_end(year, month)
    found = day_or_none(year, month, day)
    return (found, found) if found else None


def _decade(text: str, today: date) -> Age | None:
    """05后, 90后: born in that year or up to nine years later (four for a 5)."""
    match = _DECADE.search(text)
    if not match:
        return None
    first = read_year(match["decade"], today.year - 1)
    last = first + (4 if first % 10 == 5 else 9)
    if first % 5:
        return None
    return Age(match[0], date(first, 1, 1), min(date(last, 12, 31), today))


def _dated(text: str, today: date) -> Age | None:
    """下个月满18, 12月3日过18岁生日, 明年才满18."""
    match = _WHEN_YEAR.search(text)
    if match and (years := _years_of(match)):
        word = match["word"]
        year = today.year + {"去年": -1, "明年": 1, "后年": 2}.get(word, 0) - years
        return Age(match[0], date(year, 7 if word == "下半年" else 1, 1), date(year, 12, 31))
    for found in find_dates(text, today):
        after, before = _WHEN.match(text, found.end), _BIRTHDAY.search(patterns.tail(text, found.start))
        match = after or before
        if not match or found.first is None or found.last is None:
            continue
        years = _years_of(match)
        if years:
            first, last = found.first - relativedelta(years=years), found.last - relativedelta(years=years)
            if found.kind == "future":  # a leap day would fall back to a birthday that has passed
                first = max(first, _before(today, years) + ONE_DAY)
            said = found.text + match[0] if after else match[0] + found.text
            return Age(said, first, max(first, last))
    return None


def _ahead(text: str, today: date) -> Age | None:
    """还差一个月满18, 再过三天18岁, 差一岁成年: born that much later than those who are of age today."""
    for match in _AHEAD.finditer(text):
        years = _years_of(match)
        if years is None or not (match["unit"] or match["number"] in ("一点", "点", "几")) or years < 2:
            continue
        number, unit = match["number"], match["unit"]
        if number in (None, "半", "几", "一点", "点"):
            return _younger(match[0], today, years)
        try:
            count = read_number(number)
        except ValueError:
            continue
        name = {"天": "days", "月": "months", "年": "years", "岁": "years"}.get(unit, "weeks")
        day = today + relativedelta(**{name: count}) - relativedelta(years=years)
        if day > today:
            return None
        # Said in round figures: only days are meant exactly, but it is ahead in any case.
        slack = timedelta(days={"days": 0, "weeks": 3, "months": 15, "years": 364}[name])
        return Age(match[0], max(day - slack, _before(today, years) + ONE_DAY), min(day + slack, today))
    return None


def _under(text: str, today: date) -> Age | None:
    return _with_years(_UNDER, text, today, _younger)


def _nearly(text: str, today: date) -> Age | None:
    return _with_years(_NEARLY, text, today, _younger)


def _just(text: str, today: date) -> Age | None:
    def exact(found: str, day: date, years: int) -> Age:
        return Age(found, _before(day, years + 1) + ONE_DAY, _before(day, years))

    return _with_years(_JUST, text, today, exact)


def _reached(text: str, today: date) -> Age | None:
    def older(found: str, day: date, years: int) -> Age:
        to_come = _NOT_YET.search(patterns.tail(text, text.index(found)))
        return (_younger if to_come else _older)(found, day, years)

    return _with_years(_REACHED, text, today, older)


def _with_years(
    pattern: patterns.Pattern, text: str, today: date, make: Callable[[str, date, int], Age]
) -> Age | None:
    for match in pattern.finditer(text):
        years = _years_of(match)
        if years and not _is_rule(match):
            return make(match[0], today, years)
    return None


def _plain(text: str, today: date) -> Age | None:
    """17岁, 十七周岁, 17岁半, 才17."""
    for match in (*_PLAIN.finditer(text), *_BARE.finditer(text)):
        years = _years_of(match)
        if not years or _is_rule(match) or _OVER.search(patterns.tail(text, match.start())):
            continue
        return Age(match[0], _before(today, years + 1) + ONE_DAY, _before(today, years))
    return None


def _nominal(text: str, today: date) -> Age | None:
    """虚岁18: counts from one and grows at New Year, so one or two more than the complete years."""
    for match in _NOMINAL.finditer(text):
        years = _years_of(match)
        if years and years > 2:
            return Age(match[0], _before(today, years) + ONE_DAY, _before(today, years - 2))
    return None
