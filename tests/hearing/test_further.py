"""A further change told beside those in hand."""

import pytest

THREE = {"company_name", "legal_representative", "server"}


def _items(state):
    return {matter.item for matter in state.matters}


def test_a_third_change_drops_none_before_it(answer):
    reply, state = answer("公司改名了，法人也换了", "服务器也换了", "都要什么材料")
    assert _items(state) == THREE
    assert {"materials.subject_info.enterprise", "materials.website_info.server"} <= set(reply.facts)


def test_changes_told_one_by_one_keep_their_days(answer):
    _, state = answer(
        "公司改名了，10月5号改的，最晚哪天交", "10月9号法人也换了", "另外服务器也换了，10月12号"
    )
    assert {(matter.item, matter.changed) for matter in state.matters} == {
        ("company_name", "2026-10-05"),
        ("legal_representative", "2026-10-09"),
        ("server", "2026-10-12"),
    }


@pytest.mark.parametrize("text", ["那服务器呢", "换服务器要什么材料", "要是服务器也换呢"])
def test_what_is_only_asked_comes_beside_nothing(answer, text):
    _, state = answer("法人换了，要什么材料", text)
    assert state.matters == ()


def test_what_is_put_right_comes_beside_nothing(answer):
    _, state = answer("法人换了，要什么材料", "不是法人，是网站负责人换了")
    assert (state.matters, state.focus.item) == ((), "responsible_person")
