"""What numbers are made of: groups of signs and what stands between them; and what was found, how sure."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

ID_NUMBER, CREDIT_CODE, BANK_CARD = "〔身份证号〕", "〔信用代码〕", "〔银行卡号〕"
MOBILE, LANDLINE = "〔手机号〕", "〔电话号码〕"
MOST_SIGNS, _USUAL_SIGNS = 12, 3
MOST_ID_GROUPS, MOST_GROUPS = 7, 6
_USUAL = frozenset(" \t-‐‑‒–—―−.·_,/\u30fb")
PROVINCES = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
PROVEN, ONE_GROUP, GROUPS = range(3)
USUAL_GAP, UNUSUAL_GAP, WALL = "usual", "unusual", "wall"
ORDER = {ID_NUMBER: 0, CREDIT_CODE: 1, BANK_CARD: 2, MOBILE: 3, LANDLINE: 4}


class FoundNumber(NamedTuple):
    """What may be a number, in the order in which they are taken; `size` is negative: longer ones first."""

    sure: int
    start: int
    kind: int
    size: int
    end: int
    label: str


class Group(NamedTuple):
    """A run of digits and the signs before it: usual ones between digits, unusual ones, or a wall."""

    start: int
    end: int
    gap: str
    signs: str = ""


@lru_cache(maxsize=1024)
def gap_of(signs: str) -> str:
    """What kind of gap these signs are between two groups."""
    if len(signs) <= _USUAL_SIGNS and _USUAL.issuperset(signs):
        return USUAL_GAP
    if any(sign.isalnum() or sign in "%¥$€£￥‰°℃" for sign in signs):
        return WALL
    return UNUSUAL_GAP


def is_progression(number: str, sizes: list[int]) -> bool:
    """Whether these are the numbers of a list: 31, 32, 33, 34, …"""
    if len(sizes) < 4:
        return False
    values = [int(number[end - size : end]) for size, end in zip(sizes, accumulate(sizes), strict=True)]
    steps = {after - before for before, after in pairwise(values)}
    return len(steps) == 1 and 0 not in steps


def is_list(number: str, sizes: list[int]) -> bool:
    """Whether these groups are a list, of numbers in a row or of many."""
    return is_progression(number, sizes) or (max(sizes) > 1 and len(sizes) > MOST_ID_GROUPS)
