"""Whole turns, on messages understood by hand."""

from dataclasses import replace

import pytest

from beian.dialogue.case import Case
from beian.dialogue.engine import MOST_QUESTIONS_BACK, continues, respond
from beian.dialogue.state import State

ENTERPRISE, INDIVIDUAL = "materials.subject_info.enterprise", "materials.subject_info.individual"


@pytest.fixture
def say(turn, today, kb):
    """Several turns in a row: (text, label, ...) each; the last reply and the state after it."""

    def said(*messages, state=None):
        state = state or State()
        for message in messages:
            text, *labels = (message,) if isinstance(message, str) else message
            outcome = "answer"
            if labels and labels[0] in ("ask", "uncovered", "out_of_scope", "not_understood"):
                outcome, *labels = labels
            confidence = 0.9 if outcome == "answer" and labels else 0.2
            reply, state = respond(
                turn(text, *labels, outcome=outcome, confidence=confidence), state, today, kb
            )
        return reply, state

    return said


def test_a_question_is_answered_and_remembered(say):
    reply, state = say(("个人备案改手机号要什么材料", "materials/subject_info.enterprise"))
    assert reply.status == "answered"
    assert reply.facts == (INDIVIDUAL,)
    assert state.facts == reply.facts
    assert state.case == Case("subject_info", "contact", "individual")


def test_a_follow_up_asks_the_same_of_another_case(say):
    first = ("公司改名要什么材料", "materials/subject_info.enterprise")
    reply, state = say(first, ("那个人的呢", "ask", "materials/overview"))
    assert reply.facts == (INDIVIDUAL,)
    assert state.case.subject_kind == "individual"
    reply, _ = say(first, "换服务器的呢")
    assert reply.facts == ("materials.website_info.server",)
    reply, _ = say(first, "注销网站的呢")
    assert (reply.status, reply.extra["theme"]) == ("uncovered", "cancel_website_materials")


def test_a_correction(say):
    reply, state = say(
        ("公司换法人要什么材料", "materials/subject_info.enterprise"),
        ("不对，我是个人备案", "ask", "type/subject_info"),
    )
    assert reply.facts == (INDIVIDUAL,)
    assert state.case.subject_kind == "individual"


def test_materials_are_asked_back_and_a_choice_is_taken(say):
    reply, state = say(("要什么材料", "materials/overview"))
    assert reply.status == "clarify"
    assert state.choices
    for text in ("第二个", "个人"):
        reply, after = say((text, "ask", "overview/types"), state=state)
        assert reply.facts == (INDIVIDUAL,), text
        assert not after.choices


def test_what_is_unclear_is_asked_back_twice_then_a_person_helps(say):
    unclear = ("那个", "ask", "timeline/review", "timeline/submit_deadline")
    reply, state = say(unclear)
    assert (reply.status, state.asked) == ("clarify", 1)
    assert state.choices == ("timeline.review", "timeline.submit_deadline")
    reply, state = say(unclear, state=state)
    assert (reply.status, state.asked) == ("clarify", MOST_QUESTIONS_BACK)
    reply, state = say(unclear, state=state)
    assert reply.status == "handoff"
    assert state.asked == 0


def test_an_answer_ends_the_row_of_questions_back(say):
    _, state = say(("那个", "not_understood"), ("审核要多久", "timeline/review"))
    assert state.asked == 0


@pytest.mark.parametrize(
    ("message", "status"),
    [
        (("收费吗", "uncovered", "uncovered/fees"), "uncovered"),
        (("备案的某事", "uncovered"), "uncovered"),
        (("天气", "out_of_scope", "out_of_scope/general"), "out_of_scope"),
        (("嗯嗯啊", "not_understood"), "clarify"),
    ],
)
def test_three_kinds_of_no(say, message, status):
    reply, state = say(message)
    assert reply.status == status
    assert not state.choices
    assert reply.buttons


def test_two_questions_are_answered_in_order(say):
    reply, _ = say(("换服务器要什么材料，多久", "materials/website_info.server", "timeline/review"))
    assert reply.facts == ("materials.website_info.server", "timeline.review")


