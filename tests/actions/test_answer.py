from actions.answer import ActionAnswer
from tests.actions.conftest import slots_of


def test_it_answers_and_remembers(run, tracker, kb):
    [message], events = run(ActionAnswer(), tracker("审核要多久", "timeline/review"))
    assert message["text"] == "\n".join(
        line for _, lines in kb.facts["timeline.review"].body for line in lines
    )
    custom = message["custom"]
    assert custom["status"] == "answered"
    assert custom["understood"]["intent"] == "timeline/review"
    assert custom["understood"]["confidence"] == 0.9
    assert slots_of(events) == {"topic": ["timeline/review"], "stated": ["timeline.review"]}


def test_only_slots_that_change_are_set(run, tracker):
    again = tracker("审核要多久", "timeline/review", topic=["timeline/review"], stated=["timeline.review"])
    assert run(ActionAnswer(), again)[1] == []


def test_the_case_is_shown_and_kept(run, tracker):
    [message], events = run(
        ActionAnswer(), tracker("个人备案换手机号要什么材料", "materials/subject_info.individual")
    )
    understood = message["custom"]["understood"]
    assert (understood["change_type"], understood["item"]) == ("subject_info", "contact")
    assert understood["case_text"] == "个人 · 主体信息变更 · 联系方式"
    assert slots_of(events)["subject_kind"] == "individual"


def test_what_is_known_decides(run, tracker):
    [message], _ = run(
        ActionAnswer(),
        tracker("要什么材料", "materials/overview", change_type="subject_info", subject_kind="individual"),
    )
    assert message["custom"]["facts"] == ["materials.subject_info.individual"]


def test_during_the_guide_its_question_follows(run, tracker, kb):
    [message], _ = run(
        ActionAnswer(),
        tracker(
            "审核要多久",
            "timeline/review",
            loop="checklist_form",
            requested_slot="subject_kind",
            change_type="subject_info",
        ),
    )
    assert message["custom"]["facts"] == ["timeline.review"]
    assert kb.phrase("checklist", "ask_subject_kind") in message["text"]
    assert "企业" in [button["title"] for button in message["buttons"]]


def test_a_message_that_no_pipeline_understood_is_asked_about(run, tracker):
    """As when another channel hands over a message without our understanding."""
    bare = tracker("什么", "timeline/review")
    del bare.latest_message["understanding"]
    [message], _ = run(ActionAnswer(), bare)
    assert message["custom"]["status"] == "clarify"


def test_the_custom_part_is_plain_data(run, tracker):
    import json

    [message], events = run(
        ActionAnswer(), tracker("10月8号换法人，最晚哪天提交", "timeline/submit_deadline")
    )
    json.dumps([message, events])
    assert message["custom"]["deadlines"][0]["date"] == "2026-11-07"


def test_a_question_while_the_list_is_made_leaves_its_case_alone(run, tracker):
    asked = tracker(
        "换法人要什么材料",
        "materials/subject_info.enterprise",
        loop="checklist_form",
        requested_slot="day_settled",
        change_type="website_info",
        item="server",
        changed_on="2026-11-01",
    )
    [message], events = run(ActionAnswer(), asked)
    assert message["custom"]["facts"] == ["materials.subject_info.enterprise"]
    assert message["custom"]["understood"]["item"] == "server"
    assert not {"change_type", "item", "changed_on"} & set(slots_of(events))


def test_a_day_to_come_is_asked_about_once(run, tracker, kb):
    told = tracker(
        "12月1号",
        "timeline/review",
        loop="checklist_form",
        requested_slot="day_settled",
        change_type="subject_transfer",
    )
    [message], events = run(ActionAnswer(), told)
    assert message["custom"]["status"] == "clarify"
    assert "还没到" in message["text"]
    assert kb.phrase("checklist", "ask_day") not in message["text"]
    assert slots_of(events)["doubted"] == "2026-12-01"


def test_what_happened_is_asked_for_alone(run, tracker, kb):
    lost = tracker(
        "不知道哪一种", "which_type", outcome="act", loop="checklist_form", requested_slot="change_type"
    )
    [message], _ = run(ActionAnswer(), lost)
    assert kb.phrase("which_type", "ask") in message["text"]
    assert kb.phrase("checklist", "ask_change_type") not in message["text"]
