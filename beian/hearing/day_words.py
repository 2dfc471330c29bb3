"""What the words beside a day tell of it: whether it is asked about, or something is to be done by it."""

from __future__ import annotations

from beian.calendar.dates import FoundDate
from beian.hearing.clauses import clause_around, clauses_in
from beian.hearing.day_questions import (
    asks_about_days,
    asks_about_weekends,
    asks_the_first_day,
    asks_to_hand_in_off,
    asks_whether_met,
    speaks_of_a_festival,
    speaks_of_days_off,
)
from beian.hearing.event_verbs import TOLD, TOLD_AT_ONCE, named_before
from beian.hearing.happened import how_long_since
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar
from beian.text import patterns

_HURRIES = patterns.compile("(?:赶在?|抢在|争取在?|必须在?|要在|得在|想在|需要在)$")
# 我没有被驳回，10月30日变更的
NOT_REJECTED = patterns.compile("(?:没有?|未|不是)(?:被|收到)?(?:驳回?|退回|打回)")
ROLES = ("changed", "submitted", "rejected")
OF_PHASE = {"submitted": "submitted", "rejected": "rejected"}
# The day of a plan: 12月5号去办, 下周五交行吗, 14号才备得齐; with 的 or 了 after it, it happened.
_HANDS_IN = patterns.compile(
    "(?:那天|左右|再|才|去|来|能|想|打算|准备|开始|可以|就|把|材料|资料|手续|东西|都|全){0,6}"
    "(?:提?交|递交|[转改换过办弄][好完]|办|弄|报|申请|走流程|提|备得?齐|备好|准备[好齐]|凑得?齐|搞定|搞好|补|[^,，。;；!！?？\\s]{0,6}?[转改换过办弄备拿凑]得?[好完齐到])(?P<done>得?[的了过])?"
)
# 12月5号前办不完: what cannot be done by a day happened on none.
_CANNOT = patterns.compile(
    ".{0,10}?(?:[办弄搞交做赶拿过户下提补]不[完了好上到来及]|[来赶]不及|没来得及|没[赶交]上|不出来)"
)
# 20号之前要结果: a day that something is to be done by.
_LIMIT = patterns.compile("(?:之|以)?前")
# 不是10月8号，是18号, 你记成8号了: the day that is denied is not the one.
_NOT_THEN = patterns.compile(
    r"(?:^|[^是])(?:不是|并非)(?:在|于)?$|(?:[记算看写说听弄搞当]成|以为是?|当作)了?$"
)
_HANDED_IN = patterns.compile(
    "(?:才|再|去|就|要|想|准备|打算|左右|那天|把|材料|资料|申请){0,3}(?:提交|递交|上报|交)(?:[上过]去?|给[^,，]{1,3})?(?:[的了]|的?话|$|[,，])"
)
_HOPED = patterns.compile("(?:那天|当天|就|前后)?(?:能|可以|会|来得及|赶得)")
# 今天改完就重新交, 今天就改了交: got ready and handed in.
_FIRST = (
    "(?:我们?|才|再|去|就|要|想|能|会|准备|打算|左右|那天|当天|马上|赶紧|立刻|尽快|直接|先|重新"
    "|上午|下午|晚上|早上|把|材料|资料|申请){0,6}"
)
_GOT_READY = (
    "(?:(?:修改|改正|更正|整理|处理|[改弄补办填签备凑搞])[完好齐全上了]{0,2}(?:材料|资料|信息|东西)?"
    "(?:之?后|以后|然后|[就再去来]|马上|立刻|直接|重新){0,3})?"
)
_HANDED_OVER = patterns.compile(
    f"{_FIRST}{_GOT_READY}(?:重新?|再)?(?:提交|递交|上报|提上去|传上去|交(?:[^接易割换]|$))"
)
# 12月20号能好吗: by when it is wanted; not when something is handed in.
_FINISHED = (
    "(?:好(?:[不没吗么吧了啊呀]|$)|批|审[完好过]|[下出]得?来|出结果|有结果|通过|过审|过(?:[不没吗么]|$)"
    "|完成|结束|生效|拿到|[弄搞办改][完好定成妥]|变更?[完好]|全部?[好完])"
)
_WANTED_BY = patterns.compile(
    "(?:那天|当天|左右|前后|[之以]?前|就|都|得|要|能|可以|可|会|必须|一定|想|希望|需要|[不没]|整个|全部"
    f"|给我|帮我){{0,6}}{_FINISHED}"
)
# 最后一天碰上周六: a day that another one may fall on tells nothing that happened.
_LAST_DAY = "(?:最后[一那]?[天日]|末[日天]|截止日?|到期日?|期限|期满"
_FALLS_ON = patterns.compile(
    f"{_LAST_DAY}|那[天日]).{{0,6}}?(?:[碰赶撞遇逢][得不]?[上到着]?|[正刚恰]好|恰逢|落[在到])$"
    f"|{_LAST_DAY})[^,，]{{0,6}}?[又就]?是$"
)
BESIDE = 8
_JUST_BEFORE = 4
_A_PAPER = patterns.compile(
    "(?:执照|[新证]照|证件?|通知书|批复|批文|合同|协议)(?:[要得说是]|大概|应该|预计|估计|可能)*$"
)


