"""Clients that are asked after because they were left out."""

import pytest

from beian.hearing.left_out import asked_after
from beian.meaning.state import Discourse, Matter

A, B = Matter("website_info", "server", client="甲"), Matter("subject_info", "contact", client="乙")
C = Matter("cancel_website", client="丙")
STATE = Discourse(stated=("type.cancel_website",), last="answered", focus=A, matters=(A, B, C))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("丙家呢？你把丙家给忘了", (C,)),
        ("丙家怎么没了", (C,)),
        ("怎么没有乙家", (B,)),
        ("甲家和乙家呢", (A, B)),
        ("我问了三家,你只答了丙家。甲家和乙家呢", (A, B)),
        ("我问了三家，你只答了丙家", (A, B)),
        ("乙的你还没讲", (B,)),
        ("剩下那两家呢", (B, C)),
        ("问了三家只回了两家", (A, B, C)),
    ],
)
def test_who_is_asked_after(hear, text, meant):
    assert asked_after(hear(text).said, STATE) == meant


@pytest.mark.parametrize(
    "text", ["丙家要什么材料", "乙家最晚哪天交", "甲家11月3号换的", "审核要多久呢", "乙方要签字吗"]
)
def test_what_asks_for_something_of_its_own(hear, text):
    assert asked_after(hear(text).said, STATE) == ()


def test_without_names_there_is_none(hear):
    state = Discourse(matters=(Matter("website_info", "server"), Matter("cancel_website")))
    assert asked_after(hear("剩下那个呢").said, state) == ()
