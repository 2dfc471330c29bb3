from actions.manners import ActionManners
from tests.actions.conftest import slots_of


def test_small_talk(run, tracker, kb):
    [message], events = run(ActionManners(), tracker("你好", "chitchat/greet", outcome="act"))
    assert message["text"] == kb.phrase("smalltalk", "greet")
    assert message["custom"]["status"] == "smalltalk"
    assert message["buttons"]
    assert events == []


def test_what_continues_the_last_answer_is_answered(run, tracker):
    [message], _ = run(
        ActionManners(),
        tracker(
            "那个人的呢",
            "dialogue/more",
            outcome="act",
            topic=["materials/subject_info.enterprise"],
            stated=["materials.subject_info.enterprise"],
            change_type="subject_info",
            subject_kind="enterprise",
        ),
    )
    assert message["custom"]["facts"] == ["materials.subject_info.individual"]


def test_a_person_hears_the_case(run, tracker):
    [message], _ = run(
        ActionManners(),
        tracker("转人工", "handoff/request", outcome="act", change_type="website_info", item="server"),
    )
    assert message["custom"]["status"] == "handoff"
    assert "服务器" in message["custom"]["summary"]


def test_start_over_resets_everything(run, tracker):
    _, events = run(
        ActionManners(), tracker("重新开始", "dialogue/restart", outcome="act", change_type="subject_info")
    )
    assert [event["event"] for event in events] == ["reset_slots"]


def test_a_complaint_is_counted(run, tracker):
    _, events = run(
        ActionManners(),
        tracker(
            "答非所问",
            "feedback/negative",
            outcome="act",
            stated=["timeline.review"],
            topic=["timeline/review"],
        ),
    )
    assert slots_of(events)["asked_back"] == 1.0
    assert slots_of(events)["choices"]


def test_going_on_with_the_list_starts_the_form_again(run, tracker):
    messages, events = run(ActionManners(), tracker("刚才的清单继续", "stop", outcome="act"))
    assert messages == []
    assert [(event["event"], event["name"]) for event in events] == [("followup", "checklist_form")]
    [message], _ = run(ActionManners(), tracker("不用继续了", "stop", outcome="act"))
    assert message["custom"]["status"] == "smalltalk"
