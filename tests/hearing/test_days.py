"""Which day of the case a message tells, and as how certain; messages are really understood."""

from datetime import date

import pytest

from beian.calendar.span import Span
from beian.hearing.day_words import ROLES
from beian.hearing.days import tell_days
from beian.hearing.roles import day_of, role_of
from beian.meaning.advance import advance
from beian.meaning.state import Discourse, Matter


@pytest.fixture
def tell(hear, kb):
    """The days known after a message, by role, and the text of a day that cannot be."""

    def told(text: str, state: Discourse) -> tuple[dict[str, str], str | None]:
        heard = hear(text, state)
        after = advance(state, heard.meaning.targets, heard.meaning.manner, heard.said, kb)
        after, doubtful = tell_days(after, heard, kb)
        known = {role: day for role in ROLES if (day := getattr(after.focus, role))}
        return known, doubtful and doubtful.text

    return told


@pytest.fixture
def after(answer):
    return lambda question: answer(question)[1]


CHANGED, REJECTED, REVIEW = "信息变了要在多久内提交变更", "驳回后要在多久内重新提交", "审核要多久"


@pytest.mark.parametrize(
    ("text", "role", "day"),
    [
        ("10月8号换的法人，要在多久内提交变更", "changed", "2026-10-08"),
        ("上个月换的法人，现在提交晚了吗", "changed", "2026-10-01/2026-10-31"),
        ("11月2号被驳回的，最晚哪天重新提交", "rejected", "2026-11-02"),
        ("10月20号提交的，什么时候能审完", "submitted", "2026-10-20"),
        ("12月1号换的法人，最晚哪天提交", "changed", "2026-12-01"),
        ("11月1号换的服务器，要什么材料", "changed", "2026-11-01"),
    ],
)
def test_the_answer_tells_which_day_it_is(tell, text, role, day):
    assert tell(text, Discourse()) == ({role: day}, None)


@pytest.mark.parametrize(
    ("question", "text", "role", "day"),
    [
        (CHANGED, "10月8号", "changed", "2026-10-08"),
        (REJECTED, "10月8号", "rejected", "2026-10-08"),
        (CHANGED, "昨天", "changed", "2026-11-09"),
        (CHANGED, "10月初", "changed", "2026-10-01/2026-10-05"),
        (CHANGED, "10月8号左右", "changed", "2026-10-05/2026-10-11"),
        (REVIEW, "10月20号交的", "submitted", "2026-10-20"),
    ],
)
def test_a_bare_day_is_what_was_asked_for(tell, after, question, text, role, day):
    assert tell(text, after(question)) == ({role: day}, None)


def test_two_days_are_told_apart_by_the_words_beside_them(tell):
    days, _ = tell("10月8号变的，11月2号提交的，什么时候出结果", Discourse())
    assert days == {"changed": "2026-10-08", "submitted": "2026-11-02"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("10月8号换的法人，什么时候能审完", "changed"),
        ("法人10月8号变更了，什么时候能审完", "changed"),
        ("10月8号，最晚哪天提交变更", "changed"),
        ("10月8号才提交的，什么时候能审完", "submitted"),
    ],
)
def test_the_verb_beside_a_day_goes_before_what_the_answer_counts_from(tell, text, role):
    days, _ = tell(text, Discourse())
    assert days == {role: "2026-10-08"}


def test_a_day_without_a_verb_tells_nothing_beside_one_with(tell):
    days, _ = tell("去年在这里做的备案，10月8号公司搬了家，最晚哪天提交", Discourse())
    assert days == {"changed": "2026-10-08"}


@pytest.mark.parametrize("text", ["不是10月8号，是10月18号", "是10月18号，不是10月8号"])
def test_a_day_that_is_denied_is_not_the_one(tell, answer, text):
    _, state = answer(CHANGED, "10月8号")
    assert state.focus.changed == "2026-10-08"
    assert tell(text, state) == ({"changed": "2026-10-18"}, None)


@pytest.mark.parametrize("text", ["不是10月8号，是10月18号", "是10月18号，不是10月8号"])
def test_a_day_that_is_denied_is_not_the_one_also_where_none_is_known(tell, after, text):
    assert tell(text, after(CHANGED)) == ({"changed": "2026-10-18"}, None)


def test_another_day_takes_the_place_of_the_first(tell, answer):
    _, state = answer(CHANGED, "10月8号")
    assert tell("是10月18号", state) == ({"changed": "2026-10-18"}, None)


def test_a_year_by_itself_is_that_of_the_day_that_is_known(tell, answer):
    _, state = answer("12月1号换的法人，最晚哪天提交")
    assert tell("去年的", state) == ({"changed": "2025-12-01"}, None)


@pytest.mark.parametrize("text", ["国庆算在内吗", "为什么从10月8号开始算", "从今天算还有几天"])
def test_a_question_about_a_day_tells_nothing(tell, answer, text):
    _, state = answer(CHANGED, "10月18号")
    assert tell(text, state) == ({"changed": "2026-10-18"}, None)


