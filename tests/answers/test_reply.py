from beian.answers.reply import (
    MOST_BUTTONS,
    answered,
    clarify,
    next_buttons,
    question_buttons,
    starters,
    uncovered,
)
from beian.meaning.state import Discourse, Matter


def test_the_message(kb):
    message = answered(["timeline.review"], Discourse(), kb).as_message({"intent": "timeline/review"}, kb)
    custom = message["custom"]
    assert custom["status"] == "answered"
    assert custom["facts"] == ["timeline.review"] == [source["fact"] for source in custom["sources"]]
    assert custom["kb_version"] == kb.version
    assert custom["understood"] == {"intent": "timeline/review"}
    assert "card" not in custom


def test_card_and_extra_parts_go_along(kb):
    reply = answered(["materials.subject_transfer"], Discourse(), kb)
    reply.extra["deadlines"] = [{"date": "2026-11-07", "title": "某日"}]
    custom = reply.as_message({}, kb)["custom"]
    assert custom["card"]["items"] == list(kb.facts["materials.subject_transfer"].items)
    assert custom["deadlines"] == reply.extra["deadlines"]


def test_every_fact_is_stated_with_its_source(kb):
    for fact in kb.facts:
        message = answered([fact], Discourse(), kb).as_message({}, kb)
        assert [source["fact"] for source in message["custom"]["sources"]] == [fact]
        assert message["text"].strip()


def test_next_questions_leave_out_what_was_stated(kb):
    facts = ["timeline.review", "access.overview"]
    payloads = [button["payload"] for button in next_buttons(facts, kb, most=6)]
    assert kb.question_of("access.overview") not in payloads
    assert kb.question_of("timeline.review") not in payloads
    assert len(payloads) == len(set(payloads)) > 0


def test_next_questions_are_of_the_customers_case(kb):
    facts = ["type.website_info"]
    server = Discourse(focus=Matter("website_info", "server"))
    payloads = [button["payload"] for button in next_buttons(facts, kb, server, most=6)]
    assert kb.question_of("materials.website_info.server") in payloads
    assert kb.question_of("materials.website_info.name") not in payloads
    # with nothing known, all of them; none fitting, all the same
    assert len(next_buttons(facts, kb, Discourse(), most=6)) == len(kb.facts[facts[0]].next)
    assert next_buttons(["materials.overview"], kb, Discourse(focus=Matter(item="content_type")), most=6)


def test_buttons_are_few_and_differ(kb):
    buttons = question_buttons([*kb.facts, *kb.facts], kb)
    assert len(buttons) == MOST_BUTTONS
    assert len({button["title"] for button in buttons}) == MOST_BUTTONS


def test_a_question_back_numbers_its_choices(kb):
    choices = ("timeline.review", "timeline.submit_deadline")
    reply = clarify("哪一个？", choices, kb)
    assert reply.text.splitlines() == [
        "哪一个？",
        f"1. {kb.question_of(choices[0])}",
        f"2. {kb.question_of(choices[1])}",
    ]
    assert reply.card["items"] == [button["title"] for button in reply.buttons]


def test_an_open_theme_names_whom_to_ask(kb):
    reply = uncovered("fees", kb)
    assert reply.extra == {"theme": "fees"}
    assert reply.facts == ("contact.support",)
    assert "没有写明" in reply.text
    assert "没有说明" in uncovered("agency", kb).text
    assert uncovered("gone", kb).extra == {}


def test_starters(kb):
    reply = starters("out_of_scope", "某句", kb)
    assert [button["title"] for button in reply.buttons] == [kb.question_of(fact) for fact in kb.starters]
    assert reply.text == "某句"


def test_starters_that_are_announced_stand_in_the_text_too(kb):
    """Where buttons are not shown, the sentence before them must not end in nothing."""
    reply = starters("out_of_scope", "可以问：", kb)
    assert reply.text.startswith(f"可以问：{kb.question_of(kb.starters[0])}、")
    assert reply.text.endswith("。")


def test_an_open_theme_says_what_the_document_does_say(kb):
    reply = uncovered("expedite", kb)
    assert reply.facts == ("contact.support", "timeline.review")
    assert reply.status == "uncovered"
    assert "3-20个工作日" in reply.text
    assert kb.question_of("timeline.review") not in [entry["payload"] for entry in reply.buttons]
    # the number to call is said once, also where it is what goes with the theme
    assert uncovered("support_line", kb).facts == ("contact.support",)


def test_facts_said_along_with_themes_are_short(kb):
    """Three sentences at most beside the refusal: it must stay clear that the question is open."""
    stated = [theme for theme in kb.themes.values() if theme.stated]
    assert len(stated) >= 5
    for theme in stated:
        assert theme.stated not in theme.nearest or theme.nearest[0] == theme.stated
        assert len(uncovered(theme.id, kb).text) < 400
