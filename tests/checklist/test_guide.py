"""The guided checklist: what it asks for, what it takes for an answer, and the list it makes."""

from dataclasses import replace

import pytest

from beian.answers.render import MOST_CHARACTERS
from beian.answers.reply import Reply
from beian.checklist.guide import go_on, turn
from beian.checklist.result import facts_for, result
from beian.checklist.steps import STEP, ask, missing, options_of, step_of
from beian.kb import load_knowledge
from beian.meaning.state import Asked, Discourse, Matter
from beian.supplement.words import marker

BEGIN = "帮我准备清单"
STEPS = ("change_type", "subject_kind", "item", "day")


def at(step: str, **focus: str) -> Discourse:
    """A conversation in which the guide waits for a step."""
    return Discourse(focus=Matter(**focus), asked=Asked(STEP + step), last="clarify")


SERVER = at("day", change_type="website_info", item="server")


@pytest.fixture
def take(hear, today, kb):
    """The guide's own turn on a message."""

    def took(text: str, state: Discourse) -> tuple[Reply, Discourse] | None:
        return turn(hear(text, state), state, today, kb)

    return took


# --- what is asked for ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("focus", "settled", "step"),
    [
        (Matter(), False, "change_type"),
        (Matter("subject_info"), False, "subject_kind"),
        (Matter("subject_info", subject_kind="individual"), False, "day"),
        (Matter("website_info"), False, "item"),
        (Matter("website_info", "server"), False, "day"),
        (Matter("website_info", "content_type"), False, "day"),
        (Matter("subject_transfer"), False, "day"),
        (Matter("subject_transfer"), True, None),
        (Matter("subject_transfer", changed="2026-10-08"), False, None),
        # nothing that is filed has changed: there is no day to count from
        (Matter("add_website"), False, None),
        (Matter("cancel_website"), False, None),
    ],
)
def test_only_what_is_missing_is_asked(kb, focus, settled, step):
    assert missing(Discourse(focus=focus), settled, kb) == step


def test_what_can_be_chosen(kb):
    assert options_of("change_type", kb) == [t.id for t in kb.terms if t.group == "change_type"]
    assert options_of("subject_kind", kb) == ["enterprise", "individual"]
    items = options_of("item", kb)
    assert "server" in items
    assert all(kb.term("item", item).change_type == "website_info" for item in items)
    assert options_of("day", kb) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_question_has_choices_and_tells_what_is_known(kb, step):
    reply = ask(step, Discourse(focus=Matter("subject_info", subject_kind="enterprise")), kb)
    assert reply.status == "clarify"
    assert "企业 · 主体信息变更" in reply.text
    assert reply.card["items"] == [button["title"] for button in reply.buttons]
    for number, title in enumerate(reply.card["items"], 1):
        assert f"{number}. {title}" in reply.text
    assert "目前了解到" not in ask(step, Discourse(), kb).text


# --- beginning, asking again, stopping ------------------------------------------------------


def test_it_begins_with_what_is_not_known(take):
    reply, state = take(BEGIN, Discourse())
    assert step_of(state) == "change_type"
    assert reply.status == "clarify"


def test_what_is_known_is_not_asked_again(answer, take):
    _, state = answer("公司换法人要什么材料")
    _, state = take(BEGIN, state)
    assert step_of(state) == "day"


@pytest.mark.parametrize("times", [2, 3])
def test_asked_for_again_it_asks_the_same(take, times):
    state = Discourse()
    for _ in range(times):
        reply, state = take(BEGIN, state)
    assert step_of(state) == "change_type"
    assert reply.card["type"] == "choices"


def test_asked_for_again_when_it_is_made_it_is_made_again(answer):
    first, state = answer(BEGIN, "主体过户", "10月8号")
    second, _ = answer(BEGIN, after=state)
    assert first.card["type"] == second.card["type"] == "checklist"
    plain = [reply.text.partition(f"\n\n{marker(load_knowledge())}")[0] for reply in (first, second)]
    assert plain[0] == plain[1]


def test_stopped_it_remembers_the_case(take):
    reply, state = take("算了", SERVER)
    assert reply.status == "smalltalk"
    assert step_of(state) is None
    assert state.focus == SERVER.focus
    _, again = take("继续准备清单", state)
    assert step_of(again) == "day"


def test_without_a_guide_no_turn_is_its_own(take):
    assert take("企业", Discourse()) is None
    assert take("算了", Discourse()) is None
    assert take("审核要多久", Discourse()) is None


