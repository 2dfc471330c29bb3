"""The names by which a message tells its clients apart (老王那家换服务器，阿芳换法人), and where they stand
again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from beian.hearing.clauses import clauses_in
from beian.kb import KnowledgeBase
from beian.meaning.said import Said
from beian.text import patterns

_CHANGES = ("item", "change_type")
_LEADING = "(?:[和跟与及给帮替先那就]|还有|另外|以及|然后|其中|一个是|一家是|客户|朋友)*"
_OF_ONE = "(?:[那这](?:一?家|边|个|头|位)|家|的|公司|单位|客户|个人|企业|[店站])"
_TOLD = "(?:[要想换改变搬关卖加是也都把在说被刚上下昨今前本]|打算|准备|注销|过户|新增|[0-9])"
# The name that a clause begins with, up to what is told of it: 老王 of 老王那家换了.
_NAME = patterns.compile(f"^{_LEADING}(?P<who>\\S{{1,6}}?)(?:{_OF_ONE}|{_TOLD}|$)")
# What a clause may begin with that is no name.
_NO_NAME = patterns.compile(
    "^(?:[上下本这今去前昨明后每](?:个?月|周|礼拜|星期|天|年|次|边)|[年月]|最近|[刚已先又也还再就都只把将要想没不很太]"
    "|[0-9两几请问是有办换改变搬弄交]|怎么|什么|如果|要是|因为|所以|但|老板$|[新旧]|原来)|[家个们]$|分别|各自"
)
# A single sign is a name only where it numbers the clients.
_NUMBERS = frozenset("甲乙丙丁abcd")
_NO_CLIENT_AFTER = "方"


def clients_told(said: Said, kb: KnowledgeBase) -> Mapping[tuple[str, str], str]:
    """The name of the client of each change that a message tells; {} where it tells of fewer than two."""
    found: dict[tuple[str, str], str] = {}
    for pair in said.named:
        name = _name_before(said.text, said.words.get(pair, ""), kb) if pair[0] in _CHANGES else ""
        if name:
            found[pair] = name
    return found if len(set(found.values())) > 1 else {}


def clients_meant(text: str, names: Iterable[str]) -> list[str]:
    """Those of the clients' names that stand in a text, in its order; a part of a longer one is none."""
    places: dict[str, int] = {}
    for name in sorted(set(names), key=len, reverse=True):
        place = _place_of(name, text)
        if place >= 0:
            places[name] = place
            text = text[:place] + "," * len(name) + text[place + len(name) :]
    return sorted(places, key=lambda name: places[name])


def _place_of(name: str, text: str) -> int:
    """Where a name stands by itself: not in a word of its own script (the A of APP), nor as 甲方."""
    place = text.find(name)
    while place >= 0:
        before, after = text[:place][-1:], text[place + len(name) :][:1]
        joined = name.isascii() and any(sign.isascii() and sign.isalnum() for sign in (before, after))
        if not joined and not (name in _NUMBERS and after == _NO_CLIENT_AFTER):
            return place
        place = text.find(name, place + 1)
    return -1


def _name_before(text: str, word: str, kb: KnowledgeBase) -> str:
    """The name at the beginning of the clause in which a word stands, else of the nearest one before it."""
    place = text.find(word) if word else -1
    if place < 0:
        return ""
    # a word that is a clause is one told without a term: its name stands in it
    head = text[: place + (len(word) if word in clauses_in(text) and word not in kb.words else 0)]
    for clause in reversed(clauses_in(head.replace(":", ",").replace("、", ","))):
        match = _NAME.search(clause)
        who = match["who"] if match else ""
        if who and _is_name(who, kb):
            return who
    return ""


def _is_name(who: str, kb: KnowledgeBase) -> bool:
    if _NO_NAME.search(who) or any(term in who for term in kb.words):
        return False
    return len(who) > 1 or who in _NUMBERS
