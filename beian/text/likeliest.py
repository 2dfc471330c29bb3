"""The likeliest way through a message, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from beian.text.word_pairs import BORDER, WordPairs

# So many ways to read the message up to a place are followed further.
_MOST_WAYS = 4
_NOTHING: dict[str, float] = {}


class Step(NamedTuple):
    """From a place to `end` as `word` (none for a blank), at a cost.

    `shown` instead of what is written. `least`: it is never less likely than that. `entering`: it is pinyin,
    and costs more where that begins.
    """

    end: int
    word: str
    cost: float = 0.0
    shown: str | None = None
    least: float | None = None
    entering: bool = False


class Way(NamedTuple):
    """The best way to a place that ends with a word: its chance, the way before, and the step from there."""

    chance: float
    word: str
    before: Way | None = None
    step: Step | None = None


def likeliest(
    size: int,
    pairs: WordPairs,
    steps: Callable[[int], Iterable[Step]],
    entering: Callable[[int, str], float],
) -> list[Step]:
    """The steps through a message of `size` signs whose words are likeliest one after another. `steps` gives
    those that begin at a place, `entering` what it costs to begin with pinyin there, after a word."""
    ways: list[dict[str, Way]] = [{} for _ in range(size + 1)]
    ways[0][BORDER] = Way(0.0, BORDER)
    for place in range(size):
        if not ways[place]:
            continue
        here = sorted(ways[place].values(), key=_order)[:_MOST_WAYS]
        ways[place] = {}
        _follow(here, steps(place), pairs, ways, [entering(place, way.word) for way in here])
    best = min(ways[size].values(), key=lambda way: (-way.chance - pairs.chance(way.word, BORDER), way.word))
    found: list[Step] = []
    while best.step is not None and best.before is not None:
        found.append(best.step)
        best = best.before
    return found[::-1]


def _order(way: Way) -> tuple[float, str]:
    return -way.chance, way.word


def _follow(
    here: list[Way],
    steps: Iterable[Step],
    pairs: WordPairs,
    ways: list[dict[str, Way]],
    entering: list[float],
) -> None:
    alone, any_after = pairs.alone, pairs.any_after
    known = [pairs.after.get(way.word, _NOTHING) for way in here]
    plain = [(way.chance, any_after.get(way.word, 0.0), own) for way, own in zip(here, known, strict=True)]
    pinyin = [(way[0] - more, *way[1:]) for way, more in zip(plain, entering, strict=True)]
    for step in steps:
        end, word, cost, _, least, enters = step
        there = ways[end]
        if not word:
            for way in here:
                old = there.get(way.word)
                if old is None or old.chance < way.chance:
                    there[way.word] = Way(way.chance, way.word, way, step)
            continue
        usual = alone(word)
        best, chance = 0, -1e9
        for number, (begun, rest, after) in enumerate(pinyin if enters else plain):
            own = after.get(word)
            if own is None:
                own = rest + usual
            if least is not None and own < least:
                own = least
            if begun + own > chance:
                best, chance = number, begun + own
        chance -= cost
        old = there.get(word)
        if old is None or old.chance < chance:
            there[word] = Way(chance, word, here[best], step)
