"""The state after a message, from targets, manner and what the message brings: a pure function.

Targets and manners are given here; what the message brings is read from real text.
"""

from dataclasses import replace

import pytest

from beian.meaning.advance import advance, entries_of, entry_at, facts_of
from beian.meaning.said import LAST, Said
from beian.meaning.state import MOST_REMEMBERED, Asked, Discourse, Matter

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER, NAME = "materials.website_info.server", "materials.website_info.name"
RESPONSIBLE = "materials.website_info.responsible_person"
NOTHING = Said("")


@pytest.fixture
def after(kb, said):
    def advanced(before, targets, manner="ask", text=None):
        targets = [targets] if isinstance(targets, str) else targets
        return advance(before, targets, manner, said(text) if text else NOTHING, kb)

    return advanced


# --- what is under discussion ---------------------------------------------------------------


def test_a_fact_is_under_discussion(after):
    state = after(Discourse(), "timeline.review")
    assert (state.stated, state.theme, state.last) == (("timeline.review",), None, "answered")
    assert state.phase == "submitted"


def test_a_topic_stands_for_its_facts(after, kb):
    state = after(Discourse(), "type.replace_domain")
    assert state.stated == kb.topics["type.replace_domain"].facts


def test_an_open_theme_takes_the_place_of_facts(after):
    state = after(Discourse(stated=("timeline.review",)), "uncovered/fees")
    assert (state.stated, state.theme, state.last) == ((), "uncovered/fees", "uncovered")
    back = after(state, "timeline.review")
    assert (back.stated, back.theme, back.last) == (("timeline.review",), None, "answered")


def test_a_theme_beside_a_fact_is_kept_with_it(after):
    state = after(Discourse(), ["timeline.review", "uncovered/fees"])
    assert (state.stated, state.theme, state.last) == (("timeline.review",), "uncovered/fees", "answered")


@pytest.mark.parametrize(
    ("target", "last"),
    [
        ("chitchat/thanks", "smalltalk"),
        ("out_of_scope", "out_of_scope"),
        ("handoff/request", "handoff"),
        ("uncovered/", "uncovered"),
    ],
)
def test_what_is_no_fact_leaves_the_question_under_discussion(after, target, last):
    before = Discourse(stated=("timeline.review",), last="answered", entries=("a", "b"))
    assert after(before, target) == replace(before, last=last)


def test_earlier_answers_are_remembered_once_and_not_for_ever(after):
    state = Discourse()
    facts = [
        "timeline.review",
        "timeline.review",
        "access.overview",
        "contact.support",
        *[COMPANY, SERVER] * 4,
    ]
    for fact in facts:
        state = after(state, fact)
    assert state.stated == (SERVER,)
    assert len(state.trail) == MOST_REMEMBERED
    assert state.trail[-1] == (COMPANY,)
    two = after(after(after(Discourse(), "timeline.review"), "timeline.review"), "access.overview")
    assert two.trail == (("timeline.review",),)


def test_the_state_before_is_as_it_was(after):
    before = Discourse(stated=("timeline.review",))
    after(before, "access.overview", text="公司地址改了")
    assert before == Discourse(stated=("timeline.review",))


# --- what 第二个 means ----------------------------------------------------------------------


def test_entries_are_those_of_the_one_list_or_the_answers(kb):
    types = kb.cells["overview.types"]
    assert entries_of([types]) == kb.facts["overview.types"].lists
    assert entries_of([kb.cells[SERVER], kb.cells[NAME]]) == (SERVER, NAME)


def test_who_has_picked_one_entry_may_pick_another(after, kb):
    shown = kb.facts["overview.types"].lists
    listed = after(Discourse(), "overview.types")
    picked = after(listed, "type.website_info", "entry")
    assert picked.entries == shown
    assert after(picked, "type.cancel_website", "entry").entries == shown
    # asked for again, it is no pick
    assert after(picked, "type.website_info").entries == kb.cells["type.website_info"].entries
    elsewhere = after(picked, "procedure.overview")
    assert elsewhere.entries == kb.facts["procedure.overview"].lists


def test_after_a_line_of_a_notice_that_is_open_another_may_be_picked(after):
    notice = Discourse(
        stated=("rejection.naming",), entries=("rejection.naming", "", "rejection.info_mismatch")
    )
    state = after(notice, "uncovered/rejection_other")
    assert state.entries == notice.entries
    assert after(Discourse(entries=("rejection.naming",)), "uncovered/rejection_other").entries == ()