def asked_about(found: FoundDate, heard: Heard) -> bool:
    """Whether the clause that a day stands in asks about it (国庆算吗, 春节会影响吗): it tells nothing."""
    if how_long_since(found, heard):
        return False
    clause = clause_of(found, heard)
    festival = not any(map(str.isdigit, found.text)) and found.kind != "impossible"
    met = festival and found.first != heard.today and asks_whether_met(clause) and is_polar(clause)
    # 12月12号是礼拜六，能顺延吗: in another clause as well, unless the day's own tells what was done
    done = any(verb.search(clause) for verb in TOLD.values())
    whole = clause if done else heard.said.text
    off = speaks_of_days_off(clause) or asks_whether_met(clause)
    if not done and off and speaks_of_a_festival(found.text):
        # 元旦放假怎么算, 中间夹着元旦: however it is put
        return True
    if asks_to_hand_in_off(heard.said.text) or _is_fallen_on(found, heard):
        return True
    return met or asks_about_days(whole) or asks_about_weekends(clause) or asks_the_first_day(clause)


def _is_fallen_on(found: FoundDate, heard: Heard) -> bool:
    """Whether a day is only what a last day falls on, and nothing was done on it."""
    text = heard.said.written
    told = any(verb.match(text[found.end :]) for verb in TOLD_AT_ONCE.values())
    return not told and bool(_FALLS_ON.search(patterns.tail(text, found.start)))


def clause_of(found: FoundDate, heard: Heard) -> str:
    """The clause that a day stands in."""
    return clause_around(heard.said.written, found.start, found.start)


def handed_in_then(heard: Heard) -> bool:
    """Whether the one day of a message is told as that of handing in: 11月初交的, 12月10号交的话."""
    return len(heard.days) == 1 and bool(_HANDED_IN.match(heard.said.written[heard.days[0].end :]))


def to_come_by(found: FoundDate, heard: Heard) -> bool:
    """Whether a day is one by which something is to be done, or cannot be (12月5号前办不完)."""
    after = heard.said.written[found.end :]
    limit = _LIMIT.match(after)
    happened = limit and any(told.match(after[limit.end() :]) for told in TOLD_AT_ONCE.values())
    wanted = wanted_by(found, heard)
    return wanted or bool(_CANNOT.match(after)) or bool(limit and not happened) or ends_before(found)


def cannot_by_then(heard: Heard) -> bool:
    """Whether a message says that something cannot be done by a day: 12月5号前过户办不完."""
    return any(_CANNOT.match(heard.said.written[found.end :]) for found in heard.days)


def handed_in(found: FoundDate, heard: Heard) -> bool:
    """Whether what follows a day says that something is handed in or got ready then."""
    after = heard.said.written[found.end :]
    hands_in = _HANDS_IN.match(after)
    # 明天弄的话 supposes, and 明天弄的 does not
    return hands_in is not None and (not hands_in.group("done") or after[hands_in.end() :].startswith("话"))


def not_then(found: FoundDate, heard: Heard) -> bool:
    """Whether a message denies that it was on a day: 不是10月8号."""
    return bool(_NOT_THEN.search(heard.said.written[: found.start]))


def hoped_for(found: FoundDate, heard: Heard) -> bool:
    """Whether something is hoped for on a day to come: 元旦能批下来吗."""
    return found.kind == "future" and bool(_HOPED.match(heard.said.written[found.end :]))


def handed_over(found: FoundDate, heard: Heard) -> bool:
    """Whether papers are handed in on a day, or are to be (大年初一交): the change was not made then."""
    return bool(_HANDED_OVER.match(heard.said.written[found.end :]))


def wanted_by(found: FoundDate, heard: Heard) -> bool:
    """Whether a day to come is one by which all of it is to be done: 12月20号能好吗, 赶在12月20号前."""
    after = clauses_in(heard.said.written[found.end :])[0]
    if found.kind != "future" or TOLD["submitted"].search(after):
        return False
    if _A_PAPER.search(patterns.tail(heard.said.written, found.start)):
        # 执照下礼拜下来: a paper of the change, and not the result
        return False
    hurries = _HURRIES.search(patterns.tail(heard.said.written, found.start)) and _LIMIT.match(after)
    return bool(_WANTED_BY.match(after) or hurries)


def ends_before(found: FoundDate) -> bool:
    """Whether a phrase for days to come ends before something: 元旦前."""
    return found.kind == "future" and found.text.endswith("前")


def of_rejection(text: str) -> bool:
    """Whether a message speaks of a rejection that it does not deny."""
    return bool(TOLD["rejected"].search(NOT_REJECTED.sub("", text)))


def told_beside(heard: Heard) -> str | None:
    """In a question about something else, a day counts where a verb beside it says what happened on it."""
    text = heard.said.written
    for found in heard.days:
        after = text[found.end : found.end + BESIDE]
        before = text[max(0, found.start - _JUST_BEFORE) : found.start]
        named = named_before(text, found.start)
        if named:
            return named
        for name, verb in TOLD.items():
            if verb.search(after) or verb.search(before):
                return name
    return None
