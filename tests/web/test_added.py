"""What public sources add stands apart in an answer: own block, own label, sources opened in place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import Watched, Widget, full_page
from playwright.sync_api import Locator, expect
from stand_in import StandIn

from beian.answers.reply import answered
from beian.dialogue.second_layer_told import offer, tell
from beian.kb import load_knowledge
from beian.meaning.state import Discourse
from beian.supplement.layer import Choice
from beian.supplement.words import conflict_line, entry_of

pytestmark = pytest.mark.browser
KB = load_knowledge()
ONE = "supplement.validity.annual"
TWO = ("supplement.access_provider.time", "supplement.access_provider.materials")
MARK = "补充资料（非本流程文档）"
OPEN, CHOOSE, DIFFERENT = "年审", "接入备案", "过户材料"


def told(text: str) -> dict[str, Any] | None:
    """What the assistant says of an open theme, of several entries, and where sources differ."""
    facts = KB.supplement.facts
    two = tuple(facts[name] for name in TWO)
    if text == OPEN:
        reply, _ = tell((facts[ONE],), "validity", Discourse(), KB)
    elif text == CHOOSE:
        reply, _ = offer(Choice(titles=two), "access_provider", Discourse(), KB)
    elif text == DIFFERENT:
        fact = "materials.subject_transfer"
        point = next(KB.supplement.conflicts_of(fact, None))
        reply = answered([fact], Discourse(), KB)
        reply.text += f"\n\n{conflict_line(point, KB)}"
        reply.extra["supplement"] = [entry_of(point, KB)]
    else:
        reply, _ = tell(two, "access_provider", Discourse(), KB)
    return reply.as_message({}, KB)


@pytest.fixture
def layered(chat: Widget, stand_in: StandIn) -> Widget:
    stand_in.script = told
    return chat


def colour(of: Locator, name: str) -> str:
    return str(of.evaluate("(node, name) => getComputedStyle(node)[name]", name))


def block(answer: Locator) -> Locator:
    return answer.get_by_role("group", name=MARK)


def test_the_block_has_its_own_label_and_colour(layered: Widget) -> None:
    answer = layered.ask(OPEN)
    expect(block(answer)).to_contain_text("湖北2020年")
    expect(answer.get_by_text(MARK)).to_have_count(1)
    # Not a landmark: a conversation has many of them.
    expect(layered.root.get_by_role("region", name=MARK)).to_have_count(0)
    around = answer.locator(".Bubble")
    assert colour(block(answer), "backgroundColor") != colour(around, "backgroundColor")
    # what the document says of it stands outside
    expect(block(answer)).not_to_contain_text("流程文档没有说明")
    expect(around).to_contain_text("流程文档没有说明")


def test_sources_open_in_place_and_only_some_are_linked(layered: Widget) -> None:
    answer = layered.ask(OPEN)
    sources = block(answer).get_by_role("button", name=re.compile("来源"))
    link = block(answer).get_by_role("link").first
    expect(link).to_be_hidden()
    sources.click()
    expect(sources).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    shown = KB.supplement.facts[ONE].sources
    expect(block(answer).get_by_role("listitem")).to_have_count(len(shown))
    linked = [source.link for source in shown if source.link]
    found = block(answer).get_by_role("link").all()
    assert [one.get_attribute("href") for one in found] == linked
    assert {one.get_attribute("rel") for one in found} == {"noopener noreferrer"}
    expect(block(answer)).to_contain_text("2005-03-20 起施行")


def test_two_entries_have_their_titles(layered: Widget) -> None:
    answer = layered.ask("要多久，要什么")
    for name in TWO:
        expect(block(answer).locator(".Added-title", has_text=KB.supplement.facts[name].title)).to_be_visible()
    expect(block(answer).get_by_role("button", name=re.compile("来源"))).to_have_count(2)


def test_titles_to_choose_from_are_buttons_and_not_said_twice(layered: Widget) -> None:
    answer = layered.ask(CHOOSE)
    expect(block(answer).get_by_role("listitem")).to_have_count(0)
    fact = KB.supplement.facts[TWO[1]]
    layered.button(fact.title, exact=False).click()
    layered.answer(1)
    assert layered.texts()[-1] == fact.question


def test_a_difference_stands_below_the_documents_own_answer(layered: Widget) -> None:
    answer = layered.ask(DIFFERENT)
    expect(answer.get_by_role("checkbox")).not_to_have_count(0)
    expect(block(answer).get_by_role("checkbox")).to_have_count(0)
    expect(block(answer)).to_contain_text(KB.supplement.closing)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_narrowest_screen_and_can_be_read(
    watched: Watched, stand_in: StandIn, axe: str, scheme: str
) -> None:
    stand_in.script = told
    page = watched.page(f"{stand_in.url}/chat", viewport={"width": 320, "height": 640}, color_scheme=scheme)
    chat = full_page(page)
    for text in (OPEN, DIFFERENT, "要多久，要什么"):
        answer = chat.ask(text)
        for button in block(answer).get_by_role("button", name=re.compile("来源")).all():
            button.click()
        assert block(answer).evaluate("node => node.scrollWidth <= node.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(axe)
    found = page.evaluate("axe.run('.Added', {runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa']})")
    assert [one["id"] for one in found["violations"]] == []
