"""The name that a notice quotes: which of its words the document forbids."""

from __future__ import annotations

from collections.abc import Sequence

from beian.calendar.numerals import read_number
from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase
from beian.meaning.advance import entry_at
from beian.meaning.state import Discourse
from beian.names import NameVerdict, check_name, find_names
from beian.text import patterns

_NAME = "名"
_REASON, _NAMING = "rejection_reason", "naming"
# A word is named, and not a name: 含“政府”字样.
_AS_A_WORD = patterns.compile("^[”\"」』’']?(?:的?字样|等?[两二三四几个]{0,2}[字词])")
# Which word it is, or what is wrong with it.
_WHICH = patterns.compile(
    "哪.{0,3}[字词里儿处不违错点]|[在出]哪|(?:什么|啥)[字词问毛]|为[什啥何]|凭什么|问题出|不行在|违规在|怎么(?:就)?(?:违|不)"
)
# 1是哪个字, 那2怎么改: the number stands first.
_FIRST = patterns.compile(
    r"^(?:那么?|行|好的?|嗯|哦|就|[,，。\s])*([1-8])(?:[^0-9年月日号个天条份岁周次点样种项家人块元万,，.。:：-]|$)"
)


def number_of_line(text: str, count: int) -> int | None:
    """The line of a notice of `count` lines that a message begins with the number of: 2怎么改."""
    match = _FIRST.search(text)
    number = read_number(match.group(1)) if match else 0
    return number if 0 < number <= count else None


def is_of_the_name(target: str, kb: KnowledgeBase) -> bool:
    """Whether a line of a notice is on the name of the site."""
    return bool(target) and kb.cells[target].when.get(_REASON) == _NAMING


def fault_of_the_name(line: str, kb: KnowledgeBase) -> tuple[NameVerdict, ...]:
    """The names that a line quotes, checked; else the forbidden words that it quotes, as their own names."""
    names = find_names(line, kb)
    if names:
        return tuple(check_name(name, kb) for name in names)
    quoted = [
        word for word in kb.forbidden_words if any(_AS_A_WORD.search(rest) for rest in line.split(word)[1:])
    ]
    return tuple(check_name(word, kb) for word in quoted)


def on_the_name(verdicts: tuple[NameVerdict, ...], kb: KnowledgeBase, *, asked: bool = False) -> str | None:
    """Which word is forbidden, or that none is found; None without a name. `asked`: that was the question."""
    if not verdicts:
        return None
    broken = [verdict for verdict in verdicts if not verdict.allowed]
    if not broken:
        return kb.phrase("notice_name", "clean", site="”“".join(verdict.name for verdict in verdicts))
    found = dict.fromkeys(word for verdict in broken for word in verdict.broken)
    words = "".join(kb.phrase("site_name", "word", word=word) for word in found)
    return kb.phrase("notice_name", "which" if asked else "broken", words=words)


def word_asked_for(found: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase) -> str | None:
    """Which word of the name in hand is the fault, where that is asked, or the line of the notice that quotes
    the name is pointed at; None for anything else."""
    rule = kb.awaiting("site_name")[0]
    of_it = [fact.id == rule or is_of_the_name(fact.id, kb) for fact in found]
    if not any(of_it) or not (all(of_it) or _NAME in heard.said.text):
        return None
    if heard.meaning.notice or find_names(heard.said.written, kb):
        return None
    line = entry_at(before.notice, heard.said.ordinal)
    if line is None and not _WHICH.search(heard.said.text):
        return None
    if line is None and len(before.notice) == len(before.entries):
        own = zip(before.notice, before.entries, strict=True)
        line = next((text for text, target in own if is_of_the_name(target, kb)), None)
    checked = before.checked if rule in before.stated else ()
    verdicts = fault_of_the_name(line, kb) if line else tuple(check_name(name, kb) for name in checked)
    return on_the_name(verdicts, kb, asked=bool(_WHICH.search(heard.said.text)))
