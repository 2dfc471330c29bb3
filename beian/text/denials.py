"""Words by which somebody says not to have spoken of something: 没问期限, 不是说法人, 怎么又扯过户."""

from __future__ import annotations

from beian.text import patterns

_SPEAKS = "[说问提讲扯谈聊答]"
_DENIED = (
    "(?:没有?|不是|不|别|甭|未)(?:再|老|总|跟[你您]|给[你您]|想|要|打算|在|是){0,3}"
    f"{_SPEAKS}(?:过|到|的是?|了|起)?"
)
_AGAIN = (
    f"(?:又|老是?|总是?|一直|还在|还)(?:在|是|给我|跟我){{0,2}}(?:{_SPEAKS}|绕|回|跳|跑|拐)"
    "(?:的是|到|起|回|上|成)?(?:[换改变办])?"
)
_DRAGGED_IN = "扯(?:到|上|起|什么|啥)?"
_BEFORE = patterns.compile(f"{_DENIED}$|{_AGAIN}$|{_DRAGGED_IN}$")
# Who speaks: 你没说 is no denial but a complaint that something was left out.
_AT_FIRST = patterns.compile(
    f"^(?:(?:我|俺|咱们?|我们|这次|现在|刚才|可|都|也|真|压根|根本|从来|就){{0,4}}{_DENIED}"
    f"|(?:怎么|干嘛|干吗|为什么|为啥|咋|[你您]){{0,3}}{_AGAIN})(?P<rest>.*)$"
)
# 都不是, 没一个对: none of what was offered.
_NONE_OF_THEM = patterns.compile(
    "^(?:这些|这几[个条样]|上面的?|以上的?|你[说列给]的|您[说列给]的|[,，]){0,3}(?:都|全|一个都|哪个都)(?:不是|不对|没有|不要)(?:我|咱)?"
    "(?:要的|想要的|想问的|问的|想找的)?[啊呀呢吧的。!！]*$|^(?:没有?一[个条样]|哪[个条样]都不)(?:是|对)"
)


def turns_all_down(text: str) -> bool:
    """Whether a message turns down all that was offered: 都不是我要的."""
    return bool(_NONE_OF_THEM.search(text))


def denied_right_before(text: str) -> bool:
    """Whether a text ends with such words, so that what stands after it is denied."""
    return bool(_BEFORE.search(text))


def what_is_denied(clause: str) -> str:
    """What a clause says not to be spoken of, without the words that say so; "" where it denies nothing."""
    match = _AT_FIRST.match(clause)
    return str(match.group("rest")) if match else ""
