"""The verbs that tell what happened on a day, after it or before it: a rejection, handing in, a change."""

from __future__ import annotations

from beian.text import patterns

# Where several days stand in one message, the words beside each tell which it is: verbs of two events.
_VERBS = {
    "rejected": "驳|退|打回|没通过|没过|不通过|拒|收到|接到通知",
    "submitted": "提交|[递送传报][上过了出进交]|上报|交[的了上过进]|送审|点了?提交",
    "changed": "变|换|改|过的?户|搬|迁|挪|切[过到换]|更名|转让|卖|离职|交接",
}
TOLD = {role: patterns.compile(verbs) for role, verbs in _VERBS.items()}
TOLD_AT_ONCE = {
    role: patterns.compile(
        f"(?:才|刚|就|被|给|我们?|公司|正式|已经?|收到|的时候|那天)?(?:{verbs}).{{0,6}}?[的了]"
    )
    for role, verbs in _VERBS.items()
}
# 提交日是12月1号, 收到驳回是22号: the day is told after its name, which is no last day
_NAMES = {
    "rejected": "驳回(?:通知)?|退回|打回|接到通知",
    "submitted": "提交|递交|送审|上报|交",
    "changed": "变更|变化|变动|更换|更名|改名|搬家|过户|切换|迁移?|变|换|改|搬",
}
_NAMED = {
    role: patterns.compile(
        f"(?:^|[^晚迟早快慢])(?:{names})的?(?:(?:日期|日子|时间|那[一]?天|日)(?:应该|其实|实际上?|才|就)?(?:[是在为:：]|$)"
        "|(?:应该|其实|实际上?|才|就)?是)$"
    )
    for role, names in _NAMES.items()
}


def named_before(text: str, start: int) -> str | None:
    """The role of the day at `start`, where a name for it stands right before: 提交日是12月1号."""
    before = patterns.tail(text, start)
    return next((role for role, named in _NAMED.items() if named.search(before)), None)
