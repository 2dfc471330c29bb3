"""Which facts answer a question in the case that is known."""

from beian.dialogue.case_facts import in_case
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER, NAME = "materials.website_info.server", "materials.website_info.name"
SUBMIT, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"
KB = load_knowledge()


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


def test_a_question_with_a_day_in_it_is_answered_beside_the_last_day(answer):
    reply, _ = answer(
        "被驳回了，写的信息不一致", "营业执照11月2号换的名字，系统里还是老名字，是不是就是这个原因"
    )
    assert reply.facts[0] == "rejection.info_mismatch"
