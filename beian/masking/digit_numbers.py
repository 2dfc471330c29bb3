"""Numbers made of digits: resident IDs, bank cards, mobile and landline numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from beian.masking.check_digits import is_luhn, is_resident_id
from beian.masking.groups import (
    BANK_CARD,
    GROUPS,
    ID_NUMBER,
    LANDLINE,
    MOBILE,
    MOST_GROUPS,
    MOST_ID_GROUPS,
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
    is_progression,
)
from beian.masking.signs import Seen
from beian.text import patterns

# The line the procedure tells everybody to call: no personal number.
SUPPORT_LINE = "9518802299"
_SHORTEST, _LONGEST_PHONE, _SHORTEST_ID, _LONGEST = 10, 16, 15, 19
_DIGITS = patterns.compile(r"[0-9]+")
_X = patterns.bounded(r"([^0-9A-Za-z]{0,12})[Xx×✕✖]")
_LATIN = patterns.bounded("[A-Za-z]")
_DAYS = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_AREAS = "(?:10|2[0-9]|[3-9][0-9]{2})"
# What is behind the date of birth may be followed by X.
_PATTERNS = {
    "id": f"[1-8][0-9]{{5}}(?:18|19|20)[0-9]{{2}}{_DAYS}[0-9]{{3}}",
    "old id": f"{PROVINCES}[0-9]{{6}}{_DAYS}[0-9]{{3}}",
    "card": "(?:[3-6]|95|2[2-7])[0-9]{13}",
    "mobile": "(?:0{0,2}86)?0?1[3-9][0-9]{9}",
    "landline": f"(?:0{{0,2}}860?|0){_AREAS}[2-9][0-9]{{6,7}}",
}
_ID, _OLD_ID, _CARD, _MOBILE, _LANDLINE = map(patterns.bounded, _PATTERNS.values())
_LONG_BEGINS = patterns.bounded("|".join((_PATTERNS["id"], _PATTERNS["old id"], _PATTERNS["card"])))
_PHONE_BEGINS = patterns.bounded("|".join((_PATTERNS["mobile"], _PATTERNS["landline"])))
_PROVINCE = patterns.bounded(PROVINCES)
_EXTENSION = patterns.backtracking(r" {0,2}(?:[-—–#]|转|分机|ext\.?) {0,2}[0-9]{1,6}(?![0-9])", patterns.I)


def in_clusters(seen: Seen, flat: str) -> Iterator[FoundNumber]:
    """All that may be one, of any kind, in every cluster of digits."""
    cluster: list[Group] = []
    for group in _groups(seen, flat):
        if group.gap == WALL and cluster:
            yield from _in_cluster(flat, cluster)
            cluster = []
        cluster.append(group)
    if cluster:
        yield from _in_cluster(flat, cluster)


def _groups(seen: Seen, flat: str) -> Iterator[Group]:
    end = 0
    for match in _DIGITS.finditer(flat):
        signs = flat[end : match.start()]
        start, end = match.span()
        gap = gap_of(signs) if len(signs) <= MOST_SIGNS else WALL
        plain = seen.are_plain(start, end)
        # A circled digit behind a number is a note's, not a part of it.
        for place in range(1, len(plain)):
            if plain[place] != plain[place - 1]:
                yield Group(start, end - len(plain) + place, gap, signs)
                start, gap, signs = end - len(plain) + place, USUAL_GAP, ""
        yield Group(start, end, gap, signs)


def _in_cluster(flat: str, cluster: list[Group]) -> Iterator[FoundNumber]:
    offsets = [0, *accumulate(group.end - group.start for group in cluster)]
    if offsets[-1] < _SHORTEST:
        return
    digits = "".join(flat[group.start : group.end] for group in cluster)
    for first, offset in enumerate(offsets[:-1]):
        is_phone, is_long = _PHONE_BEGINS.match(digits, offset), _LONG_BEGINS.match(digits, offset)
        if not (is_phone or is_long):
            continue
        least = offset + (_SHORTEST if is_phone else _SHORTEST_ID)
        most = offset + (_LONGEST if is_long else _LONGEST_PHONE)
        last = bisect_left(offsets, least, first + 1)
        while last < len(offsets) and offsets[last] <= most:
            yield from _kinds(flat, Run(digits[offset : offsets[last]], cluster, first, last))
            last += 1


class Run:
    """Whole groups one after another, read as one number."""

    __slots__ = ("_cluster", "_first", "_last", "end", "number", "size", "start", "sure")

    def __init__(self, number: str, cluster: list[Group], first: int, last: int) -> None:
        self.number, self.size = number, len(number)
        self._cluster, self._first, self._last = cluster, first, last
        self.start, self.end = cluster[first].start, cluster[last - 1].end
        # All between two signs is one group, though the styles of its digits may have cut it up.
        is_begun = first == 0 or cluster[first].signs != ""
        is_ended = last == len(cluster) or cluster[last].signs != ""
        is_whole = is_begun and is_ended and not any(group.signs for group in cluster[first + 1 : last])
        self.sure = ONE_GROUP if last - first == 1 or is_whole else GROUPS

    def is_written_like(self, label: str) -> bool:
        """Whether people would group a number of this kind like this; asked where nothing proves it."""
        if self.sure == ONE_GROUP:
            return True
        groups = self._cluster[self._first : self._last]
        sizes = [group.end - group.start for group in groups]
        longest, count = max(sizes), len(sizes)
        # "1. 3800138000" is an item of a list.
        if 1 in (sizes[0], sizes[-1]) and longest >= 8:
            return False
        is_usual = all(group.gap == USUAL_GAP for group in groups[1:])
        if longest == 1:
            return is_usual or len({group.signs for group in groups[1:]}) == 1
        if is_progression(self.number, sizes):
            return False
        if label == BANK_CARD:
            least = 2 if is_usual else 4
            is_even = sizes[0] >= least and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]
            few = MOST_GROUPS if is_usual and min(sizes) > 1 and longest > 2 else 3
            return count <= few or is_even
        if is_usual and longest == 2:
            return 1 not in sizes[1:-1]
        return longest >= 3 and count <= (MOST_ID_GROUPS if label == ID_NUMBER else MOST_GROUPS)

    def found(
        self, label: str, sure: int | None = None, end: int | None = None, more: int = 0
    ) -> FoundNumber:
        """The same as a find: `end` where more belongs to it, `more` characters of those counted."""
        sure = self.sure if sure is None else sure
        return FoundNumber(sure, self.start, ORDER[label], -self.size - more, end or self.end, label)


def _kinds(flat: str, run: Run) -> Iterator[FoundNumber]:
    number, size = run.number, run.size
    if size in (17, 18) and _ID.match(number):
        yield from _with_x(flat, run) if size == 17 else _resident_id(run)
    if size == _SHORTEST_ID and _OLD_ID.match(number) and run.is_written_like(ID_NUMBER):
        yield run.found(ID_NUMBER)
    if size >= _SHORTEST_ID and _CARD.match(number) and is_luhn(number) and run.is_written_like(BANK_CARD):
        yield run.found(BANK_CARD)
    if size > _LONGEST_PHONE or number.endswith(SUPPORT_LINE):
        return
    if _MOBILE.fullmatch(number) and run.is_written_like(MOBILE):
        yield run.found(MOBILE)
    if _LANDLINE.fullmatch(number) and run.is_written_like(LANDLINE):
        # Other long numbers begin with 86 as well.
        if number[0] == "8" and run.sure == ONE_GROUP and flat[max(0, run.start - 1) : run.start] != "+":
            return
        extension = _EXTENSION.match(flat, run.end)
        yield run.found(LANDLINE, end=extension.end() if extension else None)


def _resident_id(run: Run) -> Iterator[FoundNumber]:
    if is_resident_id(run.number):
        yield run.found(ID_NUMBER, PROVEN)
    elif run.sure == ONE_GROUP or (_PROVINCE.match(run.number) and run.is_written_like(ID_NUMBER)):
        yield run.found(ID_NUMBER)


def _with_x(flat: str, run: Run) -> Iterator[FoundNumber]:
    cross = _X.match(flat, run.end)
    if cross is None or gap_of(cross[1]) == WALL:
        return
    if is_resident_id(run.number + "X"):
        yield run.found(ID_NUMBER, PROVEN, cross.end(), 1)
    elif not _LATIN.match(flat, cross.end()) and run.is_written_like(ID_NUMBER):
        # An X right behind tells as much as one group does.
        yield run.found(ID_NUMBER, GROUPS if cross[1] else ONE_GROUP, cross.end(), 1)
