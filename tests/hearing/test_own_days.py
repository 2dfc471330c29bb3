"""Days of several changes: each goes to its own, and each has its own last day."""

import pytest

from beian.hearing.own_days import dated_matters
from beian.meaning.state import Discourse, Matter

NAME = Matter("subject_info", "company_name", "enterprise")
MACHINE = Matter("website_info", "server", "enterprise")
DEADLINE = "timeline.submit_deadline"
BOTH = Discourse(stated=(DEADLINE,), last="answered", focus=NAME, matters=(NAME, MACHINE))


def days_of(state: Discourse) -> dict[str | None, str | None]:
    return {matter.item: matter.changed for matter in state.matters}


@pytest.mark.parametrize(
    "text",
    [
        "公司改名是10月16号，服务器11月3号换的",
        "11月3号换的服务器，公司名10月16号就改了",
        "公司名10月16号变的 IP是11月3号",
    ],
)
def test_a_day_belongs_to_the_change_named_beside_it(answer, text):
    _, state = answer(text, after=BOTH)
    assert days_of(state) == {"company_name": "2026-10-16", "server": "2026-11-03"}


def test_a_day_beside_none_of_them_is_that_of_the_change_in_focus(answer):
    _, state = answer("10月16号", after=BOTH)
    assert days_of(state) == {"company_name": "2026-10-16", "server": None}


def test_each_has_its_own_last_day_the_earliest_first(answer):
    reply, _ = answer("服务器11月3号换的，公司改名是10月16号，分别最晚哪天", after=BOTH)
    assert reply.facts == (DEADLINE,)
    name, machine = (reply.text.index(word) for word in ("· 企业名称", "· 服务器"))
    assert name < machine
    assert "2026年11月15日" in reply.text
    assert "2026年12月3日" in reply.text


def test_who_names_one_of_them_is_told_of_that_one(answer, hear, kb):
    _, state = answer("服务器11月3号换的，公司改名是10月16号，分别最晚哪天", after=BOTH)
    assert dated_matters(state, hear("服务器的最晚哪天提交", state), "changed", kb) == ()
    reply, _ = answer("服务器的最晚哪天提交", after=state)
    assert "2026年12月3日" in reply.text
    assert "11月15日" not in reply.text


def test_with_one_day_known_nothing_is_told_apart(hear, kb):
    state = BOTH.with_matter(NAME, changed="2026-10-16")
    assert dated_matters(state, hear("最晚哪天提交", state), "changed", kb) == ()