@pytest.mark.parametrize("question", ["最晚哪天要交", "审核要多久"])
def test_a_day_of_other_subjects_is_none_that_was_asked_for(answer, question):
    _, asking = answer(question)
    assert asking.asked.kind in ("changed", "submitted")
    reply, state = answer("昨天股票跌了", after=asking)
    assert (reply.status, state.focus) == ("out_of_scope", asking.focus)
    # What answers the question still does, also in words that are not the document's.
    _, state = answer("昨天工商办好的", after=asking)
    assert state.focus != asking.focus


@pytest.mark.parametrize("text", ["国庆节期间审核吗", "今天天气怎么样", "审核要多久", "你好"])
def test_where_no_day_belongs_none_is_told(tell, text):
    assert tell(text, Discourse()) == ({}, None)


@pytest.mark.parametrize(
    ("question", "text", "doubtful"),
    [
        (CHANGED, "2月30号", "2月30号"),
        (REJECTED, "2月30号", "2月30号"),
        # what is to come can change, but has not been rejected
        (REJECTED, "明天", "明天"),
        (CHANGED, "12月1号", None),
    ],
)
def test_a_day_that_cannot_be(tell, after, question, text, doubtful):
    days, found = tell(text, after(question))
    assert found == doubtful
    assert (days == {}) is (doubtful is not None)


def test_a_birthday_is_no_day_of_the_case(tell, after):
    state = after("对网站负责人有什么要求")
    assert tell("2008年12月3号", state) == ({}, None)
    assert tell("2008年12月3号出生的", state) == ({}, None)


def test_days_of_one_change_leave_the_other_alone(hear, kb, answer):
    _, state = answer("换服务器和改网站名称要什么材料")
    assert len(state.matters) == 2
    heard = hear("10月8号换的服务器，最晚哪天提交", state)
    told = advance(state, heard.meaning.targets, heard.meaning.manner, heard.said, kb)
    told, _ = tell_days(told, heard, kb)
    assert {matter.item: matter.changed for matter in told.matters} == {
        "server": "2026-10-08",
        "site_name": None,
    }


def test_the_role_comes_from_the_answer_before_anything_else(hear, kb, after):
    rejected = after(REJECTED)
    assert role_of(rejected, hear("10月20号提交的，什么时候能审完", rejected), kb) == "submitted"
    assert role_of(Discourse(), hear("你好"), kb) is None


def test_what_has_happened_did_so_until_today(today):
    assert today == date(2026, 11, 10)
    rough = Discourse(focus=Matter(changed="2026-11-06/2026-11-15", rejected="2026-11-12/2026-11-15"))
    assert day_of(rough, "changed", today) == Span(date(2026, 11, 6), today)
    # what lies ahead altogether is a plan
    assert day_of(rough, "rejected", today) == Span(date(2026, 11, 12), date(2026, 11, 15))
    assert day_of(rough, "submitted", today) is None


@pytest.mark.parametrize(
    ("told", "asked", "last", "verdict"),
    [
        ("负责人11月2号换的，最晚哪天交", "那我12月1号再交，来得及吧", "12月2日", "来得及，"),
        ("11月2号驳回的，最晚哪天重交", "12月9号交行吗", "12月2日", "来不及，"),
    ],
)
def test_a_day_to_hand_in_is_set_against_the_last_day_and_changes_nothing(answer, told, asked, last, verdict):
    today = date(2026, 11, 27)
    _, before = answer(told, today=today)
    reply, after = answer(asked, after=before, today=today)
    assert reply.text.startswith(verdict)
    assert last in reply.text
    assert after.focus == before.focus


def test_whether_a_last_day_moves_on_tells_no_day(answer):
    today = date(2026, 11, 27)
    _, before = answer("11月12号被驳回的，几号之前要重新交", today=today)
    reply, after = answer("12月12号是礼拜六，能顺延吗", after=before, today=today)
    assert "12月12日" in reply.text
    assert after.focus == before.focus


def test_a_day_without_its_month_is_one_of_the_days_known(tell, answer):
    _, state = answer("上月20几号换的负责人，最晚哪天提交")
    assert tell("21号", state) == ({"changed": "2026-10-21"}, None)


@pytest.mark.parametrize("text", ["网站昨天打不开了", "新执照下周二能拿到", "原服务器明天就到期了"])
def test_a_day_on_which_something_else_happens_is_none_of_the_case(tell, answer, text):
    _, state = answer("法人11月2号换的，最晚哪天提交")
    told, _ = tell(text, state)
    assert told.get("changed") in (None, "2026-11-02")


def test_of_two_days_the_one_beside_handing_in_is_the_plan(answer):
    _, before = answer("负责人11月2号换的，最晚哪天交")
    reply, after = answer("今天来不及了 12月9号交行吗", after=before)
    assert after.focus == before.focus
    assert reply.text.startswith("来不及，")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("要是12月9号才交呢", 7),
        ("12月10号才备得齐，你就说晚几天", 8),
        ("材料12月4号才能弄好，超不超", 2),
        ("不是11月9号，是下个月9号才能备齐，超不超", 7),
        ("万一拖到下个月5号再提交会咋样", 3),
    ],
)
def test_the_day_of_a_plan_is_no_day_of_the_case(answer, text, days):
    _, before = answer("负责人11月2号换的，最晚哪天交")
    reply, after = answer(text, after=before)
    assert after.focus == before.focus
    assert reply.text.startswith(f"来不及，晚 {days} 天：")


