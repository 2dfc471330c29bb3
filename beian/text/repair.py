"""Messages spelt by sound: slips of an input method, and pinyin in letters, are read as what was meant.

A noisy channel: of all the words that sound like what is written, those are taken that are likeliest one
after another (`word_pairs`), where that gains more than what a change costs. One search over the message,
whose time grows with its length only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from beian.text.likeliest import Step, likeliest
from beian.text.message_signs import Signs
from beian.text.sound_words import LONGEST, MIXED_UP
from beian.text.word_pairs import BORDER, LATIN, WordPairs
from beian.text.words_meant import WordsMeant

# What it costs to begin with pinyin beside Chinese, and after a word of another language: where most words in
# letters may be pinyin, and where few may. Two letters alone cost more.
_INTO_PINYIN, _FROM_LATIN = (3.0, 1.0), (5.0, 9.0)
_SHORT, _FEWEST_LETTERS = 3.0, 3
# What each word that messages never have adds to the cost of a change, and that no term stands in one: it may
# speak of something else.
_FOREIGN, _MOST_FOREIGN = 2.0, 3
# A word of so many messages is no slip.
_OFTEN = 8
# What it costs to change a character that an ordinary word may be made of, and another.
_IN_A_WORD, _ALONE = 2.5, 1e-6
# Slips are looked for at so many places of a message.
_MOST_DOUBTFUL = 80


class Repairer:
    """Reads messages by the words and pairs known. `spellings` are other spellings of the `terms` in letters;
    `is_word` says whether a string is an ordinary word; `common` are words of general Chinese that pinyin may
    mean."""

    def __init__(
        self,
        pairs: WordPairs,
        terms: Iterable[str],
        spellings: Mapping[str, str],
        is_word: Callable[[str], bool],
        common: Iterable[str] = (),
    ) -> None:
        self._pairs, self._spellings, self._is_word = pairs, dict(spellings), is_word
        self._words = WordsMeant(pairs, self._spellings, is_word, common)
        self._terms = frozenset(terms)
        self._often = _OFTEN if pairs.pairs else 1

    def __call__(self, text: str) -> str:
        """The text (normalised already) as it was meant."""
        signs = Signs(text, self._spellings)
        written = self._best(signs, None)
        doubtful = self._doubtful(signs, written)
        if not any(doubtful) and not signs.latin:
            return text
        steps = self._best(signs, doubtful, self._foreign(written))
        return "".join(_shown(signs, self._known_beside(signs, steps)))

    def _foreign(self, steps: list[Step]) -> float:
        words = [step.word for step in steps if len(step.word) > 1]
        known, foreign = self._pairs.words, self._pairs.foreign
        others = sum(word not in known or word in foreign for word in words)
        return _FOREIGN * min(others + self._terms.isdisjoint(words), _MOST_FOREIGN)

    def _known_beside(self, signs: Signs, steps: list[Step]) -> list[Step]:
        """The steps without the single characters that were changed for others, where those were never seen
        beside the words beside them."""
        known, found, start = self._pairs.after, [], 0
        words = [BORDER, *(step.word for step in steps), BORDER]
        for number, step in enumerate(steps):
            if step.shown is not None and step.end - start == 1 == len(step.shown) and signs.is_han(start):
                before, word, after = words[number : number + 3]
                usual = word in MIXED_UP.get(signs.text[start], ())
                if not usual and (word not in known.get(before, ()) or after not in known.get(word, ())):
                    step = Step(step.end, signs.text[start])
            found.append(step)
            start = step.end
        return found

    def _best(self, signs: Signs, doubtful: list[float] | None, more: float = 0.0) -> list[Step]:
        """The likeliest steps through a message; as written where `doubtful` is None. Each change of a word
        costs so much `more`."""
        into, from_latin = _INTO_PINYIN if signs.mostly_pinyin else _FROM_LATIN

        def entering(place: int, word: str) -> float:
            if word == LATIN:
                return from_latin
            letters = signs.latin[place].letters if place in signs.latin else ""
            short = _SHORT if 0 < len(letters) < _FEWEST_LETTERS else 0.0
            before = place - 1
            while before >= 0 and signs.text[before] == " ":
                before -= 1
            return 0.0 if signs.in_pinyin(before) else into + short

        def steps(place: int) -> list[Step]:
            found = self._words.written(signs, place)
            if doubtful is not None:
                if any(doubtful[place : place + LONGEST]):
                    self._words.slips(signs, place, doubtful, more, found)
                if any(map(signs.in_pinyin, range(place, place + LONGEST))):
                    self._words.spelt(signs, place, found)
            return found

        return likeliest(len(signs.text), self._pairs, steps, entering)

    def _doubtful(self, signs: Signs, steps: list[Step]) -> list[float]:
        """The places at words, as written, that are no ordinary ones nor known to stand where they do."""
        doubtful = [0.0] * (len(signs.text) + 1)
        words = [BORDER, *(step.word for step in steps), BORDER]
        start, left = 0, _MOST_DOUBTFUL
        for number, step in enumerate(steps):
            if signs.is_han(start) and not signs.named[start] and left > 0:
                before, word, after = words[number : number + 3]
                if not self._is_sure(before, word, after):
                    doubtful[start : step.end] = [_ALONE] * (step.end - start)
                    left -= step.end - start
            start = step.end
        return [
            doubt and (_IN_A_WORD if self._in_a_word(signs.text, place) else _ALONE)
            for place, doubt in enumerate(doubtful)
        ]

    def _in_a_word(self, text: str, place: int) -> bool:
        """Whether a character may belong to an ordinary word."""
        return any(
            self._is_word(text[first : first + size])
            for size in (2, 3, 4)
            for first in range(max(0, place - size + 1), min(place, len(text) - size) + 1)
        )

    def _is_sure(self, before: str, word: str, after: str) -> bool:
        if len(word) > 1:
            return self._pairs.words.get(word, 0) >= self._often or word in self._pairs.foreign
        known = self._pairs.after
        return word in known.get(before, ()) and after in known.get(word, ())


def _shown(signs: Signs, steps: list[Step]) -> Iterator[str]:
    """What is shown of each step: blanks between syllables go."""
    place, spelt = 0, False
    following: Step | None
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if step.word or not (spelt and following is not None and following.entering):
            yield step.shown if step.shown is not None else signs.text[place : step.end]
        if step.word:
            spelt = step.entering
        place = step.end
