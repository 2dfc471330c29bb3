import pytest

from actions.checklist import (
    ActionAskChangeType,
    ActionAskDay,
    ActionAskItem,
    ActionAskSubjectKind,
    ActionChecklist,
    ActionStopChecklist,
    ValidateChecklistForm,
)
from tests.actions.conftest import slots_of

QUESTIONS = (ActionAskChangeType, ActionAskSubjectKind, ActionAskItem, ActionAskDay)


def validate(run, tracker, text, label, requested, **slots):
    messages, events = run(
        ValidateChecklistForm(),
        tracker(text, label, loop="checklist_form", requested_slot=requested, **slots),
    )
    assert messages == [], "only the questions speak"
    return slots_of(events)


def test_the_guide_asks_step_by_step(run, tracker):
    said = validate(run, tracker, "主体信息变更", "type/subject_info", "change_type")
    assert said["change_type"] == "subject_info"
    assert said["requested_slot"] == "subject_kind"
    said = validate(run, tracker, "企业", "type/subject_info", "subject_kind", change_type="subject_info")
    assert said["subject_kind"] == "enterprise"
    assert said["requested_slot"] == "day_settled"
    said = validate(
        run,
        tracker,
        "10月8号",
        "timeline/submit_deadline",
        "day_settled",
        change_type="subject_info",
        subject_kind="enterprise",
    )
    assert said["changed_on"] == "2026-10-08"
    assert said["requested_slot"] is None


def test_a_day_may_be_left_open(run, tracker):
    said = validate(
        run, tracker, "不清楚", "chitchat/presence", "day_settled", change_type="subject_transfer"
    )
    assert said["day_settled"] is True
    assert said["requested_slot"] is None


def test_a_question_in_between_changes_nothing(run, tracker):
    said = validate(run, tracker, "审核要多久", "timeline/review", "subject_kind", change_type="subject_info")
    assert said == {"requested_slot": "subject_kind"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_questions(run, tracker, kb, question):
    [message], events = run(question(), tracker("开始", "checklist", outcome="act", loop="checklist_form"))
    assert message["custom"]["status"] == "clarify"
    assert message["custom"]["card"]["type"] == "choices"
    assert kb.phrase("checklist", f"ask_{question.step}") in message["text"]
    assert events == []


def test_a_question_already_asked_is_not_repeated(run, tracker):
    asked = tracker("审核要多久", "timeline/review", loop="checklist_form")
    asked.events.append({"event": "bot", "text": "…"})
    assert run(ActionAskChangeType(), asked) == ([], [])


def test_the_list_at_the_end(run, tracker):
    known = {"change_type": "subject_info", "subject_kind": "individual", "changed_on": "2026-10-08"}
    [message], events = run(
        ActionChecklist(), tracker("10月8号", "timeline/submit_deadline", day_settled=True, **known)
    )
    custom = message["custom"]
    assert (custom["status"], custom["card"]["type"]) == ("answered", "checklist")
    assert custom["facts"][0] == "materials.subject_info.individual"
    assert custom["deadlines"][0]["date"] == "2026-11-07"
    assert slots_of(events)["day_settled"] is None
    assert slots_of(events)["stated"] == custom["facts"]


def test_stopping_keeps_the_case(run, tracker, kb):
    [message], events = run(
        ActionStopChecklist(),
        tracker("算了", "stop", outcome="act", loop="checklist_form", change_type="subject_info"),
    )
    assert message["text"] == kb.phrase("checklist", "stopped")
    assert "change_type" not in slots_of(events)
