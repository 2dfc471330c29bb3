"""The words in which people say an age, as patterns; `years` is the number, where one is said."""

from __future__ import annotations

from beian.calendar.numerals import NUMBER
from beian.text import patterns

# Without 岁 only 18 is an age: 超过30了 speaks of days.
_YEARS = rf"(?P<years>{NUMBER}(?=周?岁)|(?:18|十八)(?![\d号天个月日点家年周%块元万台次条:.]))(?:周?岁)?"
# Asking for the rule (要满18吗) names no age; 快要满18 and 就要满18 do.
RULE = patterns.backtracking(
    r"(?:必须|要求|需要|需|须|应当|应该|至少|最低|不低于|大于|是否|是不是|(?<![快就])要|得|几|规定|限制)(?:是|到|在)?(?:年)?(?:满|到|大)?$"
)
RULE_AFTER = patterns.compile(
    r"(?:以上|以下|周?岁?(?:的)?(?:才|才能|要求|限制|规定|这个|就(?:行|可以|能|好)|是(?:硬性|必须|要求|规定|不是)))"
)
_DAY_AHEAD = (
    rf"(?:还有?|再过|再|过|就|只)?(?:差|剩|有|过|等)(?P<number>{NUMBER}|半|几|一点|点)?"
    r"个?(?P<half>半)?多?(?P<unit>天|周|星期|礼拜|月|年|岁)?(?:多)?(?:时间)?(?:就|才|到|能){0,3}(?:满|到|够)?"
)
_SIGN_YEARS = rf"(?:年)?(?:满|到|够|过)?(?:成年|{_YEARS})"
_HAN_DIGIT = "[零〇一二三四五六七八九]"
_BIRTH_YEAR = rf"(?P<year>(?:19|20)\d\d|(?<!\d)\d\d|[一二]{_HAN_DIGIT}{{3}}|[零〇九八七]{_HAN_DIGIT})"
BORN_DATE = patterns.backtracking(
    rf"{_BIRTH_YEAR}(?:年[初中底末]?|[-/.](?=\d))(?:(?P<month>{NUMBER})(?:月份?|[-/.](?=\d)|(?=生|出))(?:(?P<day>{NUMBER})[日号]?)?)?的?"
)
BORN_AFTER = patterns.backtracking(r"(?:出生|生(?![效成产意])|生人|出世)")
BORN_BEFORE = patterns.compile(
    r"(?:出生(?:日期|年月|年份|时间)?|生日|生于|身份证(?:上|上面|上写)?(?:的)?(?:生日|出生)?)(?:写)?(?:的)?(?:于|是|在|为|：|:)*\s*$"
)
PERSON_BEFORE = patterns.compile(
    r"(?:人|他|她|我|的是|子|孩|弟|妹|哥|姐|爸|妈|叔|姨|侄|甥|负责人|同事|员工|学生|老板|是|^|[，,。；;\s])$"
)
END = patterns.compile(r"(?:$|[，,。？?！!；;\s]|能|可以|可不可以|行|算|够|人|，|当|做|还)")
DECADE = patterns.backtracking(r"(?<!\d)(?P<decade>[0-9]\d|[零〇九八七][零〇五])后(?!台|缀|[天日])")
UNDER = patterns.backtracking(
    rf"(?:未满|不满|没满|不到|没到|不足|没有?满|没有?到|还没满|未到|不够|没够|小于|低于)(?:{_YEARS})|未成年(?!人?保护)|没成年|没有成年|不是成年"
)
NEARLY = patterns.backtracking(
    rf"(?:快|马上|即将|将|就要|快要|差一?点|差几天|快到|马上就|马上要)(?:要|就)?(?:年)?(?:满|到|够|是)?(?:成年|{_YEARS})(?:了)?"
)
JUST = patterns.backtracking(
    rf"(?:刚刚?|才刚|刚好|刚过)(?:年)?(?:满|到|过|够|好)?(?:了)?(?:成年|{_YEARS})(?:生日)?"
)
REACHED = patterns.backtracking(
    rf"(?:已经|已|早就|早已|都)?(?:年)?(?:满|过|超过|到|够)了?{_YEARS}(?:生日)?|(?:已经|已|早就|都)成年"
)
PLAIN = patterns.backtracking(
    rf"(?<![\d.\-~至到第满零一二三四五六七八九十])(?P<years>{NUMBER})[多来]?(?:周岁|岁(?!月|数))(?:半|零?{NUMBER}个月)?"
)
NOMINAL = patterns.compile(rf"虚岁?(?:是|才|有|刚|满)*(?P<years>{NUMBER})岁?")
BARE = patterns.backtracking(
    r"(?:才|今年|已经|只有|刚好|他|她|我|负责人|儿子|女儿|[弟妹哥姐甥爸妈爷奶叔伯都]|同学|同事|朋友|员工)(?P<years>[1-9]\d|[一二三四五六七八九]?十[一二三四五六七八九]?)"
    r"(?=[，,。？?！!；;\s吗能可行了]|$)"
)
NOT_YET = patterns.compile(r"(?:还[有差没未]|差|再[过有]|[没未])[^，。,；;]{0,8}$")
OVER = patterns.compile(r"(?:满|超过|过|大于|到)$")
AHEAD = patterns.backtracking(_DAY_AHEAD + _SIGN_YEARS)
_AGAIN = _YEARS.replace("<years>", "<birthday>")
WHEN = patterns.backtracking(
    r"(?:才?过(?:完|了)?生日)?[,，]?(?:他|她|我)?[才就刚要能将]{0,4}"
    rf"(?:(?:年)?(?:满|到|过|够)了?(?:成年|{_YEARS})(?:生日)?|是?(?:我|他|她)?的?{_AGAIN}的?生日)"
)
BIRTHDAY = patterns.backtracking(rf"{_YEARS}(?:的)?生日(?:要|得)?(?:是|在|到)?$")
BIRTHDAY_AFTER = patterns.compile(
    "(?:才|就|要|会|份|底|初|是|我|他|她|的){0,3}(?:过完?|满){0,2}(?:我|他|她|的){0,2}生日"
)
BIRTHDAY_BEFORE = patterns.compile("生日(?:要|得|才|就)?(?:是|在|到)?$")
WHEN_YEAR = patterns.backtracking(
    rf"(?P<word>今年|明年|后年|去年|下半年)"
    rf"(?:年底|下半年|[才就刚要能将底]){{0,4}}(?:(?:年)?(?:满|到|过|够)了?(?:成年|{_YEARS})|成年)"
)
HINT = patterns.compile(
    r"岁|成年|[满到过够快差再]\D{0,6}[\d一二三四五六七八九十]|生|[\d零〇九八七]后|年的|年人|身份证|虚"
    r"|[才他她我人年有子儿弟妹好经哥姐甥学事友工爸妈爷奶叔伯都][1-9一二三四五六七八九十]"
)
ANSWER_LEAD = patterns.compile(r"^(?:那么?|如果|要是|换成|就|他|她|是|今年)+")
ANSWER_END = patterns.compile(r"(?:可以|行不行|行|能当)?(?:呢|吗|吧|么|啊|的话)*[？?。!！\s]*$")


def is_rule(match: patterns.Match) -> bool:
    """Whether an age is that of the rule, or asked for: 要满18吗."""
    text = match.string
    return bool(RULE.search(patterns.tail(text, match.start())) or RULE_AFTER.match(text, match.end()))
