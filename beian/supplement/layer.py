"""The layer of a knowledge base as far as it is switched on: which facts, or which difference, to tell."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from beian.kb import Conflict, Fact, KnowledgeBase, SupplementFact
from beian.nlu.vector_cache import CACHE_FOLDER
from beian.settings.answering import Switch, switch_from
from beian.supplement.choose import Chooser, Entry, Read, Weighing
from beian.supplement.weights import FACTS, POINTS
from beian.text.clauses import looks_like_question

# From this chance on a fact is told: it is likelier than all else together.
LEADS = 0.5
# Two are told together when both hold BOTH and the second has SECOND_MEANT: a block that is likely beside the
# point is one line too much.
BOTH = 0.6
SECOND_MEANT = 0.25
# A text this long says what it is about, also where it does not ask; of keywords alone (接入备案) it is
# better to ask which as soon as another is NEAR.
NO_KEYWORDS = 10
NEAR = 0.08
# Titles are offered while it is not likelier than this that none is meant, and the first has POSSIBLE. They
# are of themes with THEME_MEANT at least: what is near in words alone is no help to choose from.
NONE_MEANT = 0.8
POSSIBLE = 0.05
THEME_MEANT = 0.1
MOST_TITLES = 3
# A point where sources differ is asked for from here on.
VERY_POINT = 0.7


@dataclass(frozen=True)
class Choice:
    """`facts` to tell (one or two) or, if it is not clear which is meant, `titles` to offer; neither: nothing
    of the layer fits. `chance` is that of the likeliest fact that may be shown."""

    facts: tuple[SupplementFact, ...] = ()
    titles: tuple[SupplementFact, ...] = ()
    chance: float = 0.0


class Layer:
    """The facts and differences of one knowledge base, with what they are chosen by."""

    def __init__(self, kb: KnowledgeBase, switch: Switch | None = None) -> None:
        self.kb, self.switch = kb, switch or Switch()

    @cached_property
    def facts(self) -> Chooser:
        """Facts that are not shown stand among them: what asks for one of them asks for no other."""
        return _chooser(
            "facts",
            self.kb.supplement.version,
            lambda: [
                Entry(fact.id, (fact.title, fact.question, *fact.asked), fact.words, fact.themes)
                for fact in self.kb.supplement.facts.values()
            ],
            FACTS,
        )

    @cached_property
    def _points(self) -> Chooser:
        """The points that are told when asked for, among the document's facts in their plain form: what asks
        for one of those does not ask for a difference."""
        return _chooser("points", self.kb.version, lambda: [*self._told_when_asked(), *self._plain()], POINTS)

    def _told_when_asked(self) -> Iterator[Entry]:
        for point in self.kb.supplement.conflicts:
            if not point.always:
                yield Entry(point.id, (point.title, *point.asked), point.others_say)

    def _plain(self) -> Iterator[Entry]:
        for fact in self.kb.facts.values():
            phrasings = (fact.title, fact.question, self._brief(fact.id))
            yield Entry(fact.id, phrasings, " ".join(_lines(fact)))

    def _brief(self, fact: str) -> str:
        return str(self.kb.phrases["brief"].get(fact, self.kb.title_of(fact)))

    def warm_up(self) -> None:
        """Build what is chosen by, which takes seconds at the first start."""
        if self.kb.supplement.facts:
            _ = self.facts, self._points

    def visible(self, fact: SupplementFact) -> bool:
        """Whether a fact may be shown to customers."""
        return fact.shown and self.switch.shows(fact.theme)

    def choose(
        self,
        text: str,
        read: Read,
        within: str | None = None,
        subject_kind: str | None = None,
    ) -> Choice:
        """What a message asks for, of the facts `within` one theme or of all, `read` by the first step.
        Facts for another `subject_kind` than the customer's are none, unless it is named."""
        known = self.kb.supplement.facts
        if within is not None and len(self.kb.supplement.by_theme.get(within, ())) < 2:
            return Choice()
        others = self._of_other_kinds(text, subject_kind)
        chances = self.facts.chances(
            text,
            read,
            lambda entry: within in (None, *entry.themes) and entry.id not in others,
        )
        none = 1.0 - sum(chance for _, chance in chances)
        ranked = [(known[name], chance) for name, chance in chances[: 2 * MOST_TITLES]]
        shown = [(fact, chance) for fact, chance in ranked if self.visible(fact)]
        (first, chance), (second, other) = ranked[0], ranked[1]
        best = shown[0][1] if shown else 0.0
        if chance >= LEADS and not self.visible(first):
            return Choice()
        keywords = len(text) < NO_KEYWORDS and not looks_like_question(text)
        both = other >= SECOND_MEANT and chance + other >= BOTH and self.visible(first)
        if both and not keywords and self.visible(second):
            return Choice((first, second), chance=chance)
        if chance >= LEADS and not (keywords and other >= NEAR):
            return Choice((first,), chance=chance)
        own = [
            (fact, chance)
            for fact, chance in shown
            if within or any(read.themes.get(theme, 0.0) >= THEME_MEANT for theme in fact.themes)
        ]
        titles = tuple(fact for fact, chance in own if chance >= POSSIBLE)[:MOST_TITLES]
        if none > NONE_MEANT or not titles:
            return Choice(chance=best)
        if len(titles) == 1:
            titles = tuple(fact for fact, _ in own[:2])
        return Choice(titles=titles if len(titles) > 1 else (), chance=best)

    def _of_other_kinds(self, text: str, kind: str | None) -> frozenset[str]:
        """The facts whose titles name one kind of subject, which is another one than the customer's."""
        if kind is None or self._kinds_in(text):
            return frozenset()
        return frozenset(name for name, kinds in self._kinds.items() if len(kinds) == 1 and kind not in kinds)

    @cached_property
    def _kinds(self) -> dict[str, frozenset[str]]:
        """The kinds of subject that each fact's title and question name."""
        return {
            fact.id: self._kinds_in(f"{fact.title} {fact.question}")
            for fact in self.kb.supplement.facts.values()
        }

    def _kinds_in(self, text: str) -> frozenset[str]:
        terms = [term for term in self.kb.terms if term.group == "subject_kind"]
        return frozenset(
            term.id for term in terms if any(word in text for word in (term.name, *term.aliases))
        )

    def difference(
        self, text: str, facts: Sequence[str], item: str | None, told: Collection[str] = ()
    ) -> Conflict | None:
        """The one difference to tell beside facts of the document: that which is asked for, else the gravest
        that is always told, unless that is among those `told` already."""
        found = list(
            dict.fromkeys(point.id for fact in facts for point in self.kb.supplement.conflicts_of(fact, item))
        )
        points = [point for point in self.kb.supplement.conflicts if point.id in found]
        named = [point.id for point in points if not point.always]
        if named:
            best, chance = self._points.chances(text)[0]
            if best in named and chance >= VERY_POINT:
                return next(point for point in points if point.id == best)
        return next((point for point in points if point.always and point.id not in told), None)


def _lines(fact: Fact) -> list[str]:
    return [line for _, lines in fact.body for line in lines]


_CHOOSERS: OrderedDict[tuple[str, str], Chooser] = OrderedDict()
# Of each kind that of the knowledge base in use, and of the one before it or after it.
_MOST_CHOOSERS = 4
_BUILDING = threading.Lock()


def _chooser(kind: str, version: str, entries: Callable[[], Sequence[Entry]], weighing: Weighing) -> Chooser:
    """One chooser a version: it takes seconds to build."""
    key = (kind, version)
    with _BUILDING:
        if key not in _CHOOSERS:
            _CHOOSERS[key] = Chooser(entries(), weighing, CACHE_FOLDER / "supplement" / kind)
        _CHOOSERS.move_to_end(key)
        while len(_CHOOSERS) > _MOST_CHOOSERS:
            _CHOOSERS.popitem(last=False)
        return _CHOOSERS[key]


def layer_of(kb: KnowledgeBase) -> Layer | None:
    """The layer as the environment has it; None while it is switched off or empty. Raises SettingsError."""
    switch = switch_from()
    return Layer(kb, switch) if switch.on and kb.supplement.facts else None
