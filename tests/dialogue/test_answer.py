"""One turn: the reply to a message where the conversation stands, and the state after it."""

import json
import random
from dataclasses import replace

import pytest

from beian.dialogue.answer import MOST_FACTS, MOST_QUESTIONS_BACK, in_case, listened, reply_to
from beian.dialogue.render import fact_text
from beian.kb import load_knowledge
from beian.meaning.state import Asked, Discourse, Matter

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER, NAME = "materials.website_info.server", "materials.website_info.name"
SUBMIT, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"
KB = load_knowledge()


# --- facts ----------------------------------------------------------------------------------


def test_a_fact_in_full_with_its_source_and_what_follows(answer, kb):
    reply, state = answer("公司换法人要什么材料")
    assert (reply.status, reply.facts) == ("answered", (COMPANY,))
    assert reply.text == fact_text(kb.facts[COMPANY])
    assert reply.card["items"] == list(kb.facts[COMPANY].items)
    assert reply.buttons
    assert (state.stated, state.last) == ((COMPANY,), "answered")


@pytest.mark.parametrize("fact", sorted([*KB.facts, *KB.topics]))
def test_every_button_gets_its_fact(answer, kb, fact):
    reply, state = answer(kb.question_of(fact))
    assert reply.status in ("answered", "clarify")
    assert set(kb.facts_of_label(fact)) <= set(reply.facts)
    assert state.stated == reply.facts


def test_several_questions_are_answered_each_under_its_title(answer, kb):
    reply, state = answer("审核要多久，网站会停吗")
    assert reply.facts == ("timeline.review", "access.overview")
    assert all(f"【{kb.title_of(fact)}】" in reply.text for fact in reply.facts)
    assert state.entries == reply.facts


def test_what_the_document_leaves_open(answer, kb):
    reply, state = answer("要多少钱")
    assert reply.status == "uncovered"
    assert reply.extra["theme"] == "fees"
    assert kb.phone in reply.text
    assert (state.theme, state.stated, state.last) == ("uncovered/fees", (), "uncovered")


def test_a_fact_beside_what_is_open(answer, kb):
    reply, state = answer("审核要多久，要多少钱")
    assert reply.status == "answered"
    assert reply.facts[0] == "timeline.review"
    assert reply.extra["theme"] == "fees"
    assert kb.themes["fees"].title in reply.text
    assert state.stated == ("timeline.review",)


def test_what_is_foreign(answer, kb):
    reply, state = answer("今天天气怎么样")
    assert reply.status == "out_of_scope"
    assert reply.facts == ()
    assert reply.buttons
    assert state == Discourse(last="out_of_scope")


# --- the case decides -----------------------------------------------------------------------


def test_what_is_known_decides(answer):
    known = Discourse(focus=Matter("subject_info", subject_kind="individual"))
    reply, _ = answer("要哪些材料", after=known)
    assert reply.facts == (PERSON,)


def test_where_nothing_tells_the_kind_both_are_stated(answer):
    reply, state = answer("主体信息变更要什么材料")
    assert set(reply.facts) == {COMPANY, PERSON}
    assert state.focus.subject_kind is None
    reply, state = answer("个人", after=state)
    assert reply.facts == (PERSON,)
    assert state.focus.subject_kind == "individual"


def test_an_item_of_companies_needs_no_other_list(answer):
    reply, _ = answer("换法人要什么材料")
    assert reply.facts == (COMPANY,)


def test_a_general_answer_goes_with_the_special_one_of_the_case(answer, hear, kb):
    known = Discourse(focus=Matter("website_info", "server"))
    reply, _ = answer("变更期间网站还能访问吗", after=known)
    assert reply.facts == ("access.server_change", "access.overview")
    # a list gives way to nothing
    heard = hear("备案变更有哪几种类型", known)
    assert in_case(("overview.types",), heard, known, kb) == ("overview.types",)
    # what only asks which, gives way
    heard = hear("备案变更要准备哪些材料", known)
    assert in_case(("materials.overview",), heard, known, kb) == (SERVER,)


def test_who_asks_for_the_way_is_told_it(answer):
    assert answer("怎么换服务器")[0].facts == (SERVER, "procedure.login")
    assert answer("换服务器要什么材料")[0].facts == (SERVER,)