def test_half_an_answer_says_what_is_missing(say, kb):
    reply, _ = say(("多久，收费吗", "timeline/review", "uncovered/fees"))
    assert reply.status == "answered"
    assert reply.facts == ("timeline.review", "contact.support")
    assert kb.themes["fees"].title in reply.text
    assert reply.extra["theme"] == "fees"


def test_never_more_than_four_facts(say):
    labels = ["timeline/review", "access/overview", "notice/naming", "contact/support", "rejection/overview"]
    reply, _ = say(("很多问题", *labels))
    assert len(reply.facts) == 4


def test_doubts_repeat_the_answer(say, turn, today, kb):
    _, state = say(("变更期间网站能访问吗", "access/overview"))
    reply, _ = respond(turn("所以网站不会停吗", "type/website_info", confidence=0.3), state, today, kb)
    assert reply.facts == ("access.overview",)


def test_a_last_day_is_worked_out(say):
    reply, state = say(("10月8号换的法人，最晚哪天提交", "timeline/submit_deadline"))
    assert reply.card["type"] == "deadline"
    assert reply.extra["deadlines"][0]["date"] == "2026-11-07"
    assert state.case.changed_on == "2026-10-08"


def test_the_day_is_asked_for_and_then_used(say):
    reply, state = say(("最晚哪天提交变更", "timeline/submit_deadline"))
    assert state.awaiting == "changed_on"
    reply, state = say(("上周五", "not_understood"), state=state)
    assert reply.extra["deadlines"][0]["date"] == "2026-12-06"
    assert state.case.changed_on == "2026-11-06"


def test_another_question_in_between_is_answered(say):
    _, state = say(("最晚哪天提交变更", "timeline/submit_deadline"))
    reply, _ = say(("变更期间网站能访问吗", "access/overview"), state=state)
    assert reply.facts == ("access.overview",)


@pytest.mark.parametrize("text", ["2月30号变的，最晚哪天提交", "明年3月1号变，最晚哪天提交"])
def test_days_that_cannot_be_are_asked_about(say, text):
    reply, state = say((text, "timeline/submit_deadline"))
    assert reply.status == "clarify"
    assert state.case.changed_on is None
    assert state.awaiting == "changed_on"


@pytest.mark.parametrize(
    ("answer", "day", "last"),
    [
        ("计划那天才变", "2026-12-01", "2026年12月31日"),
        ("对，打算那天换", "2026-12-01", "2026年12月31日"),
        ("去年的", "2025-12-01", "2025年12月31日"),
        ("已经变了，是2025年12月1日", "2025-12-01", "2025年12月31日"),
        ("说错了，是11月1日", "2026-11-01", "2026年12月1日"),
    ],
)
def test_a_day_to_come_is_settled_by_the_answer(say, answer, day, last):
    asked, state = say(("12月1日换的法人，最晚哪天提交", "timeline/submit_deadline"))
    assert (asked.status, state.doubted) == ("clarify", "2026-12-01")
    assert [button["title"] for button in asked.buttons] == ["计划那天才变", "已经变了，是2025年12月1日"]
    reply, state = say((answer, "not_understood"), state=state)
    assert reply.facts == ("timeline.submit_deadline",)
    assert state.case.changed_on == day
    assert last in reply.text
    assert state.doubted is None


def test_a_submission_to_come_is_worked_out_at_once(say):
    reply, state = say(("12月1日提交的话什么时候出结果", "timeline/review"))
    assert reply.status == "answered"
    assert state.case.submitted_on == "2026-12-01"
    assert "2026年12月4日" in reply.text


def test_several_days_are_each_what_the_words_say(say):
    reply, state = say(
        ("11月2日换的法人，11月5日提交的，11月9日被驳回，最晚啥时候再交", "timeline/resubmit_deadline")
    )
    case = state.case
    assert (case.changed_on, case.submitted_on, case.rejected_on) == (
        "2026-11-02",
        "2026-11-05",
        "2026-11-09",
    )
    assert "2026年12月9日" in reply.text


