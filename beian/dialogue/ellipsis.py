"""Messages that only make sense after the last one: 那个人的呢 / 第二个 / 过户."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beian.dialogue.mentions import Mentions
from beian.kb import KnowledgeBase
from beian.nlu.normalize import normalize

_FILLER = re.compile(
    r"那个|[说看搞弄改讲打写]错|不不|还是|都是|我是|咱们?|是要|要换|要改|那么?|如果|要是|假如|换成|改成|是|的话|话|的|呢|吗|啊|呀|吧|了|我们?|它|这个|这|换|变更|变|改|更换|修改|又|不对|不是|应该|而是|选|就|对|嗯|哦|也|行不行|怎么样|怎么办|要换人|走了?|离职|离开|辞职|不干|对方|一样|同样|相同|也是|人"
)
_PUNCTUATION = re.compile(r"[\W_]+")
_ORDINAL = re.compile(r"^第?([0-9一二三四五六])(?:个|项|种|条)?(?:吧|呢)?$")
_NUMBERS = {char: number for number, char in enumerate("一二三四五六", 1)}
_LONGEST = 24
_CONFIRMATION = re.compile(
    r"^(?:那|所以|也就是说?|意思是|难道|真的|确定|你确定|是说|就是说|不是).*(?:吗|吧|么|\?|？|对不对|是不是)$|^(?:真的|确定|是吗|对吗|真的假的)"
)


def is_elliptical(text: str, entity_texts: Sequence[str]) -> bool:
    """Whether a message holds nothing but entities and words of connection."""
    if not entity_texts or len(text) > _LONGEST:
        return False
    for written in sorted(entity_texts, key=len, reverse=True):
        text = text.replace(written, "")
    return not _FILLER.sub("", _PUNCTUATION.sub("", text))


def seeks_confirmation(text: str) -> bool:
    """Whether a message questions or sums up the last answer instead of asking something new."""
    return bool(_CONFIRMATION.search(text))


def ordinal(text: str) -> int | None:
    """The place (from 1) that a message like 第二个 or 3 names, or None."""
    match = _ORDINAL.match(_PUNCTUATION.sub("", text))
    if match is None:
        return None
    written = match.group(1)
    return _NUMBERS[written] if written in _NUMBERS else int(written)


def pick_choice(text: str, choices: Sequence[str], mentions: Mentions, kb: KnowledgeBase) -> str | None:
    """The offered fact or topic that a typed answer means: by number, by title, by what it names."""
    folded = _PUNCTUATION.sub("", text)
    number = ordinal(text)
    if number:
        return choices[number - 1] if number <= len(choices) else None
    if len(folded) < 2:
        return None
    named = [fact for fact in choices if _names(fact, mentions, kb)]
    if len(named) == 1 and len(folded) <= _LONGEST:
        return named[0]
    titled = [fact for fact in choices if folded in (_fold(kb.title_of(fact)), _fold(kb.question_of(fact)))]
    return titled[0] if len(titled) == 1 else None


def _fold(text: str) -> str:
    return _PUNCTUATION.sub("", normalize(text))


def _names(fact_id: str, mentions: Mentions, kb: KnowledgeBase) -> bool:
    """Whether a message names what a fact is for, as closely as the fact is bound."""
    fact = kb.facts.get(fact_id)
    if fact is None:
        return False
    when = dict(fact.when)
    change = when.pop("change_type", None)
    if not when:
        return change in mentions.change_types
    named = {
        "item": mentions.items,
        "subject_kind": mentions.subject_kinds,
        "rejection_reason": mentions.rejection_reasons,
    }
    return all(value in named[key] for key, value in when.items())