def test_several_changes_are_answered_and_kept_apart(answer):
    reply, state = answer("换服务器和改网站名称要什么材料")
    assert set(reply.facts) == {SERVER, NAME}
    assert [matter.item for matter in state.matters] == ["server", "site_name"]


# --- days, names, ages ----------------------------------------------------------------------


def test_a_day_in_the_question_is_counted_from(answer, kb):
    reply, state = answer("10月18号换的法人，要在多久内提交变更")
    assert reply.facts == (SUBMIT,)
    assert "2026年11月17日" in reply.text
    assert reply.extra["deadlines"] == [
        {"date": "2026-11-17", "title": kb.phrase("deadline", "submit_event")}
    ]
    assert reply.card["type"] == "deadline"
    assert state.focus.changed == "2026-10-18"


def test_without_a_day_it_is_asked_for_and_taken(answer, kb):
    reply, state = answer("信息变了要在多久内提交变更")
    assert kb.phrase("deadline", "ask_changed") in reply.text
    assert state.asked == Asked("changed")
    reply, state = answer("10月18号", after=state)
    assert "2026年11月17日" in reply.text
    assert kb.phrase("deadline", "ask_changed") not in reply.text


def test_a_day_that_cannot_be_is_asked_about(answer, kb):
    reply, state = answer("信息变了要在多久内提交变更", "2月30号")
    assert reply.status == "clarify"
    assert reply.text == kb.phrase("deadline", "impossible", date="2月30号")
    assert state.asked == Asked("changed")
    assert state.focus.changed is None


def test_a_day_told_with_something_else_is_followed_by_its_deadline(answer):
    reply, _ = answer("11月1号换的服务器，要什么材料")
    assert reply.facts == (SERVER, SUBMIT)
    assert "2026年12月1日" in reply.text


def test_days_roughly_known_are_not_put_into_a_calendar(answer, kb):
    reply, state = answer("上个月换的法人，现在提交晚了吗")
    assert state.focus.changed == "2026-10-01/2026-10-31"
    assert "deadlines" not in reply.extra
    assert kb.phrase("deadline", "approximate") in reply.text


def test_names_one_after_another(answer):
    reply, state = answer("“绿叶书屋”可以做网站名称吗")
    assert "“绿叶书屋”：可以用" in reply.text
    reply, _ = answer("那中国茶呢", after=state)
    assert "“中国茶”：不能用" in reply.text


def test_ages_one_after_another(answer, kb):
    reply, state = answer("网站负责人17岁可以吗")
    assert reply.card["verdicts"] == ["no"]
    reply, _ = answer("08年的呢", after=state)
    assert kb.phrase("age", "ask", minimum="18") in reply.text


# --- follow-ups -----------------------------------------------------------------------------


def test_a_point_of_what_was_shown(answer, kb):
    reply, state = answer("公司换法人要什么材料", "营业执照要盖章吗")
    assert "加盖公章" in reply.text
    assert reply.card is None
    assert reply.facts == (COMPANY,)
    assert state.stated == (COMPANY,)


def test_what_follows_from_a_fact_shown_is_stated(answer):
    """What papers do not say of themselves stands in another fact."""
    reply, _ = answer("网站名称有哪些规定", "用了会怎样")
    assert reply.facts == ("rejection.naming",)


def test_a_correction_begins_with_what_is_understood_now(answer, kb):
    reply, state = answer("公司换法人要什么材料", "不对，是个人备案")
    assert state.focus.subject_kind == "individual"
    assert reply.facts == (PERSON,)
    assert reply.text.startswith("明白了")
    assert "个人" in reply.text.splitlines()[0]


def test_all_that_was_said_is_said_again(answer):
    first, state = answer("审核要多久，网站会停吗")
    again, _ = answer("再说一遍", after=state)
    assert again.facts == first.facts
    short, _ = answer("说简单点", after=state)
    assert short.facts == first.facts
    assert len(short.text) < len(first.text)


def test_one_of_a_list_and_then_another(answer, kb):
    listed = kb.facts["overview.types"].lists
    _, state = answer("备案变更有哪几种类型")
    for text, place in (("第二个呢", 1), ("第三个呢", 2), ("最后一个", 4)):
        reply, state = answer(text, after=state)
        assert reply.facts == (listed[place],)


