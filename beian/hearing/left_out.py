"""Clients that a message asks after because they were left out (丙家呢，你把它忘了; 我问了三家，只答C家)."""

from __future__ import annotations

from beian.hearing.clauses import clauses_in
from beian.meaning.said import Said
from beian.meaning.state import Discourse, Matter
from beian.reading.client_names import as_typed, clients_meant
from beian.text import patterns

_NOT_ANSWERED = (
    "忘|漏|[怎咋]么?没有|没了|不见了|缺|落下|丢|跳过|略过|少[了答说]"
    "|没[有]?(?:给我)?[答回说讲提管写]|不[答回说讲提管]"
)
# What may stand beside the names of clients where nothing is asked of them but to be told of.
_OF_THEM = patterns.compile(
    f"^(?:{_NOT_ANSWERED}|那么?|你们?|您|我们?|问的?是?了?|怎么|咋|为什么|为啥|把|给|就|又|还|都|只|光|剩下?|其他|其余|另外"
    "|[两三四几二2-4]|一?[家个边位]|公司|客户|[店站]|的|和|跟|与|、|答|回|说|讲|提|告诉|掉|下|了|过|呢|吗|啊|呀|吧|的话|到|上"
    "|没有?|不|[,，。.?？!！~\\s])*$"
)
_ASKS_AFTER = patterns.compile(f"{_NOT_ANSWERED}|呢|的话|问.*[只光就].?[答回说讲提]")
# 只答了C家: those of whom something was said.
_ONLY_TOLD = patterns.compile("[只光就].{0,2}[答回说讲提]")
_THE_OTHERS = patterns.compile("(?:剩下?|其他|其余|另外|别)的?[那这]?[一两三四几二1-4]?[家个位]")
_SO_MANY = patterns.compile("[两三四五几2-5]家")


def speaks_of_no_more(text: str) -> bool:
    """Whether a text, without the names of clients, only asks after them: 呢, 你把…给忘了."""
    return bool(_OF_THEM.search(text) and _ASKS_AFTER.search(text))


def asked_after(said: Said, state: Discourse) -> tuple[Matter, ...]:
    """The changes of the clients that a message asks after, and of whom it asks nothing else; () where it
    asks after none."""
    text, told = as_typed(said), [matter for matter in state.matters if matter.client and matter.named]
    names = [str(matter.client) for matter in told]
    meant: list[str] = []
    answered: list[str] = []
    rest = text
    for clause in clauses_in(text):
        own = clients_meant(clause, names)
        (answered if _ONLY_TOLD.search(clause) else meant).extend(own)
    for name in dict.fromkeys([*meant, *answered]):
        rest = rest.replace(name, "")
    if len(set(names)) < 2 or not speaks_of_no_more(rest):
        return ()
    if not meant and (answered or _THE_OTHERS.search(text)):
        last = answered or [str(state.focus.client)]
        return tuple(matter for matter in told if matter.client not in last)
    if not meant and _SO_MANY.search(text):
        return tuple(told)
    return tuple(matter for matter in told if matter.client in meant)
