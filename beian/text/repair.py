"""Restore the domain's terms where they are spelt by sound: pinyin letters or wrong homophones."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

# Read when pypinyin is first imported. Its readings of whole phrases take 50 MB and say nothing here:
# terms and misspellings are read character by character, both alike.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin import lazy_pinyin

from beian.text import patterns

_LATIN_RUN = patterns.compile(r"[a-z0-9./@:_-]+(?: [a-z0-9./@:_-]+)*")
_LETTERS = patterns.compile(r"[a-z]+")
_HAN_RUN = patterns.compile(r"[\u4e00-\u9fff]{2,}")
_LONGEST_TERM = 6
_FEWEST_LETTERS = 4
# Characters that stand alone so often that one of them is hardly ever a misspelling.
_FUNCTION_CHARACTERS = frozenset("好吗吧呢啊了的地得是在有和要就都也至处价买卖滴这那没不")


class Repairer:
    """Repairs by the vocabulary's words; `is_word` says whether a string is an ordinary word.

    Only a stretch that is no ordinary word itself, and that sounds exactly like one term, is replaced.
    Two-character terms sound like much else: of them only those in `short_terms` are restored.
    """

    def __init__(
        self,
        words: Iterable[str],
        short_terms: Iterable[str],
        spellings: Mapping[str, str],
        is_word: Callable[[str], bool],
    ) -> None:
        self._is_word = is_word
        terms = [word for word in words if _HAN_RUN.fullmatch(word) and len(word) <= _LONGEST_TERM]
        safe = frozenset(short_terms)
        self._terms = frozenset(terms)
        self._by_sound: dict[tuple[str, ...], str] = {}
        self._by_letters: dict[str, str] = dict(spellings)
        for term in terms:
            sound = tuple(lazy_pinyin(term))
            self._by_letters.setdefault("".join(sound), term)
            if term in safe or (len(term) > 2 and not set(term) & _FUNCTION_CHARACTERS):
                self._by_sound.setdefault(sound, term)
        self._longest_letters = max((len(letters) for letters in self._by_letters), default=0)

    def __call__(self, text: str) -> str:
        """The text (normalised already) with misspelt terms restored."""
        text = _LATIN_RUN.sub(lambda match: self._from_latin(match.group()), text)
        return _HAN_RUN.sub(lambda match: self._from_sounds(match.group()), text)

    def _from_latin(self, run: str) -> str:
        """Letters inside an address (beian.miit.gov.cn) or beside digits are not pinyin."""
        stretches = groupby(run.split(" "), lambda word: bool(_LETTERS.fullmatch(word)))
        return " ".join(
            self._from_letters(" ".join(words)) if plain else " ".join(words) for plain, words in stretches
        )

    def _from_letters(self, run: str) -> str:
        """Pinyin of terms written in letters; a run that is not wholly made of them stays."""
        letters = run.replace(" ", "")
        best: list[list[str] | None] = [[]] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - self._longest_letters), end):
                head, term = best[start], self._by_letters.get(letters[start:end])
                if head is not None and term and end - start >= _FEWEST_LETTERS:
                    option = [*head, term]
                    if best[end] is None or len(option) < len(best[end] or []):
                        best[end] = option
        whole = best[-1]
        return "".join(whole) if whole else run

    def _from_sounds(self, run: str) -> str:
        sounds = lazy_pinyin(run)
        chars = list(run)
        taken = [False] * len(chars)
        for size in range(min(_LONGEST_TERM, len(chars)), 1, -1):
            for start in range(len(chars) - size + 1):
                stretch = slice(start, start + size)
                written = "".join(chars[stretch])
                if any(taken[stretch]):
                    continue
                if written in self._terms:
                    taken[stretch] = [True] * size
                    continue
                term = self._by_sound.get(tuple(sounds[stretch]))
                if term and self._may_replace(run, start, written, term):
                    chars[stretch] = term
                    taken[stretch] = [True] * size
        return "".join(chars)

    def _may_replace(self, run: str, start: int, written: str, term: str) -> bool:
        """False when what would be changed belongs to an ordinary word."""
        changed = [start + offset for offset, (a, b) in enumerate(zip(written, term, strict=True)) if a != b]
        if self._is_word(written) or (len(term) == 2 and len(changed) == 2):
            return False
        if any(run[place] in _FUNCTION_CHARACTERS for place in changed):
            return False
        end = start + len(written)
        for size in (2, 3, 4):
            for first in range(max(0, start - size + 1), min(end, len(run) - size + 1)):
                last = first + size
                within_term = first >= start and last <= end
                if within_term and len(term) == 2:
                    continue
                if any(first <= place < last for place in changed) and self._is_word(run[first:last]):
                    return False
        return True
