"""The place of the server beside the customer's own: the same, another one, or not to be told."""

from __future__ import annotations

from dataclasses import dataclass

from beian.hearing.clauses import clauses_in
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar
from beian.hearing.verdicts import confirms_the_verdict
from beian.kb import KnowledgeBase
from beian.meaning.advance import TELLING
from beian.meaning.state import Discourse
from beian.text import patterns
from beian.text.regions import Region, regions_in

_GROUP = "places"
_OF_SERVERS = patterns.compile("服务器|机房|节点|主机|云|ip")
_SERVER = patterns.compile(
    "服务器|机房|节点|主机|云|ip|托管|部署|放|买|选|租|用|换[到成去]|改[到成]|[迁搬]到", 0
)
# 不是深圳: a place that is denied is nobody's.
_AWAY = patterns.compile("外省市?|省外|外地|异地|外市|(?:别|其他|其它|另外?一?个?)的?(?:省份?|城市)")
_WITHIN_A_PROVINCE = ("外地", "异地", "外市", "城市")
_OF_A_PERSON = patterns.compile("^的?(?:人|户口|户籍|身份证)")
_NOT = patterns.compile("(?:不是|不在|没在|并非)(?:在)?$")
_FROM = patterns.compile("[由从自][^,，。;；]{0,4}$")
_TO = patterns.compile("^[^,，。;；]{0,6}?(?:迁|搬|挪|移|转|换|改|变更?)[^,，。;；]{0,2}?[至到成为往去]")
_OWN = patterns.compile(
    "注册|公司|企业|执照|总部|单位|我们?在|我们是|咱们?|人在|本人|住|户口|老家|身份证|主体|个人|个体户|店|厂|工作室"
)
# 杭州的机房, 上海的公司: what follows at once says whose place it is.
_OF_SERVER = patterns.compile("^的?(?:那?台)?(?:阿里云)?(?:的)?(?:服务器|机房|节点|主机|云)")
_OF_OWN = patterns.compile("^的?(?:一家|个)?(?:公司|企业|单位|人|个人|个体户)")
# A branch has its own place: the rule is on where the firm is registered.
_BRANCH = patterns.compile(
    "分公司|子公司|分店|分部|分厂|分校|分院|分所|分支机构?|办事处|代表处|营业部|联络处"
)
_OF_BRANCH = patterns.compile(
    f"^(?:那?边|那里)?(?:也|还)?[有的设开]?(?:一?家|一?个|了)?(?:{_BRANCH.pattern})"
)
_BOTH = patterns.compile("都|同在|同一")
_KINDS = {
    "enterprise": patterns.compile("公司|企业|注册|执照|单位|总部"),
    "individual": patterns.compile("个人|本人|博客|人在"),
}


@dataclass(frozen=True)
class Places:
    """The customer's `own` place and that of the `server`, as far as they are told."""

    own: Region | None = None
    server: Region | None = None


def places_in(text: str) -> Places:
    """Which places a message names, each by the words about it; one with none is that of the server."""
    own: Region | None = None
    server: Region | None = None
    begin, left = 0, ""
    for region, start, end in regions_in(text):
        before, left = left or text[begin:start], ""
        after = clauses_in(text[end:])[0]
        begin = end
        if _NOT.search(before):
            continue
        if _FROM.search(before) and _TO.search(text[end:]):
            # 由成都迁至西安: whose the place was that is left, is the next one's
            left = before
            continue
        if _BOTH.search(before) and _SERVER.search(before) and _OWN.search(before):
            own = server = region
        elif _is_of_a_branch(before, after):
            continue
        elif _is_own(before, after):
            own = region
        else:
            server = region
    return Places(own, server)


def _is_own(before: str, after: str) -> bool:
    """Whether the words about a place make it the customer's own: those that follow at once, else the nearest
    before it."""
    if _OF_SERVER.search(after) or _OF_OWN.search(after):
        return bool(_OF_OWN.search(after))
    return _last(_OWN, _BRANCH.sub("", before)) > _last(_SERVER, _BRANCH.sub("", before))


def _is_of_a_branch(before: str, after: str) -> bool:
    """Whether a place is told as that of a branch, and not of a server that is to be beside it."""
    if _OF_BRANCH.search(after):
        return _last(_OF_SERVERS, before) < 0
    rest = before[max(_last(_BRANCH, before), 0) :]
    return bool(_BRANCH.search(before)) and not (_SERVER.search(rest) or _OWN.search(rest))