# --- answers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "text", "focus"),
    [
        (at("change_type"), "主体信息变更", Matter("subject_info")),
        (at("change_type"), "2", Matter("website_info")),
        (at("change_type"), "第五种", Matter("subject_transfer")),
        (at("change_type"), "最后一个", Matter("subject_transfer")),
        (at("subject_kind", change_type="subject_info"), "企业", Matter("subject_info", None, "enterprise")),
        (at("subject_kind", change_type="subject_info"), "2", Matter("subject_info", None, "individual")),
        (at("item", change_type="website_info"), "服务器", Matter("website_info", "server")),
        (at("item", change_type="website_info"), "第二个", Matter("website_info", "server")),
    ],
)
def test_choices_by_name_and_by_number(take, before, text, focus):
    _, state = take(text, before)
    assert state.focus == focus


@pytest.mark.parametrize(
    ("before", "text", "focus"),
    [
        # what happened, in other words than were offered
        (
            at("change_type"),
            "法人换了",
            Matter("subject_info", "legal_representative", "enterprise"),
        ),
        (at("change_type"), "我们是公司", Matter(subject_kind="enterprise")),
        (at("change_type"), "我们公司卖给别人了", Matter("subject_transfer", None, "enterprise")),
        # another step than was asked for
        (
            at("subject_kind", change_type="subject_info"),
            "是企业，10月8号变的",
            Matter("subject_info", None, "enterprise", "2026-10-08"),
        ),
        # a correction while the day is asked for
        (SERVER, "不对，是改网站名称", Matter("website_info", "site_name")),
    ],
)
def test_telling_is_answering(take, before, text, focus):
    _, state = take(text, before)
    assert state.focus == focus


@pytest.mark.parametrize(
    ("text", "day"),
    [("10月8号", "2026-10-08"), ("昨天", "2026-11-09"), ("今天", "2026-11-10"), ("不清楚", None)],
)
def test_the_day_completes_the_list(take, kb, text, day):
    reply, state = take(text, SERVER)
    assert reply.card["type"] == "checklist"
    assert state.focus.changed == day
    assert step_of(state) is None
    assert bool(reply.extra.get("deadlines")) is (day is not None)


@pytest.mark.parametrize(
    "text", ["审核要多久", "今天天气怎么样", "转人工", "2月30号", "负责人要多大年纪", "谢谢"]
)
def test_a_question_in_between_is_no_answer(take, text):
    assert take(text, SERVER) is None


@pytest.mark.parametrize("text", ["审核要多久", "换法人要什么材料", "今天天气怎么样", "转人工", "2月30号"])
def test_after_it_the_guide_goes_on(answer, kb, text):
    reply, state = answer(text, after=SERVER)
    assert kb.phrase("checklist", "ask_day") in reply.text
    assert [button["title"] for button in reply.buttons] == kb.phrases["checklist"]["day_options"]
    assert step_of(state) == "day"
    assert state.focus == SERVER.focus, "the list is still for what it was begun for"


def test_a_new_beginning_ends_the_guide(answer):
    reply, state = answer("重新开始", after=SERVER)
    assert state == Discourse()
    assert "哪一天" not in reply.text


def test_who_does_not_know_the_type_is_asked_what_happened_alone(answer, kb):
    reply, state = answer("不知道是哪种", after=at("change_type"))
    assert kb.phrase("which_type", "ask") in reply.text
    assert kb.phrase("checklist", "ask_change_type") not in reply.text
    assert step_of(state) == "event"
    # what happened is the answer, and the guide goes on with it
    _, state = answer("法人换了", after=state)
    assert state.focus.item == "legal_representative"
    assert step_of(state) == "day"


def test_without_a_guide_nothing_follows(kb):
    reply, after = Reply("answered", "某个回答"), Discourse(stated=("timeline.review",))
    assert go_on(reply, after, Discourse(), kb) == (reply, after)
    assert reply.text == "某个回答"


# --- the list -------------------------------------------------------------------------------


def test_the_customers_own_list(answer, kb):
    reply, state = answer(BEGIN, "换了法人，10月8号换的")
    materials = kb.facts["materials.subject_info.enterprise"]
    assert reply.facts == (
        materials.id,
        "procedure.overview",
        "timeline.submit_deadline",
        "access.subject_or_responsible_change",
    )
    assert reply.card["items"][: len(materials.items)] == list(materials.items)
    assert reply.extra["deadlines"][0]["date"] == "2026-11-07"
    assert "企业 · 主体信息变更 · 法定代表人" in reply.card["title"]
    assert "2026年11月7日" in reply.text
    assert state.stated == state.entries == reply.facts


