"""Masking of personal numbers, before anything is stored, logged, counted or sent on.

Known are resident ID numbers, unified social credit codes, bank cards (each by its check digits),
mobile and landline numbers and e-mail addresses; in half or full width, with spaces, dots or dashes
between the digits. The support line of the procedure is no personal number and stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from stdnum import luhn
from stdnum.cn import ric, uscc

ID_NUMBER, CREDIT_CODE, BANK_CARD = "〔身份证号〕", "〔信用代码〕", "〔银行卡号〕"
MOBILE, LANDLINE, EMAIL = "〔手机号〕", "〔电话号码〕", "〔邮箱〕"

_SEPARATOR = r"[ \t\u00a0\u2000-\u200d\u3000\-\u2010-\u2015\u2212.·_,/]{0,3}"


def _spaced(pattern: Iterable[str]) -> str:
    return _SEPARATOR.join(pattern)


def _either(pattern: str) -> str:
    """In brackets or without."""
    return rf"\({pattern}\)|{pattern}"


# A number does not begin or end inside a longer run of digits or Latin letters; Chinese may touch it.
_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_DIGIT = "[0-9]"
_COUNTRY, _AREA = r"(?:\+|00)?86", "0(?:10|2[0-9]|[3-9][0-9]{2})"
_CREDIT = "[0-9A-HJ-NPQRTUWXY]"


def _is_resident_id(number: str) -> bool:
    if len(number) == 15:
        return number[6:8].isdigit() and "01" <= number[8:10] <= "12" and "01" <= number[10:12] <= "31"
    # A wrong check digit is most often a typing error in a real number: the date decides as well.
    plausible = number[6:8] in ("18", "19", "20") and "01" <= number[10:12] <= "12"
    return ric.is_valid(number) or (plausible and "01" <= number[12:14] <= "31")


def _is_bank_card(number: str) -> bool:
    return luhn.is_valid(number)


def _always(_number: str) -> bool:
    return True


def _is_credit_code(code: str) -> bool:
    return uscc.is_valid(code) or (code[0] in "159NY" and code[1] in "1239" and code[2:8].isdigit())


_PATTERNS = (
    (
        EMAIL,
        re.compile(r"[A-Za-z0-9._%+\-]{1,64}\s?@\s?[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}"),
        _always,
    ),
    (
        ID_NUMBER,
        re.compile(_START + _spaced(["[1-8]"] + [_DIGIT] * 16 + ["[0-9Xx]"]) + _END),
        _is_resident_id,
    ),
    (CREDIT_CODE, re.compile(_START + _spaced([_CREDIT] * 18) + _END, re.I), _is_credit_code),
    (ID_NUMBER, re.compile(_START + _spaced(["[1-8]"] + [_DIGIT] * 14) + _END), _is_resident_id),
    (
        BANK_CARD,
        re.compile(_START + _spaced(["[3-6]"] + [_DIGIT] * 14) + f"(?:{_SEPARATOR}{_DIGIT}){{0,4}}" + _END),
        _is_bank_card,
    ),
    (
        MOBILE,
        re.compile(
            rf"(?<![0-9])(?:(?:{_either(_COUNTRY)})"
            + _SEPARATOR
            + r")?"
            + _spaced(["1", "[3-9]"] + [_DIGIT] * 9)
            + r"(?![0-9])"
        ),
        _always,
    ),
    (
        LANDLINE,
        re.compile(
            rf"(?<![0-9])(?:{_either(_AREA)})"
            + _SEPARATOR
            + r"[2-9]"
            + _SEPARATOR
            + _spaced([_DIGIT] * 6)
            + f"(?:{_SEPARATOR}{_DIGIT})?"
            + r"(?:[\-转 ]{1,2}[0-9]{1,5})?(?![0-9])"
        ),
        _always,
    ),
)
_WORTH_A_LOOK = re.compile(r"[\d@＠﹫]")
# Ids and digests this software gives may look like a number by chance. They are known by their key and by
# their form together: under the same key, a number that somebody wrote is masked.
_ID = re.compile(r"(?:w|api)-[A-Za-z0-9_-]{24}(?:-[0-9]+)?|[0-9a-f]{32}")
_NAMES = {
    "message_id": _ID,
    "sender_id": _ID,
    "model_id": _ID,
    "kb_version": re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{12}"),
    "timestamp": None,
}
_SHORTEST_NUMBER, _LATEST_TIME = 10**9, 10**10
_SEPARATORS = re.compile(_SEPARATOR.replace("{0,3}", "+"))


def mask(text: str) -> str:
    """The text with personal numbers replaced by what they are. Text without any comes back as it is."""
    if not _WORTH_A_LOOK.search(text):
        return text
    flat = _half_width(text)
    for label, pattern, is_one in _PATTERNS:
        flat, text = _replace(flat, text, label, pattern, is_one)
    return text


def _half_width(text: str) -> str:
    """One character for each character of `text`, digits and letters of any width or style as ASCII."""
    return "".join(_ascii(char) if ord(char) > 127 else char for char in text)


@lru_cache(maxsize=8192)
def _ascii(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) == 1 and (folded.isascii() or folded.isdecimal()):
        return str(unicodedata.decimal(folded)) if folded.isdecimal() else folded
    return char


def _replace(
    flat: str, text: str, label: str, pattern: re.Pattern[str], is_one: Callable[[str], bool]
) -> tuple[str, str]:
    parts_flat, parts_text, end = [], [], 0
    for match in pattern.finditer(flat):
        if not is_one(_SEPARATORS.sub("", match.group()).upper()):
            continue
        parts_flat += [flat[end : match.start()], label]
        parts_text += [text[end : match.start()], label]
        end = match.end()
    if not end:
        return flat, text
    return "".join([*parts_flat, flat[end:]]), "".join([*parts_text, text[end:]])


def mask_value(value: Any) -> Any:
    """A copy of JSON-like data with every string and every number masked, keys of dicts as well."""
    # Every event of every turn comes through here: the usual types first, each by one comparison.
    kind = type(value)
    if kind is str:
        return mask(value) if _WORTH_A_LOOK.search(value) else value
    if kind is float or kind is int:
        return value if -_SHORTEST_NUMBER < value < _SHORTEST_NUMBER else _masked_number(value)
    if isinstance(value, dict):
        return {
            key if type(key) is str and not _WORTH_A_LOOK.search(key) else mask_value(key): item
            if key in _NAMES and _is_name(key, item)
            else mask_value(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [mask_value(item) for item in value]
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return mask_value(float(value) if isinstance(value, float) else int(value))
    return value


def _is_name(key: str, value: Any) -> bool:
    form = _NAMES[key]
    if form is None:
        # Seconds since 1970 with their fraction, as Rasa writes them: below what a mobile number would be.
        return isinstance(value, float) and 0 < value < _LATEST_TIME
    return isinstance(value, str) and form.fullmatch(value) is not None


def _masked_number(number: float) -> Any:
    if isinstance(number, float) and not number.is_integer():
        # Fractions, infinity and NaN.
        return number
    # The digits as they are written: a long number has lost its last ones, not its birthday.
    digits = str(int(Decimal(repr(number)) if isinstance(number, float) else number))
    masked = mask(digits)
    if masked == digits:
        # A landline's number loses its first digit where it is kept as a number.
        masked = mask(f"0{digits}")
        if masked == f"0{digits}":
            return number
    return number if masked == digits else masked
