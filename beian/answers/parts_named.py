"""Several parts that a message names in a row (总结负责人、期限、名称三点): a line for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.lines import line_of
from beian.answers.reply import Reply, next_buttons
from beian.answers.told_already import after_telling, lists_told
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse
from beian.text import patterns

_GROUP = "parts"
_FEWEST = 2
_SEPARATOR = patterns.compile("[、,，和与跟及]|以及|还有")
# 三点, 三个数, 每点一句, 并列: all of what is named, and nothing else of it.
_EACH = patterns.compile(
    "[两二三四五234]\\s?(?:个|点|项|条|样|块|方面)|每[个点项条样]|各(?:用|写|说|给|列)?一|并列|一起列|一并列|总结|归纳|概括|汇总|小结"
)
_OPENS = patterns.compile(
    "[吗么嘛呢?？]|怎么|如何|为什么|能不能|是不是|有没有|哪|区分|区别|谁|啥|什么|多少"
    "|要[改换办]|想[改换]|[改换变]了"
)
_COLON = patterns.compile("[:：]")
_LONGEST_PART = 14


def parts_named(
    heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """Each of the parts that a message names in short, and the state after it; None where it names fewer than
    two, or asks anything else."""
    text = heard.said.text
    if heard.meaning.notice or heard.days or heard.said.written in kb.questions:
        return None
    if not _EACH.search(text) or _OPENS.search(text):
        return None
    facts = tuple(_of_case(fact, state, kb) for fact in _parts(text, kb))[:MOST_FACTS]
    if len(facts) < _FEWEST:
        return None
    lines = [line_of(fact, heard, state, today, kb) for fact in facts]
    reply = Reply("answered", "\n".join(lines), facts, next_buttons(facts, kb, state))
    return reply, replace(after_telling(state, facts, facts), notice=())


def _parts(text: str, kb: KnowledgeBase) -> list[str]:
    """The fact for each part that is named between the signs of a row, by the longest word for one."""
    row = _COLON.split(text)[-1]
    found: list[str] = []
    for part in _SEPARATOR.split(row):
        words = [
            (len(word), fact)
            for fact, held in kb.phrases[_GROUP].items()
            if isinstance(held, list)
            for word in held
            if word in part
        ]
        if words and len(part) <= _LONGEST_PART:
            found.append(max(words)[1])
    return list(dict.fromkeys(found))


def _of_case(fact: str, state: Discourse, kb: KnowledgeBase) -> str:
    """Of a part on materials the list that was told last."""
    if kb.cells[fact].aspect != "materials":
        return fact
    lists = lists_told(state, kb)
    return lists[-1] if lists else fact


def names_a_part(text: str, kb: KnowledgeBase) -> bool:
    """Whether a message names a part of what there is to tell."""
    held = (words for words in kb.phrases[_GROUP].values() if isinstance(words, list))
    return any(word in text for words in held for word in words)
