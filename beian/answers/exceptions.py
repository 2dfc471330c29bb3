"""Exceptions to a rule, and words of it that leave something open (可能, 如有): what the document says of
them, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.brief import brief_text
from beian.answers.papers_asked import asked_of, own_of
from beian.answers.pressing import asks_exceptions, asks_if_certain, quotes_us
from beian.answers.render import fact_text
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar, meaning_asked
from beian.kb import Fact, KnowledgeBase
from beian.text import patterns

_GROUP, _HEDGES = "exceptions", "hedges"
_BESIDE = "|"
# What is asked of a word that leaves something open: how likely, which ones, by whom, what it means.
_OF_A_WORD = patterns.compile(
    "什么意思|啥意思|何意|怎么理解|多大|几率|概率|哪[些几种个]|谁|算|多久|还包括|还有|必须|一定要|强制|别的"
)
_SIGNS = "“”\"'‘’「」『』"


def exceptions(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> tuple[str, tuple[str, ...]] | None:
    """(the exceptions that the document has to a rule, or that it has none; further facts told by it); None
    where nothing of the kind is asked."""
    if not found or not asks_exceptions(heard.said.text):
        return None
    if asked_of(heard, own_of(found, kb), kb).papers:
        # 通知书能例外不交吗 is a question about the paper
        return None
    known = next((key for fact in found if (key := _held(fact, kb))), None)
    if known is None:
        return kb.phrase(_GROUP, "none", said=brief_text(found[:1], kb)), ()
    return kb.phrase(_GROUP, known), tuple(known.split(_BESIDE)[1:])


def open_word_of(fact: Fact, text: str, kb: KnowledgeBase) -> str | None:
    """The word of a message that leaves something open in a statement of a fact."""
    return next(
        (word for word in kb.phrases[_HEDGES] if _names_it(word, text) and word in fact_text(fact)), None
    )


def hedged(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> tuple[str, tuple[str, ...]] | None:
    """(what a word that leaves something open says and what it does not, further facts told by it), where a
    message asks that of it; None for any other message."""
    text = heard.said.text
    for fact in found:
        for word in kb.phrases[_HEDGES]:
            line = next((line for line in _lines(fact) if word in line), None)
            if line is None:
                continue
            if _names_it(word, text) and _is_asked_of(word, text):
                known = _held(fact, kb) if word == _USUALLY else None
                if known:
                    # what the document does write of the other cases
                    return kb.phrase(_GROUP, known), tuple(known.split(_BESIDE)[1:])
                return kb.phrase(_HEDGES, word, said=line), ()
            if word in _UNSURE and asks_if_certain(text) and is_polar(text):
                return kb.phrase(_GROUP, "unsure", word=word, said=_concerned(fact, word, text)), ()
    return None


_USUALLY = "通常"
_UNSURE = ("可能", _USUALLY)


def _held(fact: Fact, kb: KnowledgeBase) -> str | None:
    """The name of the phrase on the exceptions to a fact's rule."""
    return next((key for key in kb.phrases[_GROUP] if key.partition(_BESIDE)[0] == fact.id), None)


def _names_it(word: str, text: str) -> bool:
    """Whether a message has a word; one of a single character has to be quoted: “等”."""
    return word in text if len(word) > 1 else _is_quoted(word, text)


def _is_quoted(word: str, text: str) -> bool:
    return any(f"{sign}{word}" in text for sign in _SIGNS)


def _is_asked_of(word: str, text: str) -> bool:
    """Whether a message asks of a word itself: “可能”是多大可能, 你说的如有啥意思."""
    asked = bool(_OF_A_WORD.search(text))
    return asked and (_is_quoted(word, text) or quotes_us(text) or bool(meaning_asked(text)))


def _concerned(fact: Fact, word: str, text: str) -> str:
    """The statement with a word, of several the one that shares most with the message."""
    lines = [line for line in _lines(fact) if word in line]
    return max(lines, key=lambda line: len(set(line) & set(text))) + "。"


def _lines(fact: Fact) -> list[str]:
    """The statements of a fact one by one."""
    parts = fact_text(fact).replace("；", "\n").replace("。", "\n").splitlines()
    return [part.strip("· ：") for part in parts if part.strip("· ")]
