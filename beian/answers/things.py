"""What a customer names, as far as it can stand in a sentence of ours: the name of a thing, or a short
question as it is asked. A whole sentence is never quoted."""

from __future__ import annotations

from beian.kb import KnowledgeBase
from beian.text import patterns
from beian.text.words import segmenter_with

_LONGEST_THING, _MOST_WORDS = 8, 3
_LONGEST_ASKED = 16
# What asks within a sentence of ours: 停几天, 要不要手持.
_EMBEDDED = patterns.backtracking(
    r"([\u4e00-\u9fff])[不没]\1|有没有|是否|能否|什么|啥|几|多少|多久|多[大长高快]|怎么|如何|哪|谁|还是"
)
_ENDING = patterns.compile("[啊呀呢嘛吧了呗]+$")
# Who speaks to somebody, points at something or wants something done says more than the name of a point.
_SENTENCE = patterns.compile("[,，吗我你您他她咱这那]|总结|归纳|概括|梳理|[说讲列]一?[下个遍]|一样|同样")
# 盖手印行不行: what asks after a name is no part of it.
_ASKS_AFTER = patterns.compile(
    "(?:行不行|行不|可不可以|可以不可以|可以不|能不能行|成不成|好不好|要不要紧|要不要|有没有用|行|可以)[吗么嘛]?$"
)
_HAN = patterns.compile("[\u4e00-\u9fff]")
# No name of a thing holds one of these words.
_FUNCTION_WORDS = (
    "是|有|没|没有|要|不要|能|不能|会|不会|可|可以|得|该|应该|需要|在|把|被|给|让|不|吗|呢|吧|么|了|着|过|去|来|到|就|都"
    "|也|还|才|只|再|又|行|对|和|跟|或|比|从|为|因为|所以|那|这|那个|这个|这些|那些|我|你|您|他|她|它|我们|你们|他们|咱"
)
_VERBS = "交|办|写|填|签|拍|用|换|改|找|做|弄|搞|拿|看|说|讲|问|想|知道|处理|算|上|下"
_ASKING = "怎么|哪|哪里|谁|几|多少|什么|啥"
# How people are called: 老李, 小王, 张总, 李姐. They are no things, and nothing is written of them.
_PERSON = patterns.compile(
    "^(?:[老小阿].|.(?:总|姐|哥|叔|姨|工|先生|女士|老师|经理|主任|老板))(?:那[家边])?$"
)
NO_NAME = frozenset("|".join((_FUNCTION_WORDS, _VERBS, _ASKING)).split("|"))


def thing_named(point: str, kb: KnowledgeBase) -> str | None:
    """The name of a thing that a point is (户口本呢 → 户口本); None for anything longer."""
    bare = _ASKS_AFTER.sub("", _ENDING.sub("", point))
    if (
        not 1 < len(bare) <= _LONGEST_THING
        or _PERSON.match(bare)
        or _EMBEDDED.search(bare)
        or not _HAN.search(bare)
    ):
        return None
    words = [word for word, _ in segmenter_with(kb.words).cut(bare)]
    return bare if len(words) <= _MOST_WORDS and not set(words) & NO_NAME else None


def as_asked(point: str) -> str | None:
    """A point as it is spoken of in a sentence: 停几天; None for a whole sentence."""
    bare = _ENDING.sub("", point)
    short = len(bare) <= _LONGEST_ASKED
    return bare if short and _EMBEDDED.search(bare) and not _SENTENCE.search(bare) else None


def asks_within(text: str) -> bool:
    """Whether it holds a word that asks: 得清晰到什么程度."""
    return bool(_EMBEDDED.search(text))