def test_a_step_that_is_picked_is_stated_in_full(answer, kb):
    """Not the entry of the same number of the step's own list."""
    reply, _ = answer("备案变更的完整流程是什么", "第一步是什么")
    assert reply.facts == ("procedure.login",)
    assert reply.text == fact_text(kb.facts["procedure.login"])


# --- questions back -------------------------------------------------------------------------


def test_a_general_question_is_answered_with_a_question_which(answer, kb):
    reply, state = answer("备案变更要准备哪些材料")
    assert reply.status == "clarify"
    assert reply.facts == ("materials.overview",)
    assert kb.phrase("clarify", "materials") in reply.text
    assert state.asked == Asked("choice", state.entries)
    assert len(state.entries) == len(reply.buttons) == 6


@pytest.mark.parametrize(
    ("text", "fact"),
    [("1", COMPANY), ("第二个", PERSON), ("4", SERVER), ("最后一个", "materials.subject_transfer")],
)
def test_a_choice_by_its_number(answer, text, fact):
    reply, state = answer("备案变更要准备哪些材料", text)
    assert reply.facts == (fact,)
    assert reply.status == "answered"
    assert state.asked is None
    assert state.focus.subject_kind == KB.facts[fact].when.get("subject_kind")


def test_a_number_that_is_no_choice_is_read_as_any_message(answer):
    _, state = answer("备案变更要准备哪些材料")
    reply, _ = answer("第八个", after=state)
    assert reply.status in ("answered", "clarify", "smalltalk", "out_of_scope")


def test_a_longer_message_with_an_ordinal_says_something_of_its_own(answer):
    _, state = answer("备案变更要准备哪些材料")
    reply, _ = answer("第一次被驳回以后要在多久内重新提交", after=state)
    assert reply.facts == (RESUBMIT,)


def test_the_case_that_is_known_leaves_fewer_choices(answer):
    known = Discourse(focus=Matter("website_info"))
    _, state = answer("备案变更要准备哪些材料", after=known)
    assert set(state.asked.options) == {SERVER, NAME, "materials.website_info.responsible_person"}


@pytest.mark.parametrize(
    ("outcome", "choices"), [("not_understood", ()), ("ask", ("timeline.review", "access.overview"))]
)
def test_it_does_not_ask_back_for_ever(hear, today, kb, outcome, choices):
    """What is not understood again and again is for a person."""
    state, heard = Discourse(), hear("审核要多久")
    lost = replace(heard, meaning=replace(heard.meaning, outcome=outcome, targets=(), choices=choices))
    statuses = []
    for _ in range(MOST_QUESTIONS_BACK + 1):
        reply, state = reply_to(lost, state, today, kb)
        statuses.append(reply.status)
    assert statuses == ["clarify"] * MOST_QUESTIONS_BACK + ["handoff"]
    assert state.asked_back == 0


def test_likely_meanings_are_offered_by_name(hear, today, kb):
    heard = hear("审核要多久")
    choices = ("timeline.review", "type.replace_domain")
    torn = replace(heard, meaning=replace(heard.meaning, outcome="ask", targets=(), choices=choices))
    reply, state = reply_to(torn, Discourse(), today, kb)
    assert reply.status == "clarify"
    assert [button["title"] for button in reply.buttons] == [kb.question_of(choice) for choice in choices]
    assert state.asked == Asked("choice", choices)
    assert state.asked_back == 1
    picked, _ = reply_to(hear("第二个", state), state, today, kb)
    assert picked.facts == kb.topics["type.replace_domain"].facts


# --- a notice of rejection ------------------------------------------------------------------

NOTICE = "驳回原因：1、身份证号填写错误；2、网站名称含有“中国”字样；3、天气不好"


def test_a_notice_is_answered_in_its_own_order(answer, kb):
    reply, state = answer(NOTICE)
    lines = reply.text.splitlines()
    assert lines[0].startswith("1. 身份证号填写错误：")
    assert lines[1].startswith("2. 网站名称含有“中国”字样：")
    assert kb.phrase("direct", "notice_unknown") in lines[2]
    assert lines[-1] == kb.phrase("deadline", "ask_rejected")
    assert reply.facts == ("rejection.info_mismatch", "rejection.naming", "contact.support")
    assert state.entries == ("rejection.info_mismatch", "rejection.naming", "")
    assert (state.phase, state.asked) == ("rejected", Asked("rejected"))


