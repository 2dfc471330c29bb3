"""What is worked out for one customer: days, windows, names and ages, by what the fact awaits."""

import pytest

from beian.answers.worked import events_of, worked_out
from beian.meaning.state import Asked, Discourse, Matter

SUBMIT, RESUBMIT, REVIEW = "timeline.submit_deadline", "timeline.resubmit_deadline", "timeline.review"
NAMING, PERSON = "notice.naming", "notice.responsible_person"
ALL = Discourse(focus=Matter(changed="2026-10-18", submitted="2026-10-20", rejected="2026-11-02"))


@pytest.fixture
def work(hear, today, kb):
    def worked(fact: str, text: str, state: Discourse = ALL):
        return worked_out(fact, state, hear(text, state), today, kb)

    return worked


@pytest.mark.parametrize(
    ("fact", "day"),
    [(SUBMIT, "2026年11月17日"), (RESUBMIT, "2026年12月2日"), (REVIEW, "2026年10月23日")],
)
def test_each_counts_from_its_own_day(work, fact, day):
    part = work(fact, "最晚哪天")
    assert day in part.text
    assert part.facts == (fact,)


@pytest.mark.parametrize("fact", [SUBMIT, RESUBMIT, REVIEW, NAMING, PERSON])
def test_of_what_is_not_known_nothing_is_worked_out(work, fact):
    assert work(fact, "要多久", Discourse()) is None


def test_a_fact_that_awaits_nothing_is_never_worked_out(work, kb):
    for fact, cell in kb.cells.items():
        if fact in kb.facts and cell.awaits is None:
            assert work(fact, "“绿叶书屋”可以吗，负责人17岁") is None


def test_a_name_in_the_message_gets_its_verdict(work):
    part = work(NAMING, "“中国茶”可以做网站名称吗", Discourse())
    assert "不能用" in part.card["items"][0]
    assert part.facts == (NAMING,)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("那中国茶呢", ["“中国茶”：不能用，含有“中国”"]),
        ("绿叶书屋", ["“绿叶书屋”：可以用，没有发现文档列出的禁用字样"]),
    ],
)
def test_a_bare_name_is_one_where_names_are_awaited(work, answer, text, items):
    _, state = answer("“老地方”可以做网站名称吗")
    assert state.asked == Asked("site_name")
    assert work(NAMING, text, state).card["items"] == items
    assert work(NAMING, text, Discourse(stated=(NAMING,))) is None


@pytest.mark.parametrize("text", ["为什么不行", "还有别的要求吗"])
def test_a_question_is_no_name(work, answer, text):
    _, state = answer("“中国茶”可以做网站名称吗")
    assert work(NAMING, text, state) is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("负责人17岁可以吗", "no"), ("负责人20岁可以吗", "ok"), ("负责人2008年出生的可以吗", "unsure")],
)
def test_an_age_in_the_message_gets_its_verdict(work, text, verdict):
    assert work(PERSON, text, Discourse()).card["verdicts"] == [verdict]


@pytest.mark.parametrize(("text", "verdict"), [("08年的呢", "unsure"), ("19呢", "ok"), ("那17呢", "no")])
def test_a_bare_age_is_one_where_a_birthday_is_awaited(work, answer, text, verdict):
    _, state = answer("网站负责人16岁可以吗")
    assert state.asked == Asked("birth")
    assert work(PERSON, text, state).card["verdicts"] == [verdict]
    assert work(PERSON, text, Discourse(stated=(PERSON,))) is None


def test_events_for_a_calendar(today, kb):
    [submit] = events_of(SUBMIT, ALL, today, kb)
    assert submit == {"date": "2026-11-17", "title": kb.phrase("deadline", "submit_event")}
    [resubmit] = events_of(RESUBMIT, ALL, today, kb)
    assert resubmit["date"] == "2026-12-02"
    [review] = events_of(REVIEW, ALL, today, kb)
    assert review == {"date": "2026-11-17", "title": kb.phrase("deadline", "review_event")}


@pytest.mark.parametrize("fact", [SUBMIT, NAMING, "contact.support", "materials.overview"])
def test_no_event_from_a_day_only_roughly_known_or_from_none(today, kb, fact):
    rough = Discourse(focus=Matter(changed="2026-10-01/2026-10-31"))
    assert events_of(fact, rough, today, kb) == []
    assert events_of(fact, Discourse(), today, kb) == []


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("12月25号前能批下来吗", "来得及，"),
        ("11月20号前能下来吗", "不一定，"),
        ("11月11号之前能有结果吗", "通常来不及，"),
        ("元旦前能好吗", "来得及，"),
    ],
)
def test_a_day_the_result_is_wanted_by_is_judged(answer, text, begins):
    reply, _ = answer("11月6号交上去的，审核要多久", text)
    assert reply.text.startswith(begins)


@pytest.mark.parametrize(
    ("text", "begins"), [("推到12月1号呢", "来得及，"), ("拖到12月20号呢", "来不及，晚")]
)
def test_what_is_put_off_is_handing_in(answer, text, begins):
    reply, _ = answer("11月6号换的法人，最晚哪天提交", text)
    assert reply.text.startswith(begins)


@pytest.mark.parametrize("text", ["过了最晚那天还没消息呢", "超过20个工作日了找谁"])
def test_what_to_do_once_it_takes_longer(answer, kb, text):
    reply, _ = answer("11月6号交上去的，审核要多久", text)
    assert kb.phrase("deadline", "review_overdue") in reply.text


@pytest.mark.parametrize("text", ["元旦放假算进去了吗", "那国庆那几天算吗"])
def test_whether_days_count_is_answered_and_not_called_unwritten(answer, text):
    reply, _ = answer("11月6号交上去的，审核要多久", text)
    assert reply.status == "answered"
    assert reply.text.startswith(("算", "不算", "2026年", "2027年"))
