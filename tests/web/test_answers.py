"""What can be done with an answer: correct its case, finish its list, keep its last day in view."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import Watched, Widget, full_page
from playwright.sync_api import expect
from stand_in import StandIn

pytestmark = pytest.mark.browser
MATERIALS = "企业改主体信息要哪些材料"


def due_in(days: int) -> dict[str, Any]:
    """An answer that has worked out a last day."""
    last = (date.today() + timedelta(days=days)).isoformat()
    title = f"最晚提交：{last}，还剩 {days} 天"
    return {
        "text": f"{title}。\n· 信息变化：2026年11月20日（周五）\n逾期有风险。",
        "custom": {
            "status": "answered",
            "card": {"type": "deadline", "title": title, "items": ["信息变化：2026年11月20日（周五）"]},
            "deadlines": [{"date": last, "title": "备案变更申请的最后一天"}],
        },
    }


def test_the_case_is_corrected_with_a_tap(chat: Widget, stand_in: StandIn) -> None:
    stand_in.script = lambda text: (
        {
            "text": "个人办理时，准备以下材料等。",
            "custom": {
                "status": "answered",
                "understood": {"case_text": "个人", "subject_kind": "individual"},
            },
        }
        if text.startswith("不是")
        else {
            "text": "企业办理时，准备以下材料等。",
            "custom": {
                "status": "answered",
                "understood": {"case_text": "企业", "subject_kind": "enterprise"},
            },
        }
    )
    answer = chat.ask(MATERIALS)
    chip = answer.get_by_role("button", name=re.compile("按您的情况： ?企业"))
    expect(chip).to_have_attribute("aria-expanded", "false")
    chip.click()
    choices = answer.get_by_role("group", name="哪里不对？")
    choices.get_by_role("button", name="个人").click()
    chat.answer(1)
    assert chat.texts() == [MATERIALS, "不是企业，是个人"]
    # What was taken before is past; the newest answer's own can be corrected, also in other words.
    expect(answer.locator("button.Case")).to_have_count(0)
    chat.answers.nth(1).locator("button.Case").click()
    chat.button("我来说").click()
    expect(chat.input).to_have_text("我的情况是")
    expect(chat.input).to_be_focused()


def test_no_line_of_the_case_begins_with_the_mark_between(watched: Watched, stand_in: StandIn) -> None:
    case = "企业 · 主体信息变更 · 法定代表人 · 2026-11-20 变化"
    stand_in.script = lambda text: {
        "text": "30日内提交。",
        "custom": {"status": "answered", "understood": {"case_text": case}},
    }
    chat = full_page(watched.page(f"{stand_in.url}/chat", viewport={"width": 320, "height": 640}))
    parts = chat.ask("最晚哪天交").locator(".Case-part")
    assert " ".join(parts.all_inner_texts()) == case
    tops = {round(part.bounding_box()["y"]) for part in parts.all()}
    assert len(tops) > 1
    assert not any(text.startswith("·") for text in parts.all_inner_texts())


def test_a_finished_list_says_what_comes_next_and_until_when(chat: Widget, stand_in: StandIn) -> None:
    stand_in.script = lambda text: due_in(23) if text == "最晚哪天" else None
    answer = chat.ask(MATERIALS)
    boxes = answer.get_by_role("checkbox")
    first = boxes.first
    # What the document adds in brackets is the second line, and part of the box's name.
    expect(answer.locator(".Tick .Detail").first).to_have_text("加盖公章")
    expect(first).to_have_accessible_name("新的营业执照复印件 加盖公章")
    for box in boxes.all():
        expect(answer.get_by_text("材料已备齐")).to_be_hidden()
        box.check()
    expect(answer.get_by_text("材料已备齐")).to_be_visible()
    chat.ask("最晚哪天")
    head = chat.root.locator(".LineState")
    expect(head).to_have_text("还有 23 天 · 备案变更申请的最后一天")
    expect(answer.locator(".Done")).to_contain_text("还有 23 天")
    answer.get_by_role("button", name="怎么提交").click()
    chat.answer(2)
    assert chat.texts()[-1] == "怎么提交变更申请"


def test_a_last_day_is_told_once(chat: Widget, stand_in: StandIn) -> None:
    stand_in.script = lambda text: due_in(23)
    answer = chat.ask("最晚哪天")
    expect(answer.get_by_role("heading", name="最晚提交", exact=True)).to_be_visible()
    expect(answer.get_by_text("还剩 23 天")).to_have_count(0)
    expect(answer.locator(".Left")).to_have_text("还有 23 天")
    expect(answer.locator("time")).to_contain_text("（周")


def test_all_that_asks_with_one_tap_looks_alike(chat: Widget) -> None:
    names = ["borderRadius", "borderColor", "color", "boxShadow"]
    looks = f"(one) => {names}.map((name) => getComputedStyle(one)[name])"
    started = chat.root.get_by_role("group", name="大家常问").get_by_role("button").first.evaluate(looks)
    answer = chat.ask(MATERIALS)
    chat.page.mouse.move(0, 0)
    asked = chat.root.locator(".Choices .Btn").first.evaluate(looks)
    answer.locator("button.Case").click()
    corrected = answer.locator(".Corrections .Btn").first
    chat.page.mouse.move(0, 0)
    assert started == asked == corrected.evaluate(looks)


def test_each_part_of_an_answer_has_its_own_source(chat: Widget, stand_in: StandIn) -> None:
    """Under its part the source of each; what belongs to no part of its own stands at the end, named."""
    facts = ("materials.subject_info.individual", "timeline.review", "contact.support")
    kb = stand_in.kb
    materials, review, contact = (kb.facts[fact] for fact in facts)
    listed = f"【{materials.title}】\n准备：\n· {materials.items[0]}"
    text = f"{listed}\n\n【{review.title}】\n3-20个工作日。\n\n【费用】\n没有写明。"
    stand_in.script = lambda _: {
        "text": text,
        "custom": {
            "status": "answered",
            "facts": list(facts),
            "sources": [
                {"fact": fact.id, "section": fact.section_path, "layer": fact.layer}
                for fact in (materials, review, contact)
            ],
            "card": {"type": "checklist", "title": materials.title, "items": [materials.items[0]]},
        },
    }
    answer = chat.ask("要什么材料，多久，多少钱")
    parts = answer.locator(".Part")
    expect(parts).to_have_count(3)
    expect(parts.nth(0).locator(".Source-path")).to_contain_text(materials.section_path.split(" › ")[-1])
    expect(parts.nth(1).locator(".Source-path")).to_contain_text(review.section_path.split(" › ")[-1])
    expect(parts.nth(2).locator(".Source")).to_have_count(0)
    rest = answer.locator(".Foot .Source")
    expect(rest).to_have_count(1)
    expect(rest).to_contain_text(contact.title)
    parts.nth(1).locator(".Source-name").click()
    expect(parts.nth(1).locator(".Source-text")).to_contain_text(review.title)
