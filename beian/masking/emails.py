"""Where a text has e-mail addresses, also ones only people read: zhang (at) qq。com, 张三艾特例子.中国."""

from __future__ import annotations

from collections.abc import Iterator

from beian.text import patterns

_AT = patterns.compile(r"@|艾特|[(\[【{] {0,3}at {0,3}[)\]】}]", patterns.I)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Letters of any script but Han: Chinese sentences go on right before and behind an address.
_LETTER = rf"[^\W_{_HAN}\u3040-\u30ff\uac00-\ud7a3]"
_LOCAL = patterns.backtracking(rf"(?:{_LETTER}|[_.%+'&=\-])")
_MOST_LOCAL, _MOST_HAN = 64, 8
_LABEL = rf"(?:{_LETTER}|-){{1,63}}"
_PLAIN = patterns.backtracking(rf"[ \n]{{0,3}}{_LABEL}(?:\.{_LABEL}){{1,6}}")
_SPACES = patterns.bounded(r"[ \n]{0,3}")
# In other ways of writing, only ends that are in use tell an address from a sentence.
_ENDS = patterns.backtracking(
    "(?:com|cn|net|org|edu|gov|mil|info|biz|name|io|me|co|cc|top|vip|xyz|club|shop|site|online|tech|ltd|work"
    "|app|dev|ai|hk|tw|mo|us|uk|jp|kr|sg|my|de|fr|ru|eu|ca|au|in|tv|ws|email|asia|wang|ren|fun|ink|pub|red|pro"
    "|mobi|中国|中國|公司|网络|網絡|网址|商城|在线|中文网|我爱你|集团|手机|信息|香港|台湾|台灣|政务|公益|网站|网店"
    f"|移动|企业|娱乐|游戏|购物|餐厅|世界)(?!{_LETTER})",
    patterns.I,
)
_DOT = patterns.bounded(r"[ \n]{0,3}(?:[.。．｡·]|[(\[]\s{0,3}dot\s{0,3}[)\]]|点)[ \n]{0,3}", patterns.I)
_WORD = patterns.backtracking(rf"(?:{_LETTER}|(?!点)[{_HAN}]|-){{1,63}}")
_MOST_LABELS = 6


def find_emails(flat: str) -> Iterator[tuple[int, int]]:
    """Spans of a text as `see` gives it, from left to right. Work for each at sign is bounded."""
    end = 0
    for at in _AT.finditer(flat):
        if at.start() < end:
            continue
        start, is_han = _local(flat, at.start(), end)
        if start == at.start():
            continue
        plain = None if is_han or at.group() != "@" else _PLAIN.match(flat, at.end())
        stop = max(plain.end() if plain else 0, _written_domain(flat, at.end()))
        if stop:
            yield start, stop
            end = stop


def _written_domain(flat: str, start: int) -> int:
    """Where a domain in any way of writing ends, 0 when none begins here."""
    place, end = _after(_SPACES, flat, start), 0
    for _ in range(_MOST_LABELS):
        word = _WORD.match(flat, place)
        dot = _DOT.match(flat, word.end()) if word else None
        if dot is None:
            break
        place = dot.end()
        end = max(end, _after(_ENDS, flat, place))
    return end


def _after(pattern: patterns.Pattern, flat: str, start: int) -> int:
    match = pattern.match(flat, start)
    return match.end() if match else 0


def _local(flat: str, at: int, least: int) -> tuple[int, bool]:
    """(where the part before the at sign begins, whether it is Chinese); `at` itself when there is none."""
    end = at
    while end > max(least, at - 3) and flat[end - 1] in " \n":
        end -= 1
    start = end
    while start > max(least, end - _MOST_LOCAL) and _LOCAL.match(flat[start - 1]):
        start -= 1
    if start < end:
        return start, False
    while start > max(least, end - _MOST_HAN) and ("\u3400" <= flat[start - 1] <= "\u9fff"):
        start -= 1
    return (start, True) if start < end else (at, False)