def _last(found: patterns.Pattern, text: str) -> int:
    return max((match.end() for match in found.finditer(text)), default=-1)


def server_away(text: str) -> str | None:
    """The words by which a message puts the server elsewhere than the customer (外省, 外地), where it does
    so once; else None."""
    found = list(_AWAY.finditer(text))
    if len(found) != 1:
        return None
    before, after = text[: found[0].start()], clauses_in(text[found[0].end() :] or " ")[0]
    of_server = bool(_OF_SERVER.search(after)) or _last(_OF_SERVERS, before) > _last(_OWN, before)
    return found[0][0] if of_server and not _OF_A_PERSON.search(after) else None


def both_told(heard: Heard) -> bool:
    """Whether a message tells the customer's own place and that of the server."""
    now = places_in(heard.said.text)
    return now.own is not None and now.server is not None and bool(_OF_SERVERS.search(heard.said.text))


def places_known(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Places:
    """The places of a message, with those told where the same rule was talked of before."""
    now = places_in(heard.said.text)
    if kb.rulings.places not in state.stated:
        return now
    for text in state.checked:
        earlier = places_in(text)
        now = Places(now.own or earlier.own, now.server or earlier.server)
    return now


def places_told(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """The messages in which places are told, to be remembered while the rule is talked of."""
    earlier = state.checked if kb.rulings.places in state.stated else ()
    named = any(True for _ in regions_in(heard.said.text))
    return ((heard.said.text, *earlier) if named else earlier)[:2]


def locality(heard: Heard, state: Discourse, kb: KnowledgeBase) -> str | None:
    """Whether the server is where the rule wants it; None where the message puts no place forward. `state`
    is the one before the message."""
    text, in_hand = heard.said.text, kb.rulings.places in state.stated
    now, known = places_in(text), places_known(heard, state, kb)
    tells = in_hand or is_polar(text) or heard.meaning.manner in TELLING
    away = server_away(text) if now.server is None else None
    # 所以我这个就不行了: of the places told before
    of_the_told = in_hand and known.own is not None and confirms_the_verdict(text)
    if not tells or not (away or (known.server and (now.own or now.server or of_the_told))):
        return None
    asked_of_branch = _BRANCH.search(text) and kb.rulings.places in heard.meaning.targets
    if not (in_hand or asked_of_branch or _OF_SERVERS.search(text)):
        # 公司从四川迁到重庆 tells of no server
        return None
    kind = _kind(heard, state)
    if away or known.server is None:
        return _elsewhere(away or "", kind, kb)
    said = {
        "rule": kb.phrase(_GROUP, f"rule_{kind}" if kind else "rule"),
        "own": kb.phrase(_GROUP, f"own_{kind}" if kind else "own"),
        "server_place": known.server.name,
    }
    if known.own is None:
        ask = is_polar(text) and not known.server.outside
        return kb.phrase(_GROUP, "unknown", **said) if ask else None
    if known.server.outside:
        return kb.phrase(_GROUP, "abroad", **said)
    return kb.phrase(_GROUP, _relation(known.own, known.server), own_place=known.own.name, **said)


def _elsewhere(away: str, kind: str | None, kb: KnowledgeBase) -> str:
    """The verdict on a server that is elsewhere by the customer's own words."""
    phrase = "away_city" if away.endswith(_WITHIN_A_PROVINCE) else "away"
    rule = kb.phrase(_GROUP, f"rule_{kind}" if kind else "rule")
    own = kb.phrase(_GROUP, f"own_{kind}" if kind else "own")
    return kb.phrase(_GROUP, phrase, rule=rule, own=own, away=away)


def _relation(own: Region, server: Region) -> str:
    if own.outside or own.province != server.province:
        return "different"
    return "same" if own.city == server.city else "unsettled"


def _kind(heard: Heard, state: Discourse) -> str | None:
    """The kind of subject: as the message names it, as it is known, or by the words for its place."""
    named = heard.said.case().get("subject_kind") or state.focus.subject_kind
    if named:
        return named
    texts = (heard.said.text, *state.checked)
    return next((kind for kind, words in _KINDS.items() if any(map(words.search, texts))), None)
