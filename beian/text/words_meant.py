"""The words that what stands at a place of a message may be: as written, slips, or pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from beian.text.likeliest import Step
from beian.text.message_signs import Signs
from beian.text.sound_words import LONGEST, SoundWords
from beian.text.word_pairs import BORDER, LATIN, NUMBER, WordPairs

# An ordinary word is never less likely than this, whatever stands before it.
_ORDINARY, _SINGLE = -11.0, -13.0
# What a term gains where its other spelling is written.
_OWN_SPELLING = 8.0
# What it costs to leave what may be pinyin as it is among other words of which most may be.
_LEFT = 3.0
# An address, or a word with digits in it.
_ADDRESS = 10.0
_LONGEST_WORD = 8


class WordsMeant:
    """The steps of a search through messages. `spellings` are other spellings of terms in letters; `is_word`
    says whether a string is an ordinary word; `common` are words of general Chinese that pinyin may mean."""

    def __init__(
        self,
        pairs: WordPairs,
        spellings: Mapping[str, str],
        is_word: Callable[[str], bool],
        common: Iterable[str],
    ) -> None:
        self._pairs, self._spellings, self._is_word = pairs, spellings, is_word
        self._by_sound = SoundWords(pairs, common)

    def written(self, signs: Signs, place: int) -> list[Step]:
        """The words that begin at a place, as written."""
        text, char = signs.text, signs.text[place]
        if signs.is_han(place):
            found = [Step(place + 1, char, least=_SINGLE)]
            for end in range(place + 2, min(place + _LONGEST_WORD, len(text)) + 1):
                word = text[place:end]
                if self._is_word(word):
                    found.append(Step(end, word, least=_ORDINARY))
                elif word in self._pairs.words:
                    found.append(Step(end, word))
            return found
        if place in signs.latin:
            latin = signs.latin[place]
            cost = -self._pairs.spelt(latin.letters) if latin.letters.isalpha() else _ADDRESS
            cost += _LEFT if latin.pinyin and signs.mostly_pinyin and len(signs.latin) > 1 else 0.0
            found = [Step(latin.end, LATIN, cost)]
            if latin.letters in self._spellings and not signs.named[place] and not signs.is_english:
                term = self._spellings[latin.letters]
                found.append(Step(latin.end, term, -_OWN_SPELLING, term, None, True))
            return found
        if place in signs.numbers:
            return [Step(signs.numbers[place], NUMBER)]
        return [] if signs.in_pinyin(place) else [Step(place + 1, "" if char == " " else BORDER)]

    def slips(self, signs: Signs, place: int, doubtful: list[float], more: float, found: list[Step]) -> None:
        """Add the words that the characters from a place on may be slips for."""
        text = signs.text
        for end in range(place + 1, min(place + LONGEST, len(text)) + 1):
            if not signs.is_han(end - 1) or signs.named[end - 1]:
                return
            words, longer = self._by_sound.alike(text[place:end])
            for word, cost in words:
                dear = _dear(signs, place, word, doubtful, cost + more)
                if dear is not None:
                    found.append(Step(end, word, dear, word))
            if not longer:
                return

    def spelt(self, signs: Signs, place: int, found: list[Step]) -> None:
        """Add the words that what begins at a place spells, some of it in letters."""
        begun: list[tuple[tuple[str, ...], str, int, bool]] = [((), "", place, False)]
        while begun:
            units, sound, end, in_letters = begun.pop()
            for unit in signs.units(signs.after_blank(end) if units else place):
                so_far = (*units, unit.written)
                letters = in_letters or unit.written.isascii()
                for key in unit.keys:
                    longer = f"{sound} {key}" if sound else key
                    if letters:
                        for word, cost in self._by_sound.sounding_like(so_far, longer):
                            found.append(Step(unit.end, word, cost, word, None, True))
                    if len(so_far) < LONGEST and self._by_sound.goes_on(longer):
                        begun.append((so_far, longer, unit.end, letters))


def _dear(signs: Signs, place: int, word: str, doubtful: list[float], cost: float) -> float | None:
    """What it costs to read a word for what stands at a place; None where nothing doubtful changes, or
    nothing of a longer word is left."""
    changed = 0
    for at, char in enumerate(word, place):
        if signs.text[at] != char:
            if not doubtful[at]:
                return None
            changed += 1
            cost += doubtful[at]
    return cost if 0 < changed < max(2, len(word)) else None
