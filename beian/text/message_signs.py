"""What a message is made of, for the repair: characters, words in letters, numbers, marks, and names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from beian.text import patterns
from beian.text.sound_words import Unit
from beian.text.sounds import LONGEST_SYLLABLE, WITHOUT_TONES, spelt, syllables

_CHUNK = patterns.compile(r"[a-z0-9]+(?:[./@:_-]+[a-z0-9]+)*")
_MOSTLY = 0.7
_HAN = patterns.compile(r"[\u4e00-\u9fff]")
_LETTERS = patterns.compile(r"[a-z]{2,}")
_TONED = patterns.compile(r"(?:[a-z]+[1-5])+")
_DIGITS = patterns.compile(r"[0-9]+")
_NUMBER_AND_LETTERS = patterns.compile(r"([0-9]+)([a-z]{2,})")
# Names are left as they are, in quotation marks or after the words that give one.
_NAME = patterns.compile(
    r"“[^”]{1,40}”?|「[^」]{1,40}」?|『[^』]{1,40}』?|《[^》]{1,40}》?|‘[^’]{1,40}’?|\"[^\"]{1,40}\"|'[^']{1,40}'|"
    r"(?:名叫|名为|取名|起名|改叫|叫做|叫作|命名为|名称[是为:]|名字[是叫:]|网站叫|公司叫|站叫)[^\s,，。?？!！;；、]{1,20}|"
    r"叫[\u4e00-\u9fff]{2,4}(?:[\s,，。?？!！;；、]|$)"
)


@dataclass(frozen=True)
class Latin:
    """A word in letters: where it ends, its letters without tones, whether it may be pinyin, whether its
    syllables have tones in digits."""

    end: int
    letters: str
    pinyin: bool
    toned: bool = False


class Signs:
    """A normalised message, sign by sign: the words in letters by where they begin, what is a name, and the
    syllables that begin at a place."""

    def __init__(self, text: str, spellings: Collection[str] = ()) -> None:
        self.text, self._spellings = text, spellings
        self._plain = text.translate(WITHOUT_TONES)
        self.named = [False] * (len(text) + 1)
        for match in _NAME.finditer(text):
            self.named[match.start() : match.end()] = [True] * (match.end() - match.start())
        self.latin: dict[int, Latin] = {}
        self.numbers: dict[int, int] = {}
        self._word_of: dict[int, Latin] = {}
        for match in _CHUNK.finditer(self._plain):
            self._take(match.group(), match.start())

    def _take(self, chunk: str, start: int) -> None:
        counted = _NUMBER_AND_LETTERS.fullmatch(chunk)
        if counted and spelt(counted[2]):
            # 30tian
            self._take(counted[1], start)
            start, chunk = start + len(counted[1]), counted[2]
        end = start + len(chunk)
        if _DIGITS.fullmatch(chunk):
            self.numbers[start] = end
            return
        toned = bool(_TONED.fullmatch(chunk))
        letters = "".join(char for char in chunk if char.isalpha()) if toned else chunk
        plain = bool(toned or _LETTERS.fullmatch(chunk))
        word = Latin(end, letters, plain and not self.named[start] and spelt(letters), toned)
        self.latin[start] = word
        if word.pinyin:
            self._word_of.update(dict.fromkeys(range(start, end), word))

    @cached_property
    def mostly_pinyin(self) -> bool:
        """Whether most of the words in letters that are no other spellings of terms may be pinyin."""
        words = [word for word in self.latin.values() if word.letters.isalpha()]
        others = [word for word in words if word.letters not in self._spellings]
        return sum(word.pinyin for word in others) >= _MOSTLY * len(others)

    @cached_property
    def is_english(self) -> bool:
        """Whether it is a text in another language, with no Chinese in it."""
        return not self.mostly_pinyin and _HAN.search(self.text) is None

    def is_han(self, place: int) -> bool:
        """Whether a Chinese character stands at a place."""
        return "\u4e00" <= self.text[place : place + 1] <= "\u9fff"

    def in_pinyin(self, place: int) -> bool:
        """Whether a place is within letters that may be pinyin."""
        return place in self._word_of

    def units(self, place: int) -> list[Unit]:
        """The syllables that begin at a place outside of names."""
        if self.is_han(place):
            return [] if self.named[place] else [Unit.of_character(self.text[place], place + 1)]
        word = self._word_of.get(place)
        if word is None or self.is_english:
            return []
        known, found = syllables(), []
        for size in range(1, min(LONGEST_SYLLABLE, word.end - place) + 1):
            syllable = self._plain[place : place + size]
            if syllable in known:
                end = place + size
                tone = word.toned and self.text[end : end + 1].isdigit()
                found.append(Unit.of_letters(syllable, end + tone))
        return found

    def after_blank(self, place: int) -> int:
        """Where the next syllable may begin: behind a blank that letters stand before or after."""
        if self.text[place : place + 1] == " " and (self.in_pinyin(place - 1) or self.in_pinyin(place + 1)):
            return place + 1
        return place