@pytest.mark.parametrize(
    "text", ["12月5号前过户办不完咋办", "12月3号之前肯定弄不完", "12月5号以前下不来怎么办"]
)
def test_what_cannot_be_done_by_a_day_happened_on_none(answer, text):
    _, before = answer("驳回是11月5号收到的，最晚哪天重新交")
    reply, after = answer(text, after=before)
    assert after.focus.rejected == before.focus.rejected
    assert "逾期可能需要重新备案" in reply.text


def test_a_plan_is_judged_by_days_only_roughly_known_as_well(answer):
    _, before = answer("负责人上周换的，最晚哪天交")
    reply, after = answer("12月20号去办晚不晚", after=before)
    assert after.focus == before.focus
    assert reply.text.startswith("来不及，")


def test_the_weekend_on_which_it_happened_is_told_and_not_asked_about(tell):
    days, _ = tell("上周末换的法人，现在提交还来得及吗", Discourse())
    assert set(days) == {"changed"}


@pytest.mark.parametrize(
    ("first", "then", "role", "day"),
    [
        ("法人10月中旬换的，还来得及吗", "10月13号，那天办的登记", "changed", "2026-10-13"),
        ("10月上旬换的法人，过期没", "我查了，是10月6号", "changed", "2026-10-06"),
    ],
)
def test_the_very_day_takes_the_place_of_a_rough_one(answer, tell, first, then, role, day):
    _, state = answer(first)
    assert tell(then, state)[0][role] == day


@pytest.mark.parametrize("text", ["11月3号递上去的，啥时候有结果", "11月3号传上去了，还要等多久"])
def test_it_was_handed_in_in_many_words(tell, text):
    assert tell(text, Discourse())[0] == {"submitted": "2026-11-03"}


def test_after_a_plan_the_days_that_follow_are_of_its_year(answer):
    reply, state = answer("我们打算1月10号换法人，最晚哪天提交", "假如2月20号才交，审到几号")
    assert state.focus.changed == "2027-01-10"
    assert "2027年2月20日" in reply.text


def test_a_plan_put_off_is_counted_anew(answer):
    reply, _ = answer("打算12月1号换法人，最晚几号提交", "要是推到12月20号呢，最晚几号")
    assert "2027年1月19日" in reply.text


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("换地址的客户上个月底才拿到新照，最晚啥时候", "2026-10-25/2026-10-31"),
        ("执照上月中旬才领到，地址改过了，备案最晚拖到哪天", "2026-10-11/2026-10-20"),
    ],
)
def test_a_rough_day_on_which_it_came_is_the_day_of_the_change(answer, text, span):
    _, state = answer(text, today=date(2026, 11, 28))
    assert state.focus.changed == span


def test_a_day_of_handing_in_is_none_of_a_change(answer):
    reply, state = answer("材料是11月初交的，会不会超时了", today=date(2026, 11, 28))
    assert (state.focus.changed, state.focus.submitted) == (None, "2026-11-01/2026-11-05")
    assert reply.text.startswith("不一定")


@pytest.mark.parametrize(
    ("text", "begins"),
    [("如果拖到3月才去交呢", "来不及，晚 10 到 40 天"), ("2月份才交呢", "不一定，2027年2月19日")],
)
def test_a_month_of_handing_in_is_judged_as_a_stretch(answer, text, begins):
    today = date(2026, 11, 28)
    reply, _ = answer("公司准备明年1月20号换法人，备案几号之前要改好", text, today=today)
    assert reply.text.startswith(begins)


@pytest.mark.parametrize(
    ("text", "asks"), [("我们打算3月8号换法人，最晚哪天备案", False), ("12月15号换的法人，最晚哪天", True)]
)
def test_the_year_is_asked_of_what_is_told_as_done_alone(answer, kb, text, asks):
    reply, _ = answer(text, today=date(2026, 11, 28))
    assert (kb.phrase("deadline", "planned") in reply.text) == asks
    assert (kb.phrase("deadline", "planned_told") in reply.text) != asks


@pytest.mark.parametrize("text", ["好像是29号吧", "应该是29号", "29号来着"])
def test_a_day_of_those_between_which_it_lies_makes_it_certain(answer, text):
    _, state = answer("换法人，上个月底换的，最晚哪天交", text)
    assert state.focus.changed == "2026-10-29"


def test_another_day_put_in_its_place_leaves_the_period_in_question(answer):
    reply, state = answer("大概几天能审完，我周一提交的", "不是这周一，我说的是上周五")
    assert reply.facts == ("timeline.review",)
    assert state.focus.changed is None