@pytest.mark.parametrize(
    ("text", "day"),
    [("11月2日换的法人，不对，是11月5日换的", "2026-11-05"), ("11月2日换的，11月5日补的章", "2026-11-02")],
)
def test_of_two_days_of_a_kind_a_correction_counts(say, text, day):
    _, state = say((f"{text}，最晚哪天提交", "timeline/submit_deadline"))
    assert state.case.changed_on == day


def test_days_off_are_no_day_told(say):
    _, state = say(("今天提交的话什么时候出结果", "timeline/review"))
    _, state = say(("元旦放假算工作日吗", "timeline/review"), state=state)
    assert state.case.submitted_on == "2026-11-10"


def test_what_is_worked_out_stands_in_an_answer_to_several_questions(say):
    reply, state = say(
        ("昨天换的法人，要什么材料，最晚哪天提交", "materials/overview", "timeline/submit_deadline")
    )
    assert reply.facts == (ENTERPRISE, "timeline.submit_deadline")
    assert "2026年12月9日" in reply.text
    assert reply.extra["deadlines"] == [
        {"date": "2026-12-09", "title": "备案提醒：今天是提交变更申请的最后一天"}
    ]
    assert state.said == reply.text
    assert "最晚提交：2026年12月9日" in state.brief
    reply, _ = say(("“中国好茶网”能用吗，审核要多久", "notice/naming", "timeline/review"))
    assert "“中国好茶网”：不能用" in reply.text
    assert reply.card["type"] == "verdict"
    reply, _ = say(("负责人17岁行吗，要什么材料", "notice/responsible_person", "materials/overview"))
    assert "未满 18 周岁，还不能" in reply.text


def test_quoted_names_follow_a_verdict_without_being_asked_for(say):
    _, state = say(("“中国好茶网”能用吗，审核要多久", "notice/naming", "timeline/review"))
    reply, _ = say(("换成“好茶网”呢", "ask", "notice/naming"), state=state)
    assert "“好茶网”：没有发现" in reply.text


def test_materials_the_document_lacks_may_be_of_the_wrong_change(say):
    reply, state = say(("网站要注销，材料要啥", "uncovered", "uncovered/cancel_website_materials"))
    assert (reply.status, state.case.change_type) == ("uncovered", "cancel_website")
    reply, _ = say(("不对，是要过户", "type/subject_transfer"), state=state)
    assert reply.facts == ("materials.subject_transfer",)


def test_names_and_ages_get_a_verdict(say):
    reply, _ = say(("网站叫“中国好书”可以吗", "notice/naming"))
    assert (reply.card["type"], reply.card["verdicts"], reply.facts) == (
        "verdict",
        ["no"],
        ("notice.naming",),
    )
    reply, _ = say(("网站叫“绿叶书屋”可以吗", "notice/naming"))
    assert reply.card["verdicts"] == ["ok"]
    reply, _ = say(("负责人17岁行吗", "notice/responsible_person"))
    assert (reply.card["verdicts"], reply.facts) == (["no"], ("notice.responsible_person",))


def test_what_continues_the_last_answer(say, turn, today, kb):
    _, state = say(("公司改名要什么材料", "materials/subject_info.enterprise"))
    assert continues(turn("那个人的呢", "dialogue/more"), state, today, kb)
    assert not continues(turn("谢谢", "chitchat/thanks"), state, today, kb)
    assert not continues(turn("个人", "chitchat/identity"), State(), today, kb)
    offered = replace(State(), choices=("timeline.review",))
    assert continues(turn("第一个", "dialogue/affirm"), offered, today, kb)
    assert continues(turn("昨天", "dialogue/deny"), replace(State(), awaiting="changed_on"), today, kb)


def test_nothing_is_said_twice_for_one_message(say):
    reply, _ = say(("审核要多久要多久", "timeline/review", "timeline/review"))
    assert reply.facts == ("timeline.review",)
