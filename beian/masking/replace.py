"""Masking of personal numbers, before anything is stored, logged, counted or sent on.

Known are resident ID numbers, unified social credit codes, bank cards (each by its check digits),
mobile and landline numbers and e-mail addresses; in any width or style, with any signs between the digits.
The support line of the procedure is no personal number and stays. docs/security.md says what is promised
and what is not.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from beian.masking.emails import find_emails
from beian.masking.personal_numbers import find_numbers
from beian.masking.signs import WORTH_A_LOOK, see
from beian.text import patterns

EMAIL = "〔邮箱〕"
# Ids and digests this software gives may look like a number by chance. They are known by their key and by
# their form together: under the same key, a number that somebody wrote is masked.
_ID = patterns.compile(r"(?:w|api)-[A-Za-z0-9_-]{24}(?:-[0-9]{1,10})?|[0-9a-f]{32}")
_NAMES = {
    "message_id": _ID,
    "sender_id": _ID,
    "model_id": _ID,
    "kb_version": patterns.backtracking(r"(?=[0-9]{0,11}[a-f])[0-9a-f]{12}"),
    "timestamp": None,
}
_SHORTEST_NUMBER, _LATEST_TIME = 10**9, 10**10
# Stands for what is masked already: a Chinese character, as labels have, is between two numbers.
_BLOT = "一"
_MOST_REMEMBERED = 8_000
_MOST_LOOKS = 4


def mask(text: str) -> str:
    """The text with personal numbers replaced by what they are. Text without any comes back as it is.

    Takes time linear in the length of the text and raises nothing, whatever the text.
    """
    if not WORTH_A_LOOK.search(text):
        return text
    return _masked(text) if len(text) <= _MOST_REMEMBERED else _masked.__wrapped__(text)


# A text is masked by each store it comes to, several times in one turn.
@lru_cache(maxsize=64)
def _masked(text: str) -> str:
    seen = see(text)
    spans = [(start, end, EMAIL) for start, end in find_emails(seen.flat)]
    flat = _blotted(seen.flat, spans)
    for _ in range(_MOST_LOOKS):
        # A credit code found within longer digits leaves groups that may be a number by themselves.
        found = find_numbers(seen, flat)
        if not found:
            break
        spans += found
        flat = _blotted(flat, found)
    if not spans:
        return text
    parts, done = [], 0
    for start, end, label in sorted(spans):
        first, last = seen.original(start, end)
        parts += [text[done:first], label]
        done = last
    return "".join([*parts, text[done:]])


def _blotted(flat: str, spans: list[tuple[int, int, str]]) -> str:
    parts, done = [], 0
    for start, end, _label in spans:
        parts += [flat[done:start], _BLOT * (end - start)]
        done = end
    return "".join([*parts, flat[done:]])


def mask_value(value: Any) -> Any:
    """A copy of JSON-like data with every string and every number masked, keys of dicts as well."""
    # Every event of every turn comes through here: the usual types first, each by one comparison.
    kind = type(value)
    if kind is str:
        return mask(value) if WORTH_A_LOOK.search(value) else value
    if kind is float or kind is int:
        return value if -_SHORTEST_NUMBER < value < _SHORTEST_NUMBER else _masked_number(value)
    if isinstance(value, dict):
        return {
            key if type(key) is str and not WORTH_A_LOOK.search(key) else mask_value(key): item
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
