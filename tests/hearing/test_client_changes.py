"""One more client, another change of one, and a change that has not come yet."""

TWO = "甲家换服务器，乙家换法人"


def changes(state):
    return [(matter.client, matter.item or matter.change_type) for matter in state.matters]


def test_one_more_client_has_a_change_and_days_of_its_own(answer):
    told = (TWO, "甲家11月3号换的，最晚哪天", "丙家新来的,个人备案换手机号,11月8日换的,要什么")
    reply, state = answer(*told)
    assert changes(state) == [("甲", "server"), ("乙", "legal_representative"), ("丙", "contact")]
    assert state.focus.client == "丙"
    assert [matter.changed for matter in state.matters] == ["2026-11-03", None, "2026-11-08"]
    assert reply.facts[0] == "materials.subject_info.individual"
    assert "甲家" not in reply.text


def test_who_is_named_otherwise_is_no_further_client(answer):
    _, state = answer(TWO, "停，我就问乙家一家，注销")
    assert {matter.client for matter in state.matters} == {"甲", "乙"}


def test_another_change_takes_the_place_of_the_one_denied(answer):
    _, state = answer(TWO, "乙家改主意了，不换法人，换地址")
    assert changes(state) == [("甲", "server"), ("乙", "registered_address")]


def test_what_has_not_come_yet_stays(answer):
    _, state = answer(TWO, "把各家的截止日期列一下。甲家服务器还没换，乙家11月2号换的")
    assert changes(state) == [("甲", "server"), ("乙", "legal_representative")]
    assert [matter.changed for matter in state.matters] == [None, "2026-11-02"]


def test_days_are_those_of_the_client_beside_them(answer):
    reply, state = answer(TWO, "甲家是11月3号换的，乙家是11月8号换的，各家最晚几号")
    assert [matter.changed for matter in state.matters] == ["2026-11-03", "2026-11-08"]
    assert "甲家（服务器）：最晚2026年12月3日" in reply.text
    reply, _ = answer("乙家呢", after=state)
    assert "2026年12月8日" in reply.text and "甲家" not in reply.text


def test_what_is_put_right_is_told_of_one_client(answer):
    reply, _ = answer(TWO, "不对，我问的是乙家的材料")
    assert "服务器" not in reply.text


def test_all_that_is_asked_of_one_client_is_answered(answer):
    reply, _ = answer(TWO, "乙家要啥材料，最晚几号交")
    assert set(reply.facts) >= {"materials.subject_info.enterprise", "timeline.submit_deadline"}
