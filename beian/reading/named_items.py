"""The items of several changes, by a part of their names in clauses that tell of something done."""

from __future__ import annotations

from dataclasses import replace

from beian.kb import KnowledgeBase, Term
from beian.meaning.advance import changes_named
from beian.meaning.said import Said
from beian.nlu.evidence import Evidence
from beian.text import patterns
from beian.text.clauses import looks_like_question

# What a clause has that tells of something done or to be done.
_DONE = patterns.compile("[了过要想换改变搬关停卖撤删转加增盘]|注销|准备|打算")
_CHANGES = ("item", "change_type")


def by_its_name(said: Said, evidence: Evidence, kb: KnowledgeBase) -> Said:
    """What a message says, with the items of several changes that clauses have a part of the name of (A家换了
    地址，B家换了服务器); without changes read out of clauses that tell of nothing done (手上两家公司)."""
    clauses = [text for text, _ in evidence.clauses]
    idle = {clause for clause in clauses if not _DONE.search(clause)}
    read_out = {pair for pair in said.named if said.words.get(pair) in idle - {*kb.words}}
    named = tuple(pair for pair in said.named if pair not in read_out)
    words = dict(said.words)
    if len(clauses) < 2 or not changes_named(said, kb):
        return said
    for clause in clauses:
        words_in = {word for pair, word in said.words.items() if pair[0] in _CHANGES and word != clause}
        by_alias = any(word in clause for word in words_in)
        if clause in idle or by_alias or looks_like_question(clause):
            continue
        item = _item_named_in(clause, kb)
        if item is not None and item.change_type:
            own = (("item", item.id), ("change_type", item.change_type))
            named = (*(pair for pair in named if words.get(pair) != clause or pair in own), *own)
            words |= {pair: clause for pair in own if pair not in words}
    if named == said.named:
        return said
    in_order = sorted(dict.fromkeys(named), key=lambda pair: said.text.find(words[pair]))
    return replace(said, named=tuple(in_order), words=words)


def _item_named_in(clause: str, kb: KnowledgeBase) -> Term | None:
    """The one item with the end of whose defined name a clause says what changed (地址 of 注册地址)."""
    found = [term for term in kb.terms if term.group == "item" and term.name[-2:] in clause]
    return found[0] if len(found) == 1 else None