@pytest.mark.parametrize(
    ("ordinal", "entry"), [(1, "a"), (3, "c"), (LAST, "c"), (4, None), (0, None), (None, None)]
)
def test_what_an_ordinal_stands_for(ordinal, entry):
    assert entry_at(("a", "b", "c"), ordinal) == entry


@pytest.mark.parametrize("ordinal", [1, LAST])
def test_among_nothing_it_stands_for_nothing(ordinal):
    assert entry_at((), ordinal) is None


# --- the case -------------------------------------------------------------------------------


def test_what_is_told_is_known(after):
    state = after(Discourse(), "type.subject_info", "tell", "我们公司的注册地址变了")
    assert state.focus == Matter("subject_info", "registered_address", "enterprise")


def test_a_question_fills_what_is_open_and_takes_the_item_it_names(after):
    asked = after(Discourse(), COMPANY, "ask", "公司换法人要什么材料")
    assert asked.focus == Matter("subject_info", "legal_representative", "enterprise")
    # 审核要多久 is for no case at all, and still it is asked of the server
    other = after(asked, "timeline.review", "ask", "服务器的审核要多久")
    assert other.focus == Matter("website_info", "server", "enterprise")
    # what names none leaves the case alone
    assert after(asked, "timeline.review", "ask", "审核要多久").focus == asked.focus


def test_a_question_for_just_that_case_makes_it_the_customers(after):
    before = Discourse(focus=Matter("subject_info", "legal_representative", "enterprise"))
    state = after(before, SERVER, "ask", "换服务器要什么材料")
    assert state.focus == Matter("website_info", "server", "enterprise")


@pytest.mark.parametrize("manner", ["what_if", "doubt", "item", "compare"])
def test_what_is_only_supposed_is_not_known(after, manner):
    before = Discourse(focus=Matter("subject_info", "legal_representative"))
    assert after(before, "timeline.review", manner, "要是换服务器呢").focus == before.focus


def test_an_answer_for_one_case_is_the_customers_case(after):
    assert after(Discourse(), SERVER).focus == Matter("website_info", "server")
    # whether it is a company only the customer tells, or picks
    assert after(Discourse(), COMPANY).focus == Matter("subject_info")
    assert after(Discourse(), COMPANY, "entry").focus == Matter("subject_info", None, "enterprise")
    # several cases are no case
    assert after(Discourse(), [SERVER, NAME]).focus == Matter()
    assert after(Discourse(), "access.subject_or_responsible_change").focus == Matter()


def test_a_rule_for_one_item_tells_of_a_change_only_where_none_is_in_hand(after):
    assert after(Discourse(), "notice.naming").focus == Matter("website_info", "site_name")
    before = Discourse(focus=Matter("subject_info", "legal_representative", changed="2026-10-08"))
    assert after(before, "notice.naming").focus == before.focus
    transfer = Discourse(focus=Matter("subject_transfer"))
    assert after(transfer, "access.subject_or_responsible_change").focus == transfer.focus


def test_what_contradicts_the_answer_is_left_alone(after):
    assert after(Discourse(), PERSON, "ask", "公司").focus == Matter("subject_info")
    assert after(Discourse(), COMPANY, "ask", "公司").focus == Matter("subject_info", None, "enterprise")


def test_another_change_keeps_only_the_kind_of_subject(after):
    before = Discourse(
        focus=Matter("subject_info", "legal_representative", "enterprise", changed="2026-10-08")
    )
    state = after(before, SERVER, "tell", "服务器换了")
    assert state.focus == Matter("website_info", "server", "enterprise")


def test_another_item_of_the_same_change_is_another_matter(after):
    before = Discourse(focus=Matter("website_info", "site_name", "individual", changed="2026-10-08"))
    state = after(before, SERVER, "tell", "换服务器了")
    assert state.focus == Matter("website_info", "server", "individual")


@pytest.mark.parametrize("role", ["changed", "submitted", "rejected"])
@pytest.mark.parametrize("item", ["legal_representative", "site_name"])
def test_no_day_of_one_matter_is_taken_for_another_s(after, item, role):
    """A stale day of rejection would be a deadline that nobody has."""
    change = "subject_info" if item == "legal_representative" else "website_info"
    before = Discourse(focus=Matter(change, item, "enterprise", **{role: "2026-10-08"}))
    assert getattr(after(before, SERVER, "tell", "换服务器了").focus, role) is None


