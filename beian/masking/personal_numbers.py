"""Where a text has personal numbers: resident IDs, credit codes, bank cards, mobile and landline numbers.

Digits with nothing but signs between them are a cluster of groups. A number is one group or several whole
groups one after another, so a small number beside it does not hide it. What check digits prove is taken
first. The rest must look like one: dates, times and addresses of computers are none, and where unusual
signs stand between the digits, their grouping must be one in which people write numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from beian.masking.check_digits import is_credit_code, is_luhn, is_resident_id
from beian.masking.signs import Seen
from beian.text import patterns

ID_NUMBER, CREDIT_CODE, BANK_CARD = "〔身份证号〕", "〔信用代码〕", "〔银行卡号〕"
MOBILE, LANDLINE = "〔手机号〕", "〔电话号码〕"
# The line the procedure tells everybody to call: no personal number.
SUPPORT_LINE = "9518802299"

_MOST_SIGNS, _USUAL_SIGNS = 12, 3
_MOST_ID_GROUPS, _MOST_GROUPS = 7, 6
_USUAL = frozenset(" \t-‐‑‒–—―−.·_,/\u30fb")
_SHORTEST, _LONGEST_PHONE, _SHORTEST_ID, _LONGEST = 10, 16, 15, 19
_CODE_CHARACTERS = 18
_DIGITS = patterns.compile(r"[0-9]+")
_WORDS = patterns.compile(r"[0-9A-Za-z]+")
_X = patterns.bounded(r"([^0-9A-Za-z]{0,12})[Xx×✕✖]")
_LATIN = patterns.bounded("[A-Za-z]")
_PROVINCES = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_DAYS = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_AREAS = "(?:10|2[0-9]|[3-9][0-9]{2})"
# What is behind the date of birth may be followed by X.
_PATTERNS = {
    "id": f"[1-8][0-9]{{5}}(?:18|19|20)[0-9]{{2}}{_DAYS}[0-9]{{3}}",
    "old id": f"{_PROVINCES}[0-9]{{6}}{_DAYS}[0-9]{{3}}",
    "card": "(?:[3-6]|95|2[2-7])[0-9]{13}",
    "mobile": "(?:0{0,2}86)?0?1[3-9][0-9]{9}",
    "landline": f"(?:0{{0,2}}860?|0){_AREAS}[2-9][0-9]{{6,7}}",
}
_ID, _OLD_ID, _CARD, _MOBILE, _LANDLINE = map(patterns.bounded, _PATTERNS.values())
_LONG_BEGINS = patterns.bounded("|".join((_PATTERNS["id"], _PATTERNS["old id"], _PATTERNS["card"])))
_PHONE_BEGINS = patterns.bounded("|".join((_PATTERNS["mobile"], _PATTERNS["landline"])))
_PROVINCE = patterns.bounded(_PROVINCES)
_CODE = patterns.bounded(rf"[159NY][1239](?:10|{_PROVINCES})[0-9]{{4}}[0-9A-HJ-NPQRTUWXY]{{10}}")
_EXTENSION = patterns.backtracking(r" {0,2}(?:[-—–#]|转|分机|ext\.?) {0,2}[0-9]{1,6}(?![0-9])", patterns.I)
_MOST_BEFORE = 12
_COUNTRY = patterns.backtracking(r"\(?(?:\+ ?|(?<![0-9]))(?:00)?86\)?[ \-‐-—.·]{0,3}$")
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_NO_NUMBER = patterns.backtracking(
    "|".join(
        # A date that goes on with the same sign is a part of something else.
        rf"(?<![0-9])(?<![0-9]{sign})(?:19|20)[0-9]{{2}}{sign}(?:0?[1-9]|1[0-2])"
        rf"{sign}(?:0?[1-9]|[12][0-9]|3[01])(?!{sign}?[0-9])"
        for sign in ("-", "/", r"\.")
    )
    + r"|(?<![0-9:])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,6})?)?(?![0-9:])"
    + rf"|(?<![0-9])(?<![0-9]\.)(?:{_OCTET}\.){{3}}{_OCTET}(?!\.?[0-9])"
    + r"|(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f:])"
    + r"|(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}(?![0-9A-Fa-f:])"
)

_PROVEN, _ONE_GROUP, _GROUPS = range(3)


class Found(NamedTuple):
    """What may be a number, in the order in which they are taken; `size` is negative: longer ones first."""

    sure: int
    start: int
    kind: int
    size: int
    end: int
    label: str


class _Group(NamedTuple):
    """A run of digits and the signs before it: usual ones between digits, unusual ones, or a wall."""

    start: int
    end: int
    gap: str
    signs: str = ""


_USUAL_GAP, _UNUSUAL_GAP, _WALL = "usual", "unusual", "wall"


def find_numbers(seen: Seen, flat: str) -> list[tuple[int, int, str]]:
    """(start, end, label), in order and apart; `flat` is the seen text, possibly with parts blotted out."""
    found = [*_codes(flat), *_in_clusters(seen, flat)]
    if not found:
        return []
    taken = bytearray(len(flat))
    chosen = []
    found.sort()
    for one in found:
        if one.sure != _GROUPS and taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            chosen.append(one)
    rest = [one for one in found if one.sure == _GROUPS and taken.find(1, one.start, one.end) < 0]
    if rest:
        marked = _no_numbers(flat, taken)
        chosen += _most_covered([one for one in rest if not _is_spoilt(one, marked, flat)])
    spans, least = [], 0
    for one in sorted(chosen, key=lambda one: one.start):
        spans.append((_begin(flat, least, one), one.end, one.label))
        least = one.end
    return spans


def _most_covered(found: list[Found]) -> list[Found]:
    """Those that leave the fewest digits uncovered, none over another: groups can be read in many ways."""
    found = sorted(found, key=lambda one: (one.end, one.start))
    ends = [one.end for one in found]
    best: list[tuple[int, int]] = [(0, 0)]
    before = []
    for place, one in enumerate(found):
        before.append(bisect_right(ends, one.start, 0, place))
        covered, fewer = best[before[place]]
        best.append(max(best[place], (covered - one.size, fewer - 1)))
    chosen, place = [], len(found)
    while place:
        if best[place] == best[place - 1]:
            place -= 1
            continue
        chosen.append(found[place - 1])
        place = before[place - 1]
    return chosen


# --- clusters of digits ------------------------------------------------------------------------------


def _in_clusters(seen: Seen, flat: str) -> Iterator[Found]:
    cluster: list[_Group] = []
    for group in _groups(seen, flat):
        if group.gap == _WALL and cluster:
            yield from _in_cluster(flat, cluster)
            cluster = []
        cluster.append(group)
    if cluster:
        yield from _in_cluster(flat, cluster)


def _groups(seen: Seen, flat: str) -> Iterator[_Group]:
    end = 0
    for match in _DIGITS.finditer(flat):
        signs = flat[end : match.start()]
        start, end = match.span()
        gap = _gap(signs) if len(signs) <= _MOST_SIGNS else _WALL
        plain = seen.are_plain(start, end)
        # A circled digit behind a number is a note's, not a part of it.
        for place in range(1, len(plain)):
            if plain[place] != plain[place - 1]:
                yield _Group(start, end - len(plain) + place, gap, signs)
                start, gap, signs = end - len(plain) + place, _USUAL_GAP, ""
        yield _Group(start, end, gap, signs)


@lru_cache(maxsize=1024)
def _gap(signs: str) -> str:
    if len(signs) <= _USUAL_SIGNS and _USUAL.issuperset(signs):
        return _USUAL_GAP
    if any(sign.isalnum() or sign in "%¥$€£￥‰°℃" for sign in signs):
        return _WALL
    return _UNUSUAL_GAP


def _in_cluster(flat: str, cluster: list[_Group]) -> Iterator[Found]:
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
            yield from _kinds(flat, _Run(digits[offset : offsets[last]], cluster, first, last))
            last += 1


class _Run:
    """Whole groups one after another, read as one number."""

    __slots__ = ("_cluster", "_first", "_last", "end", "number", "size", "start", "sure")

    def __init__(self, number: str, cluster: list[_Group], first: int, last: int) -> None:
        self.number, self.size = number, len(number)
        self._cluster, self._first, self._last = cluster, first, last
        self.start, self.end = cluster[first].start, cluster[last - 1].end
        # All between two signs is one group, though the styles of its digits may have cut it up.
        is_begun = first == 0 or cluster[first].signs != ""
        is_ended = last == len(cluster) or cluster[last].signs != ""
        is_whole = is_begun and is_ended and not any(group.signs for group in cluster[first + 1 : last])
        self.sure = _ONE_GROUP if last - first == 1 or is_whole else _GROUPS

    def is_written_like(self, label: str) -> bool:
        """Whether people would group a number of this kind like this; asked where nothing proves it."""
        if self.sure == _ONE_GROUP:
            return True
        groups = self._cluster[self._first : self._last]
        sizes = [group.end - group.start for group in groups]
        longest, count = max(sizes), len(sizes)
        # "1. 3800138000" is an item of a list.
        if 1 in (sizes[0], sizes[-1]) and longest >= 8:
            return False
        is_usual = all(group.gap == _USUAL_GAP for group in groups[1:])
        if longest == 1:
            return is_usual or len({group.signs for group in groups[1:]}) == 1
        if _is_progression(self.number, sizes):
            return False
        if label == BANK_CARD:
            least = 2 if is_usual else 4
            is_even = sizes[0] >= least and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]
            few = _MOST_GROUPS if is_usual and min(sizes) > 1 and longest > 2 else 3
            return count <= few or is_even
        if is_usual and longest == 2:
            return 1 not in sizes[1:-1]
        return longest >= 3 and count <= (_MOST_ID_GROUPS if label == ID_NUMBER else _MOST_GROUPS)

    def found(self, label: str, sure: int | None = None, end: int | None = None, more: int = 0) -> Found:
        sure = self.sure if sure is None else sure
        return Found(sure, self.start, _ORDER[label], -self.size - more, end or self.end, label)


def _is_progression(number: str, sizes: list[int]) -> bool:
    """Whether these are the numbers of a list: 31, 32, 33, 34, …"""
    if len(sizes) < 4:
        return False
    values = [int(number[end - size : end]) for size, end in zip(sizes, accumulate(sizes), strict=True)]
    steps = {after - before for before, after in pairwise(values)}
    return len(steps) == 1 and 0 not in steps


def _is_list(number: str, sizes: list[int]) -> bool:
    return _is_progression(number, sizes) or (max(sizes) > 1 and len(sizes) > _MOST_ID_GROUPS)


def _kinds(flat: str, run: _Run) -> Iterator[Found]:
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
        if number[0] == "8" and run.sure == _ONE_GROUP and flat[max(0, run.start - 1) : run.start] != "+":
            return
        extension = _EXTENSION.match(flat, run.end)
        yield run.found(LANDLINE, end=extension.end() if extension else None)


def _resident_id(run: _Run) -> Iterator[Found]:
    if is_resident_id(run.number):
        yield run.found(ID_NUMBER, _PROVEN)
    elif run.sure == _ONE_GROUP or (_PROVINCE.match(run.number) and run.is_written_like(ID_NUMBER)):
        yield run.found(ID_NUMBER)


def _with_x(flat: str, run: _Run) -> Iterator[Found]:
    cross = _X.match(flat, run.end)
    if cross is None or _gap(cross[1]) == _WALL:
        return
    if is_resident_id(run.number + "X"):
        yield run.found(ID_NUMBER, _PROVEN, cross.end(), 1)
    elif not _LATIN.match(flat, cross.end()) and run.is_written_like(ID_NUMBER):
        # An X right behind tells as much as one group does.
        yield run.found(ID_NUMBER, _GROUPS if cross[1] else _ONE_GROUP, cross.end(), 1)


_ORDER = {ID_NUMBER: 0, CREDIT_CODE: 1, BANK_CARD: 2, MOBILE: 3, LANDLINE: 4}


# --- credit codes ------------------------------------------------------------------------------------


def _code_found(sure: int, start: int, end: int) -> Found:
    return Found(sure, start, _ORDER[CREDIT_CODE], -_CODE_CHARACTERS, end, CREDIT_CODE)


def _codes(flat: str) -> Iterator[Found]:
    cluster: list[_Group] = []
    end = 0
    for match in _WORDS.finditer(flat):
        gap = _gap(flat[end : match.start()]) if match.start() - end <= _MOST_SIGNS else _WALL
        if gap == _WALL:
            yield from _codes_in_cluster(flat, cluster)
            cluster = []
        cluster.append(_Group(*match.span(), gap))
        end = match.end()
    yield from _codes_in_cluster(flat, cluster)


def _codes_in_cluster(flat: str, words: list[_Group]) -> Iterator[Found]:
    upper = "".join(flat[word.start : word.end] for word in words).upper()
    if len(upper) < _CODE_CHARACTERS:
        return
    offsets = [0, *accumulate(word.end - word.start for word in words)]
    for place, offset in enumerate(offsets[:-1]):
        if offsets[place + 1] - offset >= _CODE_CHARACTERS:
            yield from _codes_within(upper, offset, offsets[place + 1], words[place].start)
        else:
            yield from _codes_from(upper, offsets, place, words)


def _codes_from(upper: str, offsets: list[int], place: int, words: list[_Group]) -> Iterator[Found]:
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
            yield _code_found(_PROVEN, start, words[last - 1].end - left)
            return


def _codes_within(upper: str, start: int, end: int, word_start: int) -> Iterator[Found]:
    """In a word of its own, or glued to other letters."""
    place = start
    while match := _CODE.search(upper, place, end):
        first, last = match.span()
        place = first + 1
        alone = (first == start or (upper[first - 1].isalpha() and upper[first].isdigit())) and last == end
        is_proven = is_credit_code(match.group())
        if is_proven or alone:
            sure = _PROVEN if is_proven else _ONE_GROUP
            yield _code_found(sure, word_start + first - start, word_start + last - start)


def _spaced_code(code: str, words: list[_Group]) -> Iterator[Found]:
    start, end = words[0].start, words[-1].end
    is_proven = is_credit_code(code)
    if not code.isdigit():
        if is_proven or all(word.gap == _USUAL_GAP for word in words[1:]):
            yield _code_found(_PROVEN if is_proven else _GROUPS, start, end)
    elif (is_proven or code[0] == "9") and not _is_list(code, [word.end - word.start for word in words]):
        yield _code_found(_GROUPS, start, end)


# --- what is no number, and what belongs to one --------------------------------------------------------


def _no_numbers(flat: str, taken: bytearray) -> bytearray:
    marked = bytearray(len(flat))
    for match in _NO_NUMBER.finditer(flat):
        start, end = match.span()
        if taken.find(1, start, end) < 0:
            marked[start:end] = b"\1" * (end - start)
    return marked


def _is_spoilt(one: Found, marked: bytearray, flat: str) -> bool:
    """Whether a date or the like is in it that is not its date of birth."""
    first, last = marked.find(1, one.start, one.end), marked.rfind(1, one.start, one.end)
    if first < 0:
        return False
    if one.label != ID_NUMBER:
        return True
    before = sum(flat[place].isdigit() for place in range(one.start, first))
    return not (before == 6 and sum(flat[place].isdigit() for place in range(first, last + 1)) == 8)


def _begin(flat: str, least: int, one: Found) -> int:
    """With the country code, plus sign and bracket before a telephone number, no further than `least`."""
    start, end = one.start, one.end
    if one.label not in (MOBILE, LANDLINE):
        return start
    code = _COUNTRY.search(flat, max(least, start - _MOST_BEFORE), start)
    if code:
        return code.start()
    if start > least and flat[start - 1] == "+":
        start -= 1
    closing = flat.find(")", start, end)
    if start > least and flat[start - 1] == "(" and closing >= 0 and flat.find("(", start, closing) < 0:
        start -= 1
    return start
