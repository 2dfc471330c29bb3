"""The names by which a message tells its clients apart (老王那家换服务器，阿芳换法人), and where they stand
again."""

from __future__ import annotations

from collections.abc import Iterable

from beian.kb import KnowledgeBase
from beian.meaning.said import Said
from beian.text import patterns
from beian.text.clauses import looks_like_question

_LEADING = "(?:[和跟与及给帮替先那就]|还有|另外|以及|然后|其中|一个是|一家是|客户|朋友)*"
_OF_ONE = "(?:[那这](?:一?家|边|个|头|位)|家|的|公司|单位|客户|个人|企业|[店站])"
_OF_ONE_AFTER = patterns.compile(_OF_ONE)
_TOLD = "(?:[要想换改变搬关卖加是也都把在说被让托刚上下昨今前本]|打算|准备|注销|过户|新增|[0-9])"
# The name that a clause begins with, up to what is told of it: 老王 of 老王那家换了.
_NAME = patterns.compile(f"^{_LEADING}(?P<who>\\S{{1,6}}?)(?:{_OF_ONE}|{_TOLD}|$)")
# What a clause may begin with that is no name.
_NO_NAME = patterns.compile(
    "^(?:[这那]|第.[步条项次点个种]|[上下本这今去前昨明后每](?:个?月|周|礼拜|星期|天|年|次|边)|[年月]|最近|[刚已先又也还再就都只把将要想没不很太]"
    "|[0-9两几请问是有办换改变搬弄交]|怎么|什么|如果|要是|因为|所以|但|老板$|[新旧]|原来|顺[便带手道]"
    "|[同当]一?[天日]|[甲乙]方|停)|[家个们]$|分别|各自|[“”‘’\"'《》]|[不没就问从]"
)
# A single sign is a name only where it numbers the clients.
_NUMBERS = frozenset("甲乙丙丁abcd")
_CALLED = patterns.compile("^[老小阿大]\\S{1,2}$|[总哥姐叔姨]$")
_SAYS = ("说", "在", "被", "前", "上")
_PLACE = "第"
_NO_CLIENT_AFTER = "方"


def as_typed(said: Said) -> str:
    """A message in lower case, as it was typed where that is as long: the repair of misspelt terms takes the
    乙 of 乙家换法人 for 一."""
    written = said.written.strip().lower()
    return written if len(written) == len(said.text) else said.text


def client_of(clause: str, kb: KnowledgeBase) -> str:
    """The client with whose name a clause begins; "" where it begins with none."""
    match = _NAME.search(clause)
    who = match["who"] if match else ""
    if not who or not _is_name(who, kb):
        return ""
    rest = clause[clause.find(who) + len(who) :]
    if who in _NUMBERS or _OF_ONE_AFTER.match(rest):
        return who
    # what stands alone, or says something, is a name only where people are called so: 老王：换服务器
    told = bool(rest) and not rest.startswith(_SAYS)
    return who if (told or _CALLED.search(who)) and not looks_like_question(clause) else ""


def clients_meant(text: str, names: Iterable[str]) -> list[str]:
    """Those of the clients' names that stand in a text, in its order; a part of a longer one is none."""
    places: dict[str, int] = {}
    for name in sorted(set(names), key=len, reverse=True):
        for place, _ in places_of(name, text)[:1]:
            places[name] = place
            text = text[:place] + "," * len(name) + text[place + len(name) :]
    return sorted(places, key=lambda name: places[name])


def places_of(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where a name stands by itself (start, end): not in a word of its own script (the A of APP), nor as
    甲方."""
    found = []
    place = text.find(name)
    while place >= 0:
        before, after = text[:place][-1:], text[place + len(name) :][:1]
        joined = name.isascii() and any(sign.isascii() and sign.isalnum() for sign in (before, after))
        if not joined and not (name in _NUMBERS and after == _NO_CLIENT_AFTER):
            found.append((place, place + len(name)))
        place = text.find(name, place + 1)
    return tuple(found)


def is_numbered(name: str) -> bool:
    """Whether a name only numbers its client: 甲, A, 第一."""
    return name in _NUMBERS or name.startswith(_PLACE)


def alike(name: str, others: Iterable[str]) -> bool:
    """Whether a name is of the kind of others: a number as they are, or alike in its first or last sign."""
    return any(
        is_numbered(name) if is_numbered(other) else {other[0], other[-1]} & {name[0], name[-1]}
        for other in others
    )


def _is_name(who: str, kb: KnowledgeBase) -> bool:
    # nor is a word of the domain one, or a part of it (名字11月5号改的)
    if _NO_NAME.search(who) or any(term in who or (len(who) > 1 and who in term) for term in kb.words):
        return False
    return len(who) > 1 or who in _NUMBERS
