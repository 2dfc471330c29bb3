"""Whether a message wants a recap of what was said (把前面说过的几点列一下), or the one thing to be done now
(一句话告诉我现在干啥)."""

from __future__ import annotations

from beian.text import patterns

SUMS_UP = "总结|归纳|小结|汇总|概括|捋一?[捋下遍]|梳理"
_SUMS_UP = f"(?:{SUMS_UP}|整理|回顾|复盘|要点|纪要|摘要)"
_LISTS = "(?:列|理|整|写|数|发|说一遍|过一遍|过一下)"
_TALK = (
    "(?:聊|谈|[你您]?(?:说|讲|答|回答|回复|告诉)过?(?:我)?的|说过|讲过|谈过|问过|问的|说了|讲了|聊了|谈了"
    "|[你您]说的这些|这番话|对话|沟通|刚才的|前面的|上面的|以上)"
)
_BEFORE = "(?:前面|刚才?|之前|上面|今天|到现在|一路|从头|以上|前头|我们|咱们?|[你您])"
_RECAP = patterns.compile(
    f"{_SUMS_UP}.{{0,12}}(?:{_TALK})|(?:{_TALK}).{{0,14}}{_SUMS_UP}|{_BEFORE}.{{0,6}}{_TALK}.{{0,12}}{_LISTS}"
    f"|{_LISTS}.{{0,8}}{_BEFORE}.{{0,4}}{_TALK}|(?:给|来|出|做|写|要).{{0,6}}(?:小结|纪要|摘要)"
)
# Of what is to be done or to be handed in it is another list.
_OTHER = patterns.compile(
    "材料清单|[要该][做办干交带准]|该怎么|怎么[办写数算填]|[到在去]哪|多久|什么时候|会议纪要|股东会|决议|发[我给]"
)
_LONGEST = 40

_SHORT = "一句话|一句|简单点?说|直接说|就说|别说那么多|别啰嗦|[太这那么]长|短点|简短|说重点|说白了"
_NOW = "现在|目前|眼下|当下|这会儿?|下一步|接下来|第一步|首先|先|马上|赶紧"
_DO = patterns.compile(
    f"(?:{_NOW}).{{0,4}}(?:该|要|得|应该|需要)?(?:去|先|怎么|咋)?(?:干|做|办|弄|整|走)(?:啥|什么|嘛|哪|哪步|点啥|些什么|呢|$|[?？])"
    f"|(?:{_NOW}).{{0,4}}(?:该|要|得|应该|需要)?(?:怎么|咋|如何)(?:干|做|办|弄|整|走|搞)|我该干(?:嘛|啥|什么)"
)
_IN_SHORT = patterns.compile(_SHORT)
_LONGEST_TO_DO = 30


def asks_for_a_recap(text: str) -> bool:
    """Whether what was said so far is wanted once more, point by point."""
    return len(text) <= _LONGEST and bool(_RECAP.search(text)) and not _OTHER.search(text)


def asks_what_now(text: str) -> bool:
    """Whether the next thing to be done is wanted, and in one line."""
    return len(text) <= _LONGEST_TO_DO and bool(_DO.search(text)) and bool(_IN_SHORT.search(text))
