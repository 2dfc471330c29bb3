"""The verbs that tell what happened on a day: a rejection, handing in, a change."""

from __future__ import annotations

from beian.text import patterns

# Where several days stand in one message, the words beside each tell which it is: verbs of two events.
_VERBS = {
    "rejected": "驳|退|打回|没通过|没过|不通过|拒|收到|接到通知",
    "submitted": "提交|[递送传报][上过了出进交]|上报|交[的了上过进]|送审|点了?提交",
    "changed": "变|换|改|过户|搬|迁|挪|切[过到换]|更名|转让|卖|离职|交接",
}
TOLD = {role: patterns.compile(verbs) for role, verbs in _VERBS.items()}
TOLD_AT_ONCE = {
    role: patterns.compile(
        f"(?:才|刚|就|被|给|我们?|公司|正式|已经?|收到|的时候|那天)?(?:{verbs}).{{0,6}}?[的了]"
    )
    for role, verbs in _VERBS.items()
}
