"""The clients of a message, each with the change that is told of it (甲家换服务器，乙家换法人，丙家要关站):
none is lost because other words tell its change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from beian.hearing.clauses import clauses_in
from beian.kb import KnowledgeBase, Term
from beian.meaning.advance import changes_named
from beian.meaning.naming import implied_by
from beian.meaning.said import Pairs, Said
from beian.meaning.state import Matter
from beian.reading.client_names import alike, as_typed, client_of
from beian.text.clauses import looks_like_question

_CHANGES = ("item", "change_type")
# What a message is cut at between a client and what is told of it, or between two clients.
_CUTS = ":：、"
# In a word for a change these tell that something changes, and not what.
_NO_THING = frozenset("换改变更了的要想把")
_SITE, _SITE_IN_SHORT = "网站", "站"
# So many signs of a word in another order mean it: 关站 of 网站关了.
_FEWEST_SIGNS = 2


@dataclass(frozen=True)
class Told:
    """What is told of one client: its `matter`, which has no name where it was not understood, the `words`
    that tell it, and the `pairs` that these name."""

    matter: Matter
    words: str
    pairs: Pairs = ()


def roster(said: Said, kb: KnowledgeBase) -> tuple[Told, ...]:
    """The clients of a message in its order; () where it does not tell a change of two of them."""
    told = told_of_clients(said, kb)
    known = {str(one.matter.client) for one in told if one.matter.named}
    if len(known) < 2:
        return ()
    return tuple(
        one
        for one in told
        if one.matter.named or (one.matter.client not in known and alike(str(one.matter.client), known))
    )


def told_of_clients(said: Said, kb: KnowledgeBase) -> tuple[Told, ...]:
    """What a message tells of anybody by name, also of one alone, and where it is no change."""
    found = (one for name, words in _stretches(said, kb) for one in _told(name, words, said, kb))
    return tuple(dict.fromkeys(found))


def clients_of(told: tuple[Told, ...]) -> Mapping[tuple[str, str], str]:
    """The client of each change, by the pair that names it."""
    return {pair: str(one.matter.client) for one in reversed(told) for pair in one.pairs}


def asked_besides(said: Said, kb: KnowledgeBase) -> str:
    """What a message asks besides what it tells of its clients: 分别怎么办, 先忙哪个."""
    own = {clause for _, clause in _of_clients(said, kb)}
    clauses = [clause for clause in _typed(said).split(",") if clause not in own]
    return ",".join(clause for clause in clauses if looks_like_question(clause))


def _typed(said: Said) -> str:
    """The message as it was typed, its clauses parted by commas."""
    text = as_typed(said)
    for sign in _CUTS:
        text = text.replace(sign, ",")
    return ",".join(clauses_in(text))


def _of_clients(said: Said, kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Each clause that is told of a client, with its name: one that begins with it, or follows such a one and
    asks nothing."""
    name = ""
    for clause in _typed(said).split(","):
        own = client_of(clause, kb)
        name = own or ("" if looks_like_question(clause) else name)
        if name and clause:
            yield name, clause


def _stretches(said: Said, kb: KnowledgeBase) -> list[tuple[str, str]]:
    """The clients with all that is told of each at one place."""
    found: list[tuple[str, str]] = []
    for name, clause in _of_clients(said, kb):
        if found and found[-1][0] == name and not clause.startswith(name):
            found[-1] = (name, f"{found[-1][1]},{clause}")
        else:
            found.append((name, clause))
    return found


def _told(name: str, words: str, said: Said, kb: KnowledgeBase) -> Iterator[Told]:
    """The changes that a stretch tells of a client; one without a name where it tells none."""
    begin = max(0, _typed(said).find(words))
    text = said.text[begin : begin + len(words)]
    pairs = _named_in(text, said, kb)
    kinds = [value for value in said.values("subject_kind") if said.words[("subject_kind", value)] in text]
    matters = changes_named(replace(said, named=pairs, clients={}), kb) or [Matter()]
    for matter in matters:
        kind = matter.subject_kind or (kinds[0] if kinds else None)
        slot, value = matter.name
        own = pairs if len(matters) == 1 else tuple(implied_by(slot, value or "", kb))
        yield Told(replace(matter, client=name, subject_kind=kind), words, own)


def _named_in(text: str, said: Said, kb: KnowledgeBase) -> Pairs:
    """The changes that a stretch names: as the message was read, by a word of the vocabulary, or by the signs
    of one in another order."""
    read = tuple(pair for pair in said.named if pair[0] in _CHANGES and said.words.get(pair, "\0") in text)
    own = set(text.replace(_SITE, _SITE_IN_SHORT))
    by_word = [(len(word), term) for word, term in _words(kb.terms) if word in text]
    by_signs = [(len(signs), term) for signs, term in _signs(kb.terms) if signs <= own]
    term = _longest(by_word, said) or _longest(by_signs, said)
    if term is None or any(slot == "item" for slot, _ in read) or (read and term.group != "item"):
        return read
    return tuple(implied_by(term.group, term.id, kb))


def _longest(found: list[tuple[int, Term]], said: Said) -> Term | None:
    """The term of the longest word, of those that the message does not deny."""
    told = [(length, term) for length, term in found if (term.group, term.id) not in said.denied]
    return max(told, key=lambda one: one[0])[1] if told else None


@lru_cache(maxsize=4)
def _words(terms: tuple[Term, ...]) -> tuple[tuple[str, Term], ...]:
    return tuple(
        (word.lower(), term)
        for term in terms
        if term.group in _CHANGES
        for word in (term.name, *term.aliases)
    )


@lru_cache(maxsize=4)
def _signs(terms: tuple[Term, ...]) -> tuple[tuple[frozenset[str], Term], ...]:
    """The signs of the words for changes, without those that only tell that something changes."""
    found = [
        (frozenset(word.replace(_SITE, _SITE_IN_SHORT)) - _NO_THING, term)
        for word, term in _words(terms)
        if not any(sign.isascii() for sign in word)
    ]
    return tuple((signs, term) for signs, term in found if len(signs) >= _FEWEST_SIGNS)
