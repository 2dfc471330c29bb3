"""Copies of filing questions about something else: the object decides whose business a question is.

"备案变更审核要多久" is answered; "驾驶证变更审核要多久" is not. The copies are made at training time from the
reviewed list kb/foreign.yml.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beian.nlu.labels import kind_of
from beian.text import patterns

LABEL = "out_of_scope/counterfactual"
SEED = 20261128
MOST = 3000
MOST_BEFORE = 1800
LONGEST = 30
LONGEST_AFTER = 14
_OBJECT = patterns.compile(r"(?:阿里云|icp|网站|域名|原)*的?备案(?:信息|主体|服务|系统)?")
# What stands for the office and the platform of a filing, and what in its place.
_ELSEWHERE = (
    (patterns.compile(r"通信管理局|管局|工信部"), "有关部门"),
    (patterns.compile(r"阿里云"), "平台"),
)
# With one of these words a question is still about a filing.
_FILING = patterns.compile(r"备案|icp|域名|网站|网址|站点|服务器|ip|解析|接入|建站|博客|官网")


def counterfactuals(
    messages: Sequence[tuple[str, str]],
    objects: Sequence[str],
    most: int = MOST,
    most_before: int = MOST_BEFORE,
) -> list[tuple[str, str]]:
    """(text, LABEL) copies of short messages of facts and open themes, without repeats; the same for the same
    input: `most` in which 备案 is replaced, `most_before` which the object goes before (换负责人要什么材料).
    `messages` are (normalised text, label)."""
    random = np.random.default_rng(SEED)
    found: dict[str, None] = {}
    candidates = [
        text
        for text, label in messages
        if kind_of(label) in ("answer", "uncovered") and len(text) <= LONGEST and _OBJECT.search(text)
    ]
    for place in random.permutation(len(candidates)).tolist():
        if len(found) >= most:
            break
        text = _OBJECT.sub(objects[int(random.integers(len(objects)))], candidates[place], 1)
        for pattern, word in _ELSEWHERE:
            text = pattern.sub(word, text)
        if not _FILING.search(_without(text, objects)):
            found[text] = None
    bare = [
        text
        for text, label in messages
        if kind_of(label) == "answer" and len(text) <= LONGEST_AFTER and not _FILING.search(text)
    ]
    for place in random.permutation(len(bare))[:most_before].tolist():
        found[f"{objects[int(random.integers(len(objects)))]}{bare[place]}"] = None
    return [(text, LABEL) for text in found]


def _without(text: str, objects: Sequence[str]) -> str:
    """A text without the foreign objects, some of which are filings of their own."""
    for name in objects:
        text = text.replace(name, "")
    return text
