"""The lists that were told, once more and one for each client: 两个客户的分别列一下清单."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.told_already import lists_told
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse
from beian.text import patterns

_LIST = "(?:清单|单子|列表|材料单|材料|资料)"
_GIVE = "(?:列|发|给|写|整理|拉|弄)"
_ASKS = patterns.compile(f"{_GIVE}.{{0,8}}{_LIST}|{_LIST}.{{0,8}}{_GIVE}")
_EACH = patterns.compile("分别|分开|各自|各列|各给|各出?一|两[家个边份]|每[家个份]|三[家个份]")
_FEWEST = 2


def asks_for_each(text: str) -> bool:
    """Whether the lists of several are asked for: 把两家的材料单子分别发给我."""
    return bool(_ASKS.search(text)) and bool(_EACH.search(text)) and not is_polar(text)


def lists_again(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the lists that were told, in full; as it is where it asks for no such thing, names
    a change itself, or fewer were told."""
    text = heard.said.text
    if heard.said.values("item") or heard.meaning.notice or not asks_for_each(text):
        return heard
    lists = tuple(dict.fromkeys(reversed(lists_told(state, kb))))[:MOST_FACTS][::-1]
    if len(lists) < _FEWEST:
        return heard
    meaning = replace(heard.meaning, outcome="answer", targets=lists, manner="ask", choices=())
    return replace(heard, meaning=replace(meaning, alone=1.0, foreign=0.0))
