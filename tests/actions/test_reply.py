"""The one action: one message, and the state after it in the slots."""

import json

from actions.reply import ActionReply, understood
from beian.answers.render import fact_text
from beian.meaning.slots import DISCOURSE, slots_of, state_from
from beian.meaning.state import Discourse, Matter
from tests.actions.conftest import slots_set

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"


def test_it_answers_and_remembers(run, tracker, kb):
    [message], events = run(ActionReply(), tracker("审核要多久"))
    assert message["text"] == fact_text(kb.facts["timeline.review"])
    custom = message["custom"]
    assert custom["status"] == "answered"
    assert custom["facts"] == ["timeline.review"]
    assert custom["understood"]["intent"] == "timeline/review"
    assert custom["understood"]["confidence"] == 1.0
    assert message["buttons"]
    state = Discourse.from_slot(slots_set(events)[DISCOURSE])
    assert state.stated == ("timeline.review",)


def test_every_turn_says_one_message(run, tracker):
    for text in ("你好", "要多少钱", "今天天气怎么样", "帮我准备清单", "转人工", "啊啊啊", "第二个", "不对"):
        messages, _ = run(ActionReply(), tracker(text))
        assert len(messages) == 1
        assert messages[0]["text"].strip()


def test_a_turn_goes_on_where_the_one_before_ended(run, tracker):
    _, events = run(ActionReply(), tracker("公司换法人要什么材料"))
    state = state_from(slots_set(events))
    [message], events = run(ActionReply(), tracker("那个人呢", state))
    assert message["custom"]["facts"] == [PERSON]
    assert state_from({**slots_of(state), **slots_set(events)}).trail == ((COMPANY,),)


def test_only_slots_that_change_are_set(run, tracker):
    _, events = run(ActionReply(), tracker("公司换法人要什么材料"))
    assert set(slots_set(events)) == {DISCOURSE, "change_type", "item", "subject_kind"}
    state = state_from(slots_set(events))
    _, events = run(ActionReply(), tracker("审核要多久", state))
    assert set(slots_set(events)) == {DISCOURSE}
    # said a second time, nothing changes any more
    state = Discourse.from_slot(slots_set(events)[DISCOURSE])
    assert run(ActionReply(), tracker("审核要多久", state))[1] == []


def test_the_case_is_shown(run, tracker):
    [message], events = run(ActionReply(), tracker("个人备案换手机号要什么材料"))
    shown = message["custom"]["understood"]
    assert (shown["change_type"], shown["item"], shown["subject_kind"]) == (
        "subject_info",
        "contact",
        "individual",
    )
    assert shown["case_text"] == "个人 · 主体信息变更 · 联系方式"
    assert slots_set(events)["subject_kind"] == "individual"


def test_what_a_channel_filled_in_is_known(run, tracker):
    """Before the first answer there is no discourse, only slots that a channel may have set."""
    asked = tracker("要哪些材料", change_type="subject_info", subject_kind="individual")
    [message], _ = run(ActionReply(), asked)
    assert message["custom"]["facts"] == [PERSON]


def test_a_conversation_from_before_an_upgrade_begins_anew(run, tracker):
    old = {"version": 0, "topic": ["timeline/review"], "asked_back": 1.0}
    [message], events = run(ActionReply(), tracker("审核要多久", **{DISCOURSE: old, "item": "server"}))
    assert message["custom"]["facts"] == ["timeline.review"]
    assert Discourse.from_slot(slots_set(events)[DISCOURSE]).stated == ("timeline.review",)


def test_a_new_beginning_empties_the_slots(run, tracker):
    state = Discourse(
        stated=(COMPANY,),
        focus=Matter("subject_info", "contact", "enterprise", "2026-10-08"),
        reason="naming",
    )
    _, events = run(ActionReply(), tracker("重新开始", state))
    after = slots_set(events)
    assert {name: value for name, value in after.items() if name != DISCOURSE} == dict.fromkeys(
        ("change_type", "item", "subject_kind", "changed_on", "rejection_reason")
    )
    assert Discourse.from_slot(after[DISCOURSE]) == Discourse()


def test_a_message_that_no_pipeline_understood_is_asked_about(run, tracker):
    """As when another channel hands over a message without our understanding."""
    bare = tracker("什么")
    for key in ("understanding", "meaning", "entities"):
        del bare.latest_message[key]
    [message], _ = run(ActionReply(), bare)
    assert message["custom"]["status"] == "clarify"
    assert message["custom"]["understood"]["intent"] == "out_of_scope"


def test_all_of_it_is_plain_data(run, tracker):
    [message], events = run(ActionReply(), tracker("10月8号换的法人，要在多久内提交变更"))
    assert json.loads(json.dumps([message, events], ensure_ascii=False)) == [message, events]
    assert message["custom"]["deadlines"][0]["date"] == "2026-11-07"


def test_days_count_from_the_day_in_china(run, tracker, monkeypatch):
    monkeypatch.setenv("BEIAN_TODAY", "2026-12-20")
    [message], _ = run(ActionReply(), tracker("昨天换的法人，最晚哪天提交"))
    assert message["custom"]["deadlines"][0]["date"] == "2027-01-18"


def test_without_buttons_there_is_no_empty_list_of_them(run, tracker):
    """Rasa sends an empty list on; a channel should not see it."""
    [message], _ = run(ActionReply(), tracker("转人工"))
    assert not message.get("buttons")


def test_what_was_understood_has_a_label_for_every_outcome(hear, kb):
    assert understood(hear("转人工"), Discourse(), kb)["intent"] == "handoff/request"
    assert understood(hear("要多少钱"), Discourse(), kb)["intent"] == "uncovered/fees"
    assert understood(hear("今天天气怎么样"), Discourse(), kb) == {
        "intent": "out_of_scope",
        "confidence": round(hear("今天天气怎么样").meaning.chance, 4),
    }
