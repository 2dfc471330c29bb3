"""Copies of filing questions about something else: the object decides whose business a question is.

"备案变更审核要多久" is answered; "驾驶证变更审核要多久" is not. The copies are made at training time from the
reviewed list kb/foreign.yml.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from beian.nlu.draw import Once, by_lot, lot, one_of
from beian.nlu.everyday_nouns import everyday_nouns
from beian.nlu.labels import kind_of
from beian.text import patterns

LABEL = "out_of_scope/counterfactual"
MOST = 3000
MOST_BEFORE = 1800
MOST_NOUNS = 1600
MOST_NOUNS_BEFORE = 900
MOST_KEPT = 3000
MOST_OWN = 1800
LONGEST = 30
LONGEST_AFTER = 14
_HALF = 0.5
_OBJECT = patterns.compile(r"(?:阿里云|icp|网站|域名|原)*的?备案(?:信息|主体|服务|系统)?")
# What stands for the office and the platform of a filing, and what in its place.
_ELSEWHERE = (
    (patterns.compile(r"通信管理局|管局|工信部"), "有关部门"),
    (patterns.compile(r"阿里云"), "平台"),
)
# What a noun stands in a name with, and whose site or firm it may be.
_SUFFIXES = ("证", "许可证", "资质", "店", "馆", "厂", "协会", "学校")
_OWNED = patterns.compile(r"(网站|公司|企业|个人站|博客|域名|备案|服务器)")
_OWNER = patterns.compile(r"公司|企业|单位|个人|法人")
# How people say who they are before they ask.
_TOLD_BEFORE = (
    "我是做{}的",
    "我们是{}",
    "我们{}那边",
    "开{}的",
    "老板是搞{}的",
    "我在{}上班",
    "{}这边",
    "朋友的{}",
)
# Who asks for themselves: 公司换法人 is the customer's own change, as much as 换法人.
_OURSELVES = (
    "公司",
    "我们公司",
    "我司",
    "单位",
    "我们单位",
    "企业",
    "咱公司",
    "我们",
    "公司这边",
    "请问我们公司",
)
_WHOSE = patterns.compile("公司|企业|单位|个人|我司|[我咱]们|^[我咱俺]")
# With one of these words a question is still about a filing.
_FILING = patterns.compile(r"备案|icp|域名|网站|网址|站点|服务器|ip|解析|接入|建站|博客|官网")


def copies_of(messages: Sequence[tuple[str, str]], objects: Sequence[str]) -> list[tuple[str, str]]:
    """All copies for training, (text, label): about the reviewed `objects`, everyday nouns, and the
    customer's own firm."""
    filings = [text for text, label in messages if kind_of(label) in ("answer", "uncovered")]
    nouns = everyday_nouns([*filings, *objects])
    about_others = [*counterfactuals(messages, objects), *with_everyday_nouns(messages, nouns)]
    return [*about_others, *of_ourselves(messages)]


def counterfactuals(
    messages: Sequence[tuple[str, str]],
    objects: Sequence[str],
    most: int = MOST,
    most_before: int = MOST_BEFORE,
) -> list[tuple[str, str]]:
    """(text, LABEL) copies of short messages of facts and open themes, without repeats; the same for the same
    input: `most` in which 备案 is replaced, `most_before` which the object goes before (换负责人要什么材料).
    `messages` are (normalised text, label)."""

    def drawn(text: str) -> str:
        return one_of(objects, text, "object")

    return [(text, LABEL) for text in _copies(messages, objects, drawn, most, most_before)]


def with_everyday_nouns(
    messages: Sequence[tuple[str, str]],
    nouns: Sequence[str],
    most: int = MOST_NOUNS,
    most_before: int = MOST_NOUNS_BEFORE,
    most_kept: int = MOST_KEPT,
) -> list[tuple[str, str]]:
    """The same with `nouns` that are used once each, alone or as somebody's papers or business; and at most
    `most_kept` copies with their own labels, in which a noun only says whose site or firm it is, or what its
    owner does."""
    noun = Once(nouns, "noun")

    def drawn(text: str) -> str:
        return noun(text) + one_of(("", *_SUFFIXES), text, "suffix")

    # beside a noun, 公司 is the noun's: whose change it is stays open
    others = [(text, label) for text, label in messages if not _OWNER.search(text)]
    copies = [(text, LABEL) for text in _copies(others, (), drawn, most, most_before)]
    owned = [
        (text, label)
        for text, label in messages
        if kind_of(label) in ("answer", "uncovered") and len(text) <= LONGEST and _OWNED.search(text)
    ]
    for text, label in by_lot(owned, "owned", lambda one: one[0])[:most_kept]:
        name = drawn(text)
        before = one_of(_TOLD_BEFORE, text, "before").format(name)
        inside = lot(text, "inside") < _HALF
        copies.append((_OWNED.sub(f"{name}\\1", text, 1) if inside else f"{before},{text}", label))
    return copies


def of_ourselves(messages: Sequence[tuple[str, str]], most: int = MOST_OWN) -> list[tuple[str, str]]:
    """(text, label) copies of short questions of facts with the customer's own firm before them, their labels
    kept: not every noun before a question makes it another's business."""
    bare = [
        (text, label)
        for text, label in messages
        if _is_bare(text, label) and not _WHOSE.search(text) and not label.endswith("individual")
    ]
    drawn = by_lot(bare, "ourselves", lambda one: one[0])[:most]
    return [(f"{one_of(_OURSELVES, text, 'whose')}{text}", label) for text, label in drawn]


def _is_bare(text: str, label: str) -> bool:
    """Whether it is a short question of a fact without any word of filings."""
    return kind_of(label) == "answer" and len(text) <= LONGEST_AFTER and not _FILING.search(text)


# Some reviewed objects are filings of their own: `own_filings` are overlooked where a copy must name none.
def _copies(
    messages: Sequence[tuple[str, str]],
    own_filings: Sequence[str],
    drawn: Callable[[str], str],
    most: int,
    most_before: int,
) -> list[str]:
    found: dict[str, None] = {}
    candidates = [
        text
        for text, label in messages
        if kind_of(label) in ("answer", "uncovered") and len(text) <= LONGEST and _OBJECT.search(text)
    ]
    for candidate in by_lot(candidates, "replaced"):
        if len(found) >= most:
            break
        text = _OBJECT.sub(drawn(candidate), candidate, 1)
        for pattern, word in _ELSEWHERE:
            text = pattern.sub(word, text)
        if not _FILING.search(_without(text, own_filings)):
            found[text] = None
    bare = [text for text, label in messages if _is_bare(text, label)]
    for text in by_lot(bare, "before")[:most_before]:
        found[f"{drawn(text)}{text}"] = None
    return list(found)


def _without(text: str, objects: Sequence[str]) -> str:
    """A text without the foreign objects, some of which are filings of their own."""
    for name in objects:
        text = text.replace(name, "")
    return text
