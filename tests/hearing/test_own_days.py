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
        "公司名换了，10月16号；服务器换了，11月3号",
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


def test_a_part_of_a_name_tells_whose_day_it_is(answer):
    reply, state = answer("网站名称和网站负责人都换了", "名称是10月16号换的，负责人是11月3号，各是哪天截止")
    assert days_of(state) == {"site_name": "2026-10-16", "responsible_person": "2026-11-03"}
    assert "2026年11月15日" in reply.text
    assert "2026年12月3日" in reply.text


def test_a_day_of_something_else_is_none_of_a_change_in_another_clause(answer):
    _, state = answer("公章是11月1号丢的，服务器是11月3号换的", after=BOTH)
    assert days_of(state) == {"company_name": None, "server": "2026-11-03"}


def test_who_asks_of_each_is_told_which_has_no_day(answer):
    _, state = answer("公司改名是10月16号", after=BOTH)
    reply, _ = answer("两件分别哪天之前交", after=state)
    assert "企业名称：最晚2026年11月15日" in reply.text
    assert "服务器：还不知道变化的日子" in reply.text


def test_what_no_change_is_known_by_keeps_the_words_of_the_customer(answer):
    reply, _ = answer("三件分别几号之前交，招牌11月2号换的，门锁昨天换的")
    assert "招牌：最晚2026年12月2日" in reply.text
    assert "门锁：最晚2026年12月9日" in reply.text
