"""What a message wants of the assistant itself: its word in writing or under a seal, or the number of the
support line."""

from __future__ import annotations

from beian.text import patterns

_ANSWER = "(?:答复|回复|回答|说明|意见|结论|函|证明|保证|承诺(?:[^书]|$))"
_YOURS = (
    "(?:答复|回复|回答|[你您贵].{0,3}(?:说的(?:话|这些|内容|能|可以)|所[述称言说])"
    "|[你您]的?话|这番?话|这些话|这段话)"
)
_SEALED = "(?:书面|正式|官方|盖.{0,3}章|印章|落款|签字|红头)"
_OFFICIAL = patterns.compile(
    f"(?:出具?|开具?|发|给|提供|获取|获得|拿到?|取得).{{0,8}}{_SEALED}.{{0,6}}{_ANSWER}"
    f"|{_YOURS}.{{0,12}}(?:盖.{{0,3}}章|落款|书面|写[进到入]|合同|引用|存档|留档|证据|法律效力|官方|(?:视为|作为|当作|算作).{{0,8}}(?:答复|依据|证据|意见))"
    f"|(?:合同|协议|公文|报告|标书)[里中上]?.{{0,8}}(?:引用|写|附|用).{{0,8}}{_YOURS}"
    f"|(?:官方|正式|书面)的?(?:答复|回复|意见|口径|保证)(?:[吗么嘛吧不]|[?？]|$)|[你您贵可能].{0, 6}正式的?函"
    f"|开.{{0,3}}证明.{{0,8}}[你您].{{0,4}}(?:答|说|回)"
)
# What others give, or the customer has to: 管局会给书面答复吗, 要我们出具书面说明吗.
_OF_OTHERS = patterns.compile(
    "管局|管理局|工商|法院|银行|[要得需]+(?:我们?|公司|企业)?(?:再|另外)?(?:交|提供|出具|准备|写|附)|材料(?:有|要|包)|驳回"
)

_NUMBER = patterns.compile("电话|号码|热线|座机")
_FILLERS = patterns.compile(
    "电话号?码?|号码|热线|座机|算了|得了|不说了|不问了|好了?|行了?|拜托|那么?|就|我们?|自己|[你您]们?|他们|阿里云?|官方|客服|人工"
    "|备案|的|把|给|发|说|讲|告诉|念|报|留|甩|要|有没有|有|问|一?下|一?个|听|打|过去|直接|找|联系|想|来|看|请|麻烦|多少|是|什么|啥|几号|哪个"
    "|还是|先|再|也|都|能不能|可以|能|行|呗|吧|啊|呢|吗|呀|嘛|哈|了|[,，。.!！?？~\\s]"
)
_GIVES = patterns.compile(
    "给|发|告诉|念|报|留|打|讲|说|多少|几号|是什么|有没有|热线|客服|[你您]们?的?(?:电话|号码)"
)
_LONGEST = 20


def asks_for_our_word(text: str) -> bool:
    """Whether an answer is wanted in writing, under a seal, or as the official one: 能出具书面答复吗."""
    return bool(_OFFICIAL.search(text)) and not _OF_OTHERS.search(text)


def asks_for_the_number(text: str) -> bool:
    """Whether nothing is wanted but the number to call: 算了，你把电话给我."""
    wanted = len(text) <= _LONGEST and _NUMBER.search(text) and _GIVES.search(text)
    return bool(wanted) and not _FILLERS.sub("", text)