def test_the_same_item_again_keeps_its_days(after):
    before = Discourse(focus=Matter("website_info", "server", "enterprise", changed="2026-10-08"))
    assert after(before, SERVER, "tell", "服务器换了").focus == before.focus


def test_an_item_of_companies_makes_a_company(after):
    assert after(Discourse(), "type.subject_info", "tell", "法人换了").focus.subject_kind == "enterprise"
    # and a person has no legal representative
    before = Discourse(focus=Matter("subject_info", "legal_representative", "enterprise"))
    state = after(before, PERSON, "correct", "我是个人备案")
    assert state.focus == Matter("subject_info", None, "individual")


def test_what_is_denied_is_not_known_any_more(after):
    before = Discourse(focus=Matter("website_info", "server", "enterprise"))
    state = after(before, "dialogue/affirm", "tell", "服务器没换")
    assert state.focus == Matter(subject_kind="enterprise")


def test_denying_another_item_leaves_the_change(after):
    before = Discourse(focus=Matter("website_info", "site_name", "enterprise"))
    assert after(before, "dialogue/affirm", "tell", "服务器没换").focus == before.focus


def test_a_correction_puts_one_for_the_other(after):
    before = Discourse(focus=Matter("website_info", "server"))
    state = after(before, RESPONSIBLE, "correct", "不是换服务器，是换网站负责人")
    assert state.focus == Matter("website_info", "responsible_person")


# --- several changes ------------------------------------------------------------------------


@pytest.fixture
def two(after) -> Discourse:
    return after(Discourse(), [SERVER, NAME], "ask", "换服务器和改网站名称要什么材料")


def test_several_changes_are_matters_side_by_side(two):
    assert two.matters == (Matter("website_info", "server"), Matter("website_info", "site_name"))
    assert two.focus == two.matters[0]


def test_naming_one_of_them_brings_it_into_focus(two, after):
    state = after(two, NAME, "ask", "网站名称的材料有哪些")
    assert state.focus == two.matters[1]
    assert state.matters == two.matters


def test_what_is_learned_of_one_is_kept_with_it(two, after):
    dated = two.focused(changed="2026-10-08")
    state = after(dated, NAME, "ask", "网站名称的材料有哪些")
    back = after(state, SERVER, "ask", "服务器的材料呢")
    assert back.focus == Matter("website_info", "server", changed="2026-10-08")


def test_one_that_is_dropped_is_no_matter_any_more(two, after):
    state = after(two, NAME, "tell", "服务器的先不换了")
    assert state.focus == Matter("website_info", "site_name")
    assert state.matters == ()


def test_the_kind_of_subject_is_the_same_for_all(after):
    state = after(Discourse(), [SERVER, NAME], "tell", "我们公司服务器和网站名称都换了")
    assert {matter.subject_kind for matter in state.matters} == {"enterprise"}


# --- how far the customer is ------------------------------------------------------------------


def test_phase_and_reason_come_from_the_answer(after):
    state = after(Discourse(), "rejection.naming")
    assert (state.phase, state.reason) == ("rejected", "naming")
    # what has no phase of its own leaves it, and the reason with it
    assert after(state, "notice.naming").reason == "naming"
    # back at the beginning there is no reason for a rejection
    later = after(state, "timeline.submit_deadline")
    assert (later.phase, later.reason) == ("preparing", None)
    assert after(state, "rejection.info_mismatch").reason == "info_mismatch"


def test_a_rejection_stands_while_one_asks_how_long_the_review_takes(after):
    state = after(Discourse(), "rejection.naming")
    asked = after(state, "timeline.review")
    assert (asked.phase, asked.reason) == ("rejected", "naming")
    assert after(state, "timeline.review", "tell").phase == "submitted"
    # without a reason it may have been asked in general
    assert after(after(Discourse(), "rejection.overview"), "timeline.review").phase == "submitted"


def test_a_rejection_for_a_reason_that_is_open_is_a_rejection(after):
    assert after(Discourse(), "uncovered/rejection_other").phase == "rejected"


def test_facts_of_targets(kb):
    assert facts_of(["type.replace_domain", "type.add_website", "uncovered/fees", "stop"], kb) == (
        "type.add_website",
        "type.cancel_website",
    )


def test_what_was_asked_back_is_not_touched(after):
    before = Discourse(asked=Asked("changed"), asked_back=1)
    state = after(before, "timeline.review")
    assert (state.asked, state.asked_back) == (before.asked, before.asked_back)