CASES = [
    Matter(term.change_type or term.id, term.id if term.group == "item" else None, kind, day)
    for term in load_knowledge().terms
    if term.group in ("item", "change_type")
    for kind in (None, "enterprise", "individual")
    for day in (None, "2026-11-01")
]


@pytest.mark.parametrize("focus", CASES, ids=str)
def test_a_list_for_every_change(today, kb, hear, focus):
    reply, _ = result(Discourse(focus=focus), hear("不清楚"), today, kb)
    assert reply.status == "answered"
    assert 1 <= len(reply.facts) <= 4
    assert len(set(reply.facts)) == len(reply.facts)
    assert len(reply.text) <= MOST_CHARACTERS
    assert all(item in reply.text for item in reply.card["items"])
    assert "{" not in reply.text
    for fact in reply.facts:
        assert kb.title_of(fact) in reply.text


@pytest.mark.parametrize(
    ("change", "item", "theme"),
    [
        ("cancel_website", None, "cancel_website_materials"),
        ("add_website", None, "add_website_materials"),
        ("website_info", "content_type", "content_type_materials"),
        ("website_info", "server", None),
    ],
)
def test_materials_the_document_lacks_are_said_to_be_lacking(today, kb, hear, change, item, theme):
    state = Discourse(focus=Matter(change, item))
    facts, found = facts_for(state, kb)
    assert found == ((theme,) if theme else ())
    reply, _ = result(state, hear("不清楚"), today, kb)
    if theme:
        assert kb.themes[theme].title in reply.text
        assert not any(fact.startswith("materials.") for fact in facts)
    else:
        assert facts[0] == "materials.website_info.server"


def test_what_to_mind_is_of_this_case(kb):
    cautions = {
        item: facts_for(Discourse(focus=Matter("website_info", item)), kb)[0][-1]
        for item in ("server", "site_name", "responsible_person")
    }
    assert cautions == {
        "server": "access.server_change",
        "site_name": "notice.naming",
        "responsible_person": "access.subject_or_responsible_change",
    }


def test_of_several_changes_there_is_one_list_without_doubles(answer, kb):
    _, state = answer("换服务器和改网站名称要什么材料")
    assert len(state.matters) == 2
    reply, _ = answer(BEGIN, "昨天", after=state)
    assert "服务器" in reply.card["title"]
    assert "网站名称" in reply.card["title"]
    server, name = "materials.website_info.server", "materials.website_info.name"
    assert {server, name} <= set(reply.facts)
    items = reply.card["items"]
    assert len(items) == len(set(items))
    assert set(kb.facts[server].items) | set(kb.facts[name].items) <= set(items)


def test_two_changes_with_the_same_papers_have_them_once(kb):
    name, owner = (
        Matter("subject_info", item, "enterprise") for item in ("company_name", "legal_representative")
    )
    facts, _ = facts_for(Discourse(focus=name, matters=(name, owner)), kb)
    assert facts == facts_for(Discourse(focus=name), kb)[0]


def test_a_change_of_which_too_little_is_known_is_left_out(kb):
    server, unclear = Matter("website_info", "server"), Matter("website_info")
    facts, _ = facts_for(Discourse(focus=server, matters=(server, unclear)), kb)
    assert facts == facts_for(Discourse(focus=server), kb)[0]


def test_the_step_is_all_there_is_of_it():
    assert step_of(replace(SERVER, asked=None)) is None
    assert step_of(replace(SERVER, asked=Asked("choice", ("timeline.review",)))) is None
    assert step_of(Discourse.from_slot(SERVER.as_slot())) == "day"


def test_a_list_has_room_for_the_way_and_the_deadline_however_many_changes_are_in_hand(today, kb, hear):
    items = ("legal_representative", "server", "site_name", "responsible_person")
    terms = [kb.term("item", item) for item in items]
    matters = tuple(Matter(term.change_type, term.id, "enterprise") for term in terms)
    for count in range(1, len(matters) + 1):
        state = Discourse(focus=matters[0], matters=matters[:count])
        reply, _ = result(state, hear("不清楚"), today, kb)
        assert {"procedure.overview", "timeline.submit_deadline"} <= set(reply.facts)
        # whom the list is for stands in its title, and nobody else
        assert ("服务器" in reply.card["title"]) == ("materials.website_info.server" in reply.facts)
        assert ("网站名称" in reply.card["title"]) == ("materials.website_info.name" in reply.facts)
