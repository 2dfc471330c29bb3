"""Days of a message on which something else happens than a step of the filing: a server runs out, somebody
has time, a shop opens. They are none of the case."""

from __future__ import annotations

from dataclasses import replace

from beian.calendar.dates import FoundDate
from beian.calendar.plans import without_month
from beian.hearing.clauses import clauses_in
from beian.hearing.event_verbs import TOLD_AT_ONCE
from beian.hearing.heard import Heard
from beian.text import patterns

# What happens on a day without any step of the filing being taken.
_ELSE = (
    "(?:到期|过期|续费|有空|没空|有时间|没时间|得空|空闲|有事|没事|开业|开张|试营业|营业|开会|开庭|开学|开工|年会|展会|大促|促销"
    "|促销活动|活动|比赛|直播|考试|出差|出国|出门|休假|请假|度假|结婚|搞活动|做活动|办活动|双十二|店庆|停服|停机维护|年检|体检"
    "|(?:有|办|搞|做|参加)(?:个|场|一场)?[^,，。;；\\s]{0,4}?(?:大促|活动|比赛|展会|会议|会|考试|直播))"
)
_BETWEEN = (
    "(?:那天|当天|左右|上午|下午|晚上|中午|早上|我们?|我方|我司|老板|老总|公司|店里?|法人|负责人|同事|大家|他|她|的|才|就|要|会"
    "|都|也|得|去|能|将|正式|又|还|再|可能|应该|一直|之后)*"
)
_ON_IT = patterns.compile(f"^{_BETWEEN}{_ELSE}")
_DECIDED = patterns.compile("[定决选换改变签批过][^,，]{0,4}?[的了]")
# 到期日是12月5号, 开业定在12月20号
_NAMED_BEFORE = patterns.compile(
    "(?:到期|过期|续费|有空|得空|开业|开张|开会|比赛|活动|大促|出差|考试|年会)(?:的?(?:日期|日子|时间|那天|日))?"
    "(?:定|安排)?(?:是|在|为|就是|应该是|[:：])$"
)
# 门牌从8号改成8-2号: a number without a month is that of a house.
_OF_A_HOUSE = patterns.compile("门牌|楼号|房号|栋号|幢号|单元|\\d[-－—]\\d{1,3}号")


def of_something_else(found: FoundDate, heard: Heard) -> bool:
    """Whether what stands beside a day tells that something else happens then (12月5号到期, 下周三有空), or
    that it is no day but the number of a house."""
    text = heard.said.written
    after = text[found.end :]
    if any(told.match(after) for told in TOLD_AT_ONCE.values()):
        return False
    if without_month(found.text) and _OF_A_HOUSE.search(text):
        return True
    on_it = _ON_IT.match(after)
    if on_it and _DECIDED.search(clauses_in(after[on_it.end() :])[0]):
        # 11月9号开会定的新名
        return False
    return bool(on_it or _NAMED_BEFORE.search(patterns.tail(text, found.start)))


def of_the_case(heard: Heard) -> Heard:
    """The message with those of its days that may be days of the case."""
    days = tuple(found for found in heard.days if not of_something_else(found, heard))
    return heard if len(days) == len(heard.days) else replace(heard, days=days)
