"""Words that want all of a list: the rest of it after one entry, or the whole of it read out."""

from __future__ import annotations

from beian.text import patterns

_REST = patterns.compile(
    "还有(?:呢|啥|什么|哪些|别的|其他|没有|吗|没$|$|[,，?？])|不止|不光|不只|剩下的|剩下呢|其余|其他的?(?:呢|要|有)|别的(?:呢|要|有|不|都)"
    "|除了(?:这|它|那).{0,4}(?:还|别|啥|呢)|就(?:要|交|带)?(?:这|那)(?:一样|一个|一项|个|样|些|点)(?:东西)?(?:吗|么|吧|啊|[?？]|$|[,，])|全部(?:说|列|讲)"
)
_LONGEST = 18
# What names a question of its own is no word for the rest: 还有多久, 还有几天.
_OTHER = patterns.compile("多久|几[天日号]|多少|怎么|哪里|在哪|时间|期限|流程|步|费")
_READ_OUT = patterns.compile(
    "(?:念|报|数|背|过|捋|说|讲|列)(?:叨|道)*(?:念叨|一遍|一下|遍|一?个遍)|(?:挨个|逐个|逐样|逐项|一样一样|一样样|一个个|一项项|一五一十).{0,4}(?:念|报|说|讲|列|数)|念叨念叨"
)
# 说一下材料要不要盖章 is on a point of it.
_A_POINT = patterns.compile("要不要|格式|有效期|盖|签|几[号天份]|多久|多少")
_THINGS = patterns.compile(
    "材料|资料|清单|单子|纸|证件|东西|[要得该][带交备准].{0,3}(?:的|哪|啥|什么)|准备的"
)


def asks_for_the_rest(text: str) -> bool:
    """Whether it wants what else there is: 还有呢，不止这一样吧."""
    return len(text) <= _LONGEST and bool(_REST.search(text)) and not _OTHER.search(text)


def asks_to_read_out(text: str) -> bool:
    """Whether a list is to be read out: 把要带的东西念一遍."""
    read_out = _READ_OUT.search(text) and _THINGS.search(text)
    return bool(read_out) and not _A_POINT.search(text)