def test_then_the_day_it_came(answer):
    reply, _ = answer(NOTICE, "11月2号收到的")
    assert reply.facts == (RESUBMIT,)
    assert "2026年12月2日" in reply.text


@pytest.mark.parametrize(
    ("text", "fact"), [("第一条怎么改", "rejection.info_mismatch"), ("第二条怎么改", "rejection.naming")]
)
def test_then_one_line_of_it(answer, text, fact):
    reply, _ = answer(NOTICE, text)
    assert reply.facts[0] == fact


@pytest.mark.parametrize("text", ["第三条怎么改", "3", "最后一条呢"])
def test_a_line_that_the_document_has_no_reason_for_is_said_to_be_open(answer, kb, text):
    reply, state = answer(NOTICE, text)
    assert reply.status == state.last == "uncovered"
    assert reply.text.startswith("3. 天气不好：")
    assert kb.phone in reply.text
    reply, _ = answer("第二条呢", after=state)
    assert reply.facts == ("rejection.naming",)


@pytest.mark.parametrize("text", ["最后一个", "第一条呢", "第八条呢", "2"])
def test_without_a_notice_an_ordinal_points_at_nothing(answer, text):
    reply, _ = answer(text)
    assert reply.text.strip()


# --- what a person is told ------------------------------------------------------------------


def test_what_is_told_to_a_person_is_known_afterwards(hear, kb, answer):
    _, before = answer("审核要多久")
    after = listened(hear("公司10月8号换的法人", before), before, kb)
    assert after.focus == Matter("subject_info", "legal_representative", "enterprise", "2026-10-08")
    assert (after.stated, after.asked, after.last, after.trail) == (
        before.stated,
        before.asked,
        before.last,
        before.trail,
    )
    assert listened(hear("好的谢谢", before), before, kb) == before


# --- whatever is said -----------------------------------------------------------------------

OWN = sorted(
    {
        *KB.questions,
        *KB.phrases["which_type"]["events"],
        *KB.phrases["checklist"]["day_options"],
        *(term.name for term in KB.terms if term.group in ("change_type", "subject_kind", "item")),
        "帮我准备清单",
        "继续准备清单",
        "算了",
        "转人工",
        "重新开始",
        "上一个问题",
        "再说一遍",
        "说简单点",
        "还有别的吗",
        "不知道是哪种变更",
        "答非所问",
        "不对",
        "是的",
        "谢谢",
        *(str(number) for number in range(1, 8)),
        "第二个",
        "最后一个",
        "10月8号",
        "2月30号",
        "明天",
        "绿叶书屋",
        "17岁",
        "为什么",
        "晚了会怎样",
        "要多少钱",
        NOTICE,
        "第三条怎么改",
    }
)


@pytest.mark.parametrize("seed", range(12))
def test_any_thirty_of_its_own_buttons_and_phrases_leave_a_conversation_that_answers(
    hear, today, kb, talk, seed
):
    """Every reply is one complete message, and every state survives the tracker."""
    random_order = random.Random(seed)
    sequence = [random_order.choice(OWN) for _ in range(28)]
    # asked for twice in a row, wherever that comes
    place = random_order.randrange(28)
    sequence[place:place] = ["帮我准备清单", "帮我准备清单"]
    state = Discourse()
    for number, text in enumerate([*sequence, "审核要多久"]):
        said = sequence[: number + 1]
        reply, state = reply_to(hear(text, state), state, today, kb)
        assert reply.text.strip(), said
        assert "{" not in reply.text, said
        assert reply.status in ("answered", "clarify", "uncovered", "out_of_scope", "smalltalk", "handoff")
        assert len(reply.facts) == len(set(reply.facts)) <= MOST_FACTS, said
        assert set(reply.facts) <= set(kb.facts), said
        assert all(button["title"] and button["payload"] for button in reply.buttons), said
        message = json.loads(json.dumps(reply.as_message({}, kb), ensure_ascii=False))
        assert [source["fact"] for source in message["custom"]["sources"]] == list(reply.facts)
        stored = json.loads(json.dumps(state.as_slot(), ensure_ascii=False))
        assert Discourse.from_slot(stored) == state, said
    assert "timeline.review" in reply.facts
