"""Two things side by side in the widget; what has no view of its own is read as text; paper is light."""

from __future__ import annotations

import pytest
from conftest import Watched, Widget, full_page
from playwright.sync_api import expect
from stand_in import StandIn

from beian.answers.compare import compared
from beian.meaning.state import Discourse

pytestmark = pytest.mark.browser
PAIR = ("type.subject_info", "type.subject_transfer")
QUESTION = "这两种有什么区别"


def told(stand_in: StandIn) -> None:
    """The next answers compare two kinds of change."""
    reply = compared(PAIR, Discourse(), stand_in.kb)
    stand_in.script = lambda _: reply.as_message({}, stand_in.kb)


def test_two_things_stand_side_by_side_in_a_table(watched: Watched, stand_in: StandIn) -> None:
    told(stand_in)
    page = watched.page(f"{stand_in.url}/chat", viewport={"width": 320, "height": 640})
    answer = full_page(page).ask(QUESTION)
    facts = [stand_in.kb.facts[fact] for fact in PAIR]
    heads = answer.get_by_role("table").get_by_role("columnheader")
    expect(heads).to_have_text([fact.title for fact in facts])
    cells = answer.get_by_role("cell")
    expect(cells).to_have_count(2)
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)
    assert boxes[0]["y"] == boxes[1]["y"]
    # Said once: the card takes the place of the lines.
    expect(answer.locator(".Prose")).to_have_count(0)
    expect(answer.get_by_role("heading")).to_have_text(
        stand_in.kb.phrase("compare", "|".join(PAIR)).rstrip("：")
    )


def test_a_card_of_a_kind_unknown_here_is_read_as_text(chat: Widget, stand_in: StandIn) -> None:
    card = {"type": "of-a-newer-server", "title": "两样：", "items": ["甲：一", "乙：二"]}
    custom = {"status": "answered", "card": card}
    stand_in.script = lambda _: {"text": "两样：\n甲：一\n乙：二", "custom": custom}
    answer = chat.ask(QUESTION)
    for line in ("两样：", "甲：一", "乙：二"):
        expect(answer.get_by_text(line, exact=True)).to_be_visible()


@pytest.mark.parametrize("theme", ["dark", "auto"])
def test_paper_is_light(watched: Watched, stand_in: StandIn, axe: str, theme: str) -> None:
    told(stand_in)
    page = watched.context(color_scheme="dark").new_page()
    page.add_init_script(f"localStorage.setItem('beian.theme', '{theme}')")
    page.goto(f"{stand_in.url}/chat")
    chat = full_page(page)
    chat.ask(QUESTION)
    chat.ask("企业改主体信息要哪些材料")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(axe)
    # Printed without the grounds, as browsers do unless they are told otherwise.
    page.evaluate("document.querySelectorAll('*').forEach((one) => { one.style.background = '#fff' })")
    found = page.evaluate("() => axe.run(document, {runOnly: ['color-contrast']})")
    texts = [node["html"][:120] for one in found["violations"] for node in one["nodes"]]
    assert texts == []
