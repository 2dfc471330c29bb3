import pytest

from beian.dialogue.case import Case
from beian.dialogue.checklist import STEPS, add_question, ask, missing, read, result
from beian.dialogue.reply import Reply
from beian.dialogue.state import State


@pytest.mark.parametrize(
    ("case", "settled", "step"),
    [
        (Case(), False, "change_type"),
        (Case("subject_info"), False, "subject_kind"),
        (Case("subject_info", subject_kind="individual"), False, "day"),
        (Case("website_info"), False, "item"),
        (Case("website_info", "server"), False, "day"),
        (Case("subject_transfer"), False, "day"),
        (Case("subject_transfer"), True, None),
        (Case("subject_transfer", changed_on="2026-10-08"), False, None),
    ],
)
def test_only_what_is_missing_is_asked(case, settled, step):
    assert missing(case, settled) == step


@pytest.mark.parametrize("step", STEPS)
def test_a_question_has_choices_and_tells_what_is_known(kb, step):
    reply = ask(step, Case("subject_info", subject_kind="enterprise"), kb)
    assert reply.status == "clarify"
    assert "企业" in reply.text
    assert reply.card["items"] == [button["title"] for button in reply.buttons]
    for number, title in enumerate(reply.card["items"], 1):
        assert f"{number}. {title}" in reply.text


@pytest.mark.parametrize(
    ("step", "text", "label", "before", "after", "day_settled"),
    [
        ("change_type", "主体信息变更", "type/subject_info", Case(), Case("subject_info"), False),
        (
            "subject_kind",
            "企业",
            "type/subject_info",
            Case("subject_info"),
            Case("subject_info", None, "enterprise"),
            False,
        ),
        ("item", "服务器", "type/website_info", Case("website_info"), Case("website_info", "server"), False),
        (
            "day",
            "10月8号",
            "timeline/submit_deadline",
            Case("subject_transfer"),
            Case("subject_transfer", changed_on="2026-10-08"),
            True,
        ),
        ("day", "不清楚", "chitchat/presence", Case("subject_transfer"), Case("subject_transfer"), True),
    ],
)
def test_answers_are_read(turn, today, kb, step, text, label, before, after, day_settled):
    case, settled, answers = read(step, turn(text, label), State(case=before), today, kb)
    assert answers
    assert (case, settled) == (after, day_settled)


@pytest.mark.parametrize(
    ("step", "text", "label", "before", "after"),
    [
        # what happened, without a term of the vocabulary; a place; a day told before it is asked for
        (
            "change_type",
            "我们公司卖给别人了",
            "type/subject_transfer",
            Case(),
            Case("subject_transfer", None, "enterprise"),
        ),
        ("change_type", "服务器要搬到北京", "notice/server_locality", Case(), Case("website_info", "server")),
        (
            "subject_kind",
            "昨天",
            "chitchat/goodbye",
            Case("subject_info"),
            Case("subject_info", changed_on="2026-11-09"),
        ),
        # said once more: still an answer
        (
            "item",
            "服务器",
            "type/website_info",
            Case("website_info", "server"),
            Case("website_info", "server"),
        ),
        (
            "day",
            "不对，是换IP",
            "type/website_info",
            Case("website_info", "site_name"),
            Case("website_info", "server"),
        ),
    ],
)
def test_telling_is_answering(turn, today, kb, step, text, label, before, after):
    case, _, answers = read(step, turn(text, label), State(case=before), today, kb)
    assert (case, answers) == (after, True)


@pytest.mark.parametrize(
    ("step", "text", "label", "before"),
    [
        ("item", "负责人要多大年纪", "notice/responsible_person", Case("website_info")),
        ("day", "换法人要什么材料", "materials/subject_info.enterprise", Case("website_info", "server")),
        ("day", "算了", "stop", Case("subject_transfer")),
        ("day", "12月1号", "timeline/review", Case("subject_transfer")),
    ],
)
def test_asking_and_stopping_are_no_answers(turn, today, kb, step, text, label, before):
    assert read(step, turn(text, label), State(case=before), today, kb) == (before, False, False)


def test_a_planned_day_is_taken_once_confirmed(turn, today, kb):
    state = State(case=Case("subject_transfer"), doubted="2026-12-01")
    case, settled, answers = read("day", turn("计划那天才变", "timeline/review"), state, today, kb)
    assert (case.changed_on, settled, answers) == ("2026-12-01", True, True)


def test_another_question_is_no_answer(turn, today, kb):
    before = Case("subject_info")
    case, settled, answers = read(
        "subject_kind", turn("审核要多久", "timeline/review"), State(case=before), today, kb
    )
    assert not answers
    assert (case, settled) == (before, False)


def test_after_a_question_in_between_the_guide_goes_on(kb):
    reply = Reply("answered", "某个回答", ("timeline.review",))
    add_question(reply, "subject_kind", Case("subject_info"), kb)
    assert reply.text.startswith("某个回答\n\n")
    assert "企业" in [button["title"] for button in reply.buttons]


def test_the_customers_own_list(today, kb):
    case = Case("subject_info", "legal_representative", "enterprise", changed_on="2026-10-08")
    reply, state = result(State(case=case), today, kb)
    materials = kb.facts["materials.subject_info.enterprise"]
    assert reply.facts[0] == materials.id
    assert "timeline.submit_deadline" in reply.facts
    assert len(reply.facts) <= 4
    assert reply.card["items"][: len(materials.items)] == list(materials.items)
    assert reply.extra["deadlines"][0]["date"] == "2026-11-07"
    assert "企业" in reply.card["title"]
    assert state.facts == reply.facts


def test_a_list_for_every_change(today, kb):
    for term in kb.terms:
        if term.group == "change_type":
            reply, _ = result(State(case=Case(term.id, subject_kind="enterprise")), today, kb)
        elif term.group == "item":
            case = Case(term.change_type, term.id, term.subject_kind or "individual", changed_on="2026-11-01")
            reply, _ = result(State(case=case), today, kb)
        else:
            continue
        assert reply.status == "answered"
        assert 1 <= len(reply.facts) <= 4
        assert len(reply.text) <= 900, term.id
        assert all(item in reply.text for item in reply.card["items"])


def test_materials_the_document_lacks_are_said_to_be_lacking(today, kb):
    reply, _ = result(State(case=Case("cancel_website")), today, kb)
    assert kb.themes["cancel_website_materials"].title in reply.text
