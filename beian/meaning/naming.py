"""How a message names something: as changing, as not changing, as in hand already, as a person's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from beian.kb import KnowledgeBase
from beian.text import patterns

_VERB = "(?:需?要|想|打算|用|更?换|改|变更?|弄|动|搞|办|涉及|走|提?交)"
# Negation is a grammar of few forms, so it is one of the few things read by pattern: before the term
# (不是法人, 没换服务器, 先不过户) or after it, in the same clause (服务器没变, 地址先不动).
# 别的机房 is another one, and 改不了公司备案 denies no 公司.
_DENIED_BEFORE = patterns.compile(
    f"(?:(?:不是|并非|并不|没有?|未|先不|暂不){_VERB}*(?:的|了|是)?|不(?:{_VERB}+(?:的|了|是)?)?|别{_VERB}*(?:了|是)?)$"
)
_DENIED_AFTER = patterns.compile(
    r"^(?:[和跟与及、][^,，。;；!！?？\s]{1,6}?)?(?:的|那[个边]|这[个边]|都|又|倒|也|还|并|就|暂时|那块|信息){0,3}"
    r"(?:没有?|不用?|未|先不用?|暂不|不需要)(?:发生)?(?:换|改|变|动|弄|搞|办|管)"
    r"|^[^,，。;；!！?？\s]{0,3}?(?:[没无]有?(?:什么|啥)?关系|无关|不相干|不[沾搭]边)"
)
# 是不是要换法人 asks whether it is so.
_ASKED = patterns.compile("是不是|有没有|要不要|用不用|需不需要|能不能|会不会|可不可以|是否")
_CLAUSE_END = patterns.compile(r"[,，。;；!！?？\s]")
# A paper that is there already tells no change: 身份证拍了, 执照盖好章了.
_IN_HAND = patterns.compile(
    "^(?:[和跟与及、][^,，。;；!！?？\\s]{1,6}?)?(?:都|也|我|已经?|的|照片?|复印件?){0,3}"
    "(?:有了|在手|现成|拍[好了]|盖[好了]|[备弄搞][好齐妥]|准备[好齐了]|拿到|齐了|[交传]了|复印好)"
)
# A personal number that was masked, and what may lead from its name to it: 身份证号是〔身份证号〕.
_MASKED = patterns.compile(r"〔[^〔〕]{1,10}〕")
_GIVES_NUMBER = patterns.compile(r"^(?:号码?|码)?(?:就?是|为|[:：])?〔")


def implied_by(group: str, value: str, kb: KnowledgeBase) -> list[tuple[str, str]]:
    """An item brings its change type and, where it exists for one only, its kind of subject."""
    pairs = [(group, value)]
    term = kb.term(group, value)
    if term and group == "item":
        pairs += [("change_type", term.change_type)] if term.change_type else []
    return pairs


def detail_of(
    text: str, named: Iterable[tuple[str, str]], words: Mapping[tuple[str, str], str], kb: KnowledgeBase
) -> str | None:
    """What a message names of a person right after the person: the telephone of 法人的电话换了 is no change
    of its own, and the 法人 is still the same."""
    items = [(value, term) for group, value in named if group == "item" and (term := kb.term(group, value))]
    whose = [words[("item", value)] for value, term in items if term.person]
    for value, term in items:
        word = words[("item", value)]
        if term.of_person and any(f"{who}{join}{word}" in text for who in whose for join in ("", "的")):
            return value
    return None


def is_given(text: str, word: str) -> bool:
    """Whether a word only says what number follows: who gives it does not say that it changes."""
    if not _MASKED.search(text):
        return False
    after = _MASKED.sub("〔〕", text).split(word)[1:] if word else []
    return all(_GIVES_NUMBER.search(rest) for rest in after)


def is_in_hand(text: str, word: str, kb: KnowledgeBase) -> bool:
    """Whether what is named is a paper that the customer has already."""
    place = text.find(word) if word else -1
    is_paper = any(word in (*paper.words, paper.name) for own in kb.papers.of_fact.values() for paper in own)
    return place >= 0 and is_paper and bool(_IN_HAND.search(text[place + len(word) :]))


def is_denied(text: str, word: str) -> bool:
    """Whether what is named is said not to change (不是法人, 服务器没变)."""
    place = text.find(word) if word else -1
    if place < 0:
        return False
    before = _ASKED.sub("", _CLAUSE_END.split(text[:place])[-1])
    after = _CLAUSE_END.split(text[place + len(word) :])[0]
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after))
