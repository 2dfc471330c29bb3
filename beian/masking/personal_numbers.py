"""Where a text has personal numbers: resident IDs, credit codes, bank cards, mobile and landline numbers.

Digits with nothing but signs between them are a cluster of groups. A number is one group or several whole
groups one after another, so a small number beside it does not hide it. What check digits prove is taken
first. The rest must look like one: dates, times and addresses of computers are none, and where unusual
signs stand between the digits, their grouping must be one in which people write numbers.
"""

from __future__ import annotations

from bisect import bisect_right

from beian.masking.credit_codes import codes
from beian.masking.digit_numbers import in_clusters
from beian.masking.groups import GROUPS, ID_NUMBER, LANDLINE, MOBILE, FoundNumber
from beian.masking.signs import Seen
from beian.text import patterns

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


def find_numbers(seen: Seen, flat: str) -> list[tuple[int, int, str]]:
    """(start, end, label), in order and apart; `flat` is the seen text, possibly with parts blotted out."""
    found = [*codes(flat), *in_clusters(seen, flat)]
    if not found:
        return []
    taken = bytearray(len(flat))
    chosen = []
    found.sort()
    for one in found:
        if one.sure != GROUPS and taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            chosen.append(one)
    rest = [one for one in found if one.sure == GROUPS and taken.find(1, one.start, one.end) < 0]
    if rest:
        marked = _no_numbers(flat, taken)
        chosen += _most_covered([one for one in rest if not _is_spoilt(one, marked, flat)])
    spans, least = [], 0
    for one in sorted(chosen, key=lambda one: one.start):
        spans.append((_begin(flat, least, one), one.end, one.label))
        least = one.end
    return spans


def _most_covered(found: list[FoundNumber]) -> list[FoundNumber]:
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


def _no_numbers(flat: str, taken: bytearray) -> bytearray:
    marked = bytearray(len(flat))
    for match in _NO_NUMBER.finditer(flat):
        start, end = match.span()
        if taken.find(1, start, end) < 0:
            marked[start:end] = b"\1" * (end - start)
    return marked


def _is_spoilt(one: FoundNumber, marked: bytearray, flat: str) -> bool:
    """Whether a date or the like is in it that is not its date of birth."""
    first, last = marked.find(1, one.start, one.end), marked.rfind(1, one.start, one.end)
    if first < 0:
        return False
    if one.label != ID_NUMBER:
        return True
    before = sum(flat[place].isdigit() for place in range(one.start, first))
    return not (before == 6 and sum(flat[place].isdigit() for place in range(first, last + 1)) == 8)


def _begin(flat: str, least: int, one: FoundNumber) -> int:
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
