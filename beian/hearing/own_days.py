"""Of several changes in hand, the one that a day belongs to, and which of them have a day."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from beian.calendar.dates import FoundDate
from beian.hearing.clauses import clause_around
from beian.hearing.day_questions import asks_apart
from beian.hearing.heard import Heard
from beian.hearing.matters import words_for
from beian.hearing.of_the_same_day import open_before
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse, Matter
from beian.reading.client_names import places_of
from beian.text import patterns

_BOUNDARY = patterns.compile(r"[,，。;；!！?？、\s]")
# A word in another clause is as far away as this many characters more.
_ANOTHER_CLAUSE = 50
# So many signs beside the day of a clause tell nothing besides it: 那3号呢, 大概10号吧.
_HARDLY_MORE = 3
# Words of different lengths may overlap: so many are looked at before a day.
_NEAR = 4


def matter_of(found: FoundDate, heard: Heard, state: Discourse, kb: KnowledgeBase) -> Matter | None:
    """The change that a day in a message is of: the one named nearest to it, in its own clause before any
    other; the one in focus where the message names none of them; None for a day that is told of something
    else (地址11月1号，法人11月12号, where only 法人 is in hand)."""
    distances = {matter: _distance(found, matter, heard, state, kb) for matter in state.matters}
    near = [(distance, matter) for matter, distance in distances.items() if distance is not None]
    if not near:
        return state.focus
    distance, matter = min(near, key=lambda one: one[0])
    before = open_before(heard, state)
    if before is not None and distance >= _ANOTHER_CLAUSE:
        # 10月30号，同一天服务器也换了: the day that was waited for
        return before
    of_another = distance >= _ANOTHER_CLAUSE and not hardly_more_than(found, heard)
    others = [other for other in heard.days if other != found]
    return (
        None if of_another and any(beside_a_change(other, heard, state, kb) for other in others) else matter
    )


def hardly_more_than(found: FoundDate, heard: Heard) -> bool:
    """Whether hardly more than a day stands in its clause: 大概10号吧."""
    clause = clause_around(heard.said.written, found.start, found.end)
    return len(clause) - len(found.text) <= _HARDLY_MORE


def _distance(
    found: FoundDate, matter: Matter, heard: Heard, state: Discourse, kb: KnowledgeBase
) -> int | None:
    """How far a change's name stands from a day, the nearest time that it is named; None where it is not."""
    text, far = heard.said.written, []
    places = _places(matter, heard, state, kb)
    after = bisect_right(places, (found.start, len(text)))
    # of all that stand on one side the nearest decides
    for place in places[max(0, after - _NEAR) : after + 1]:
        first, last = sorted([(found.start, found.end), place])
        between = text[first[1] : last[0]]
        apart = _ANOTHER_CLAUSE * bool(_BOUNDARY.search(between))
        # 法人换了，11月4号；服务器换了，…: what follows in another clause is the farthest
        far.append(len(between) + apart * (2 if place[0] > found.start else 1))
    return min(far, default=None)


def _places(matter: Matter, heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[tuple[int, int], ...]:
    """Where a message names a change, in order: by a word for it, or a part of its name that no other change
    in hand has (地址是11月1号)."""
    slot, value = matter.name
    words = heard.said.words
    said = words.get((slot, value or ""), "")
    if slot == "change_type" and any(pair[0] == "item" and word == said for pair, word in words.items()):
        # the word is that of another change of the same type
        said = ""
    written = heard.said.written.lower()
    of_client = places_of(matter.client, written) if matter.client else ()
    return of_client or _standing(written, tuple(words_for(matter, said, state.matters, kb)))


@lru_cache(maxsize=64)
def _standing(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where words stand in a text (start, end), in order. A message has many days and one text."""
    found = []
    for word in words:
        place = text.find(word)
        while place >= 0:
            found.append((place, place + len(word)))
            place = text.find(word, place + 1)
    return tuple(sorted(found))


def beside_a_change(found: FoundDate, heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a day stands in one clause with the name of what changes (改名是10月16号)."""
    named = [Matter(item=value) for slot, value in heard.said.named if slot == "item"]
    distances = (_distance(found, matter, heard, state, kb) for matter in (*named, *state.matters))
    return any(distance is not None and distance < _ANOTHER_CLAUSE for distance in distances)


def dated_matters(state: Discourse, heard: Heard, role: str, kb: KnowledgeBase) -> tuple[Matter, ...]:
    """The changes in hand whose days are told apart, with those whose day is not known; none where the
    message is about one of them."""
    dated = [matter for matter in state.matters if matter.span(role)]
    apart = asks_apart(heard.said.text)
    if not apart and len(set(heard.said.clients.values())) == 1:
        # of one more client, whoever else is named by the way
        return ()
    meant = [matter for matter in state.matters if _places(matter, heard, state, kb)]
    if (len(meant) == 1 and not apart) or len(dated) < (1 if apart else 2):
        return ()
    return state.matters if role == "changed" else tuple(dated)
