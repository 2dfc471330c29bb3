"""The very day replaces the rough one of the same change, and is that of a change told of the same day."""

import pytest


def days(state):
    return {matter.item or matter.change_type: matter.changed for matter in state.matters or (state.focus,)}


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (
            "网站负责人上月底换的",
            "10月30号换的。同一天服务器也换了",
            {"responsible_person": "2026-10-30", "server": "2026-10-30"},
        ),
        (
            "法人大概11月初换的，还来得及吗",
            "查了是11月4号。服务器也是同一天换的",
            {"legal_representative": "2026-11-04", "server": "2026-11-04"},
        ),
        (
            "服务器上周换的",
            "准确是11月6号，当天法人也换了，最晚哪天",
            {"server": "2026-11-06", "legal_representative": "2026-11-06"},
        ),
        (
            "网站名称月初改的",
            "具体是11月3号，另外服务器也换了",
            {"site_name": "2026-11-03", "server": None},
        ),
    ],
)
def test_both_have_it(answer, before, text, expected):
    _, state = answer(before, text)
    assert days(state) == expected


def test_a_change_of_another_day_keeps_its_own(answer):
    _, state = answer("法人10月底换的，服务器11月2号换的")
    told = days(state)
    assert told["legal_representative"] == "2026-10-25/2026-10-31"
    assert told["server"] == "2026-11-02"


def test_what_is_due_on_one_day_is_due_together(answer):
    reply, _ = answer("负责人上月底换的", "10月30号换的。同一天服务器也换了", "那10月30号的最晚哪天")
    assert "先到期" not in reply.text
    assert reply.text.count("2026年11月29日") == 2
