"""Credit codes of firms in a text: 18 digits and capital letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from beian.masking.check_digits import is_credit_code
from beian.masking.groups import (
    CREDIT_CODE,
    GROUPS,
    MOST_SIGNS,
    ONE_GROUP,
    ORDER,
    PROVEN,
    PROVINCES,
    USUAL_GAP,
    WALL,
    FoundNumber,
    Group,
    gap_of,
    is_list,
)
from beian.text import patterns

_CODE_CHARACTERS = 18
_WORDS = patterns.compile(r"[0-9A-Za-z]+")
_CODE = patterns.bounded(rf"[159NY][1239](?:10|{PROVINCES})[0-9]{{4}}[0-9A-HJ-NPQRTUWXY]{{10}}")


def _code_found(sure: int, start: int, end: int) -> FoundNumber:
    return FoundNumber(sure, start, ORDER[CREDIT_CODE], -_CODE_CHARACTERS, end, CREDIT_CODE)


def codes(flat: str) -> Iterator[FoundNumber]:
    """All that may be one, alone or glued to other letters."""
    cluster: list[Group] = []
    end = 0
    for match in _WORDS.finditer(flat):
        gap = gap_of(flat[end : match.start()]) if match.start() - end <= MOST_SIGNS else WALL
        if gap == WALL:
            yield from _codes_in_cluster(flat, cluster)
            cluster = []
        cluster.append(Group(*match.span(), gap))
        end = match.end()
    yield from _codes_in_cluster(flat, cluster)


def _codes_in_cluster(flat: str, words: list[Group]) -> Iterator[FoundNumber]:
    upper = "".join(flat[word.start : word.end] for word in words).upper()
    if len(upper) < _CODE_CHARACTERS:
        return
    offsets = [0, *accumulate(word.end - word.start for word in words)]
    for place, offset in enumerate(offsets[:-1]):
        if offsets[place + 1] - offset >= _CODE_CHARACTERS:
            yield from _codes_within(upper, offset, offsets[place + 1], words[place].start)
        else:
            yield from _codes_from(upper, offsets, place, words)


def _codes_from(upper: str, offsets: list[int], place: int, words: list[Group]) -> Iterator[FoundNumber]:
    """Of whole words from one on; or, where a check digit proves it, glued to letters at its ends."""
    offset = offsets[place]
    match = _CODE.match(upper, offset)
    if match:
        last = bisect_left(offsets, match.end())
        if offsets[last] == match.end():
            yield from _spaced_code(match.group(), words[place:last])
            return
    for begin in range(offset, offsets[place + 1]):
        if begin > offset and upper[begin - 1].isdigit():
            break
        match = _CODE.match(upper, begin)
        if match is None or match.group().isdigit() or not is_credit_code(match.group()):
            continue
        last = bisect_left(offsets, match.end())
        left = offsets[last] - match.end()
        if left == 0 or upper[match.end()].isalpha():
            start = words[place].start + begin - offset
            yield _code_found(PROVEN, start, words[last - 1].end - left)
            return


def _codes_within(upper: str, start: int, end: int, word_start: int) -> Iterator[FoundNumber]:
    """In a word of its own, or glued to other letters."""
    place = start
    while match := _CODE.search(upper, place, end):
        first, last = match.span()
        place = first + 1
        alone = (first == start or (upper[first - 1].isalpha() and upper[first].isdigit())) and last == end
        is_proven = is_credit_code(match.group())
        if is_proven or alone:
            sure = PROVEN if is_proven else ONE_GROUP
            yield _code_found(sure, word_start + first - start, word_start + last - start)


def _spaced_code(code: str, words: list[Group]) -> Iterator[FoundNumber]:
    start, end = words[0].start, words[-1].end
    is_proven = is_credit_code(code)
    if not code.isdigit():
        if is_proven or all(word.gap == USUAL_GAP for word in words[1:]):
            yield _code_found(PROVEN if is_proven else GROUPS, start, end)
    elif (is_proven or code[0] == "9") and not is_list(code, [word.end - word.start for word in words]):
        yield _code_found(GROUPS, start, end)
