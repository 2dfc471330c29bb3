"""Every state of the widget: no accessibility violation, nothing wider than the window, and a picture of it.

The pictures go to results/widget/ and are not kept in git.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Watched, Widget, embedded, full_page
from made_up_document import DOCUMENT
from playwright.sync_api import Page, expect
from stand_in import StandIn

from beian.calendar.deadline_text import span_text
from beian.calendar.deadlines import SUBMIT
from beian.calendar.span import Span
from beian.answers.compare import compared
from beian.meaning.state import Discourse
from beian.names.check import check_name
from beian.names.name_text import names_text
from beian.original import originals_of

pytestmark = pytest.mark.browser
PICTURES = ROOT / "results" / "widget"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 460, "height": 760}},
    "dark": {"viewport": {"width": 460, "height": 760}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "large": {"viewport": {"width": 360, "height": 700}},
    "wide": {"viewport": {"width": 1280, "height": 800}},
}


def sound(widget: Widget, axe: str) -> list[str]:
    """What axe finds wrong, and what sticks out of the window."""
    page = widget.page
    frame = page.frames[-1] if len(page.frames) > 1 else page.main_frame
    # Added by the debugger, not by the page: the page's own policy would refuse it.
    if not frame.evaluate("() => Boolean(window.axe)"):
        frame.evaluate(axe)
    found = frame.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    problems = [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
    wide = frame.evaluate(
        """() => [...document.querySelectorAll('#widget *')].filter((one) => {
          const box = one.getBoundingClientRect();
          if (box.width === 0 || one.closest('.Offscreen, .Sprite')) return false;
          return box.right > innerWidth + 1 || box.left < -1;
        }).map((one) => `sticks out: ${one.className} ${one.textContent.slice(0, 30)}`)"""
    )
    return problems + wide


def scripted(stand_in: StandIn) -> Callable[[str], dict[str, Any] | None]:
    titles = ["企业", "个人"]
    days = span_text(SUBMIT, Span(date(2030, 12, 1), date(2030, 12, 1)), date(2030, 12, 5), stand_in.kb)
    names = names_text([check_name(name, stand_in.kb) for name in ("中国云岸", "绿叶书屋")], stand_in.kb)
    pair = ("materials.subject_info.enterprise", "materials.subject_info.individual")
    beside = compared(pair, Discourse(), stand_in.kb)
    said: dict[str, dict[str, Any]] = {
        "材料有什么不一样": beside.as_message({}, stand_in.kb),
        "最晚哪天交": {
            "text": days.text,
            "custom": {
                "status": "answered",
                "deadlines": [{"date": "2030-12-31", "title": "提交变更"}],
                "card": days.card,
            },
        },
        "叫中国云岸行吗": {
            "text": names.text,
            "custom": {"status": "answered", "card": names.card},
        },
        "要什么材料": {
            "text": "备案主体是企业还是个人？\n1. 企业\n2. 个人",
            "buttons": [{"title": title, "payload": title} for title in titles],
            "custom": {
                "status": "clarify",
                "card": {"type": "choices", "title": "备案主体是企业还是个人？", "items": titles},
            },
        },
        "今天天气": {
            "text": "我只负责解答阿里云 ICP 备案变更的问题，这个问题帮不上忙。",
            "buttons": [{"title": "审核要多久", "payload": "审核要多久"}],
            "custom": {"status": "out_of_scope"},
        },
        "转人工": {
            "text": "可以直接联系阿里云备案客服：电话 951-880-2299，或在线提交工单。",
            "custom": {"status": "handoff", "summary": "情况：企业 · 主体信息变更\n问过：审核要多久"},
        },
        "出错": {"text": "抱歉，这次没能查到答案，请再发一次。", "custom": {"status": "error"}},
    }
    return lambda text: said.get(text)


@pytest.mark.parametrize("look", LOOKS)
def test_states(watched: Watched, stand_in: StandIn, axe: str, look: str) -> None:
    stand_in.script = scripted(stand_in)
    page = watched.context(**LOOKS[look], reduced_motion="reduce").new_page()
    if look == "large":
        page.add_init_script("localStorage.setItem('beian.large', '1')")
    page.goto(f"{stand_in.url}/chat")
    chat = full_page(page)
    folder = PICTURES / look
    folder.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []

    def look_at(state: str) -> None:
        page.screenshot(path=folder / f"{state}.png")
        problems.extend(f"{state}: {problem}" for problem in sound(chat, axe))

    chat.root.get_by_role("heading", name="大家常问").wait_for()
    look_at("01-welcome")
    walk(chat, stand_in, look_at)
    broken(chat, stand_in, look_at)
    assert "\n".join(problems) == ""


def walk(chat: Widget, stand_in: StandIn, look_at: Callable[[str], None]) -> None:
    """From answer to answer."""
    answer = chat.ask("企业改主体信息要哪些材料")
    answer.get_by_role("checkbox").first.check()
    look_at("02-checklist")
    chip = answer.locator("button.Case")
    chip.click()
    answer.get_by_role("group", name="哪里不对？").get_by_role("button").first.wait_for()
    for box in answer.get_by_role("checkbox").all():
        box.check()
    answer.get_by_text("材料已备齐").wait_for()
    look_at("02-correcting-and-finished")
    chip.click()
    answer.get_by_role("button", name="出处").click()
    answer.locator(".Source-title").wait_for()
    answer.get_by_role("button", name="没帮助", exact=True).click()
    answer.get_by_label("其他原因").wait_for()
    look_at("03-source-and-reasons")
    stand_in.originals = originals_of(DOCUMENT, stand_in.kb)
    answer = chat.ask("材料造假有什么后果")
    answer.get_by_role("button", name="出处").click()
    answer.locator(".Original mark").wait_for()
    look_at("03-original")
    for number, (name, text) in enumerate(
        {
            "steps": "备案变更的完整流程是什么",
            "uncovered": "变更备案要花多少钱",
            "clarify": "要什么材料",
            "deadline": "最晚哪天交",
            "verdict": "叫中国云岸行吗",
            "out-of-scope": "今天天气",
            "error": "出错",
            "comparison": "材料有什么不一样",
            "handoff": "转人工",
        }.items()
    ):
        chat.ask(text)
        look_at(f"{number + 4:02d}-{name}")
    chat.button("更多").click()
    look_at("12-menu")
    chat.page.keyboard.press("Escape")
    chat.input.click()
    chat.input.press_sequentially("审核要")
    chat.root.get_by_role("option").first.wait_for()
    chat.input.press("ArrowDown")
    look_at("13-suggestions")
    chat.input.fill("")
    stand_in.delay = 1.5
    chat.input.fill("审核要多久")
    chat.input.press("Enter")
    chat.root.locator("[data-typing]").wait_for()
    look_at("14-typing")
    chat.root.locator("[data-typing]").wait_for(state="detached")
    stand_in.delay = 0.02


def broken(chat: Widget, stand_in: StandIn, look_at: Callable[[str], None]) -> None:
    """With a person, and without a network."""
    rating = chat.root.get_by_role("group", name="服务评价")
    for number, mode in enumerate(("waiting", "human", "closed")):
        stand_in.set_mode(mode)
        (rating if mode == "closed" else chat.root.get_by_role("group", name="人工客服")).wait_for()
        if mode == "human":
            stand_in.talk.add("agent", "您好，我是客服，请问域名是哪一个？")
            chat.log.get_by_text("请问域名是哪一个").wait_for()
        look_at(f"{number + 15}-{mode}")
    stand_in.set_mode("bot")
    # Asked until there is an answer.
    rating.get_by_role("button", name="解决了").click()
    expect(chat.root.locator(".Banner")).to_have_count(0)
    stand_in.fail["/api/messages"] = (400, 1)
    chat.input.fill("这一条会被拒绝")
    chat.input.press("Enter")
    chat.root.locator(".outgoing[data-state=failed]").wait_for()
    chat.page.context.set_offline(True)
    chat.input.fill("这一条等网络恢复")
    chat.input.press("Enter")
    chat.root.locator(".outgoing[data-state=queued]").wait_for()
    look_at("18-offline-and-failed")
    chat.page.context.set_offline(False)


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_demo_page(watched: Watched, stand_in: StandIn, axe: str, look: str) -> None:
    options = LOOKS[look] | ({} if look == "narrow" else {"viewport": {"width": 1280, "height": 800}})
    page = watched.page(stand_in.url, **options)
    widget = embedded(page, opened=False)
    widget.root.get_by_role("button", name="打开备案变更助手").wait_for()
    (PICTURES / look).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / look / "00-site.png")
    problems = violations_of(page, axe)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        problems.append("the page is wider than the window")
    widget.root.get_by_role("button", name="打开备案变更助手").click()
    widget.ask("企业改主体信息要哪些材料")
    page.screenshot(path=PICTURES / look / "00-site-open.png")
    problems += sound(widget, axe)
    assert "\n".join(problems) == ""


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_beside_the_launcher(watched: Watched, stand_in: StandIn, axe: str, look: str) -> None:
    options = LOOKS[look] | ({} if look == "narrow" else {"viewport": {"width": 1280, "height": 800}})
    page = watched.page(stand_in.url, **options)
    widget = embedded(page)
    widget.ask("企业改主体信息要哪些材料")
    widget.root.get_by_role("button", name="关闭").click()
    stand_in.talk.add("agent", "您好，我是客服，请问要变更的域名是哪一个？方便的话也说一下备案号。")
    widget.root.locator(".Nudge").wait_for()
    (PICTURES / look).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / look / "00-site-preview.png")
    problems = violations_of(page, axe) + sound(widget, axe)
    assert "\n".join(problems) == ""


def violations_of(page: Page, axe: str) -> list[str]:
    page.main_frame.evaluate(axe)
    found = page.main_frame.evaluate("() => axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def test_loading_and_no_service(watched: Watched, stand_in: StandIn, axe: str) -> None:
    page = watched.context(**LOOKS["light"]).new_page()
    PICTURES.joinpath("light").mkdir(parents=True, exist_ok=True)
    held: list[Any] = []
    page.route("**/api/config", lambda route: held.append(route))
    page.goto(f"{stand_in.url}/chat")
    page.locator(".Loading").wait_for()
    page.screenshot(path=PICTURES / "light" / "19-loading.png")
    problems = sound(Widget(page, page), axe)
    held.pop().abort()
    page.get_by_text("暂时连不上服务").wait_for()
    page.screenshot(path=PICTURES / "light" / "20-no-service.png")
    problems += sound(Widget(page, page), axe)
    assert "\n".join(problems) == ""


def test_reduced_motion(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(f"{stand_in.url}/chat", reduced_motion="reduce")
    chat = full_page(page)
    stand_in.delay = 0.8
    chat.input.fill("审核要多久")
    chat.input.press("Enter")
    dot = chat.root.locator(".Typing-dot").first
    dot.wait_for()
    assert dot.evaluate("(dot) => getComputedStyle(dot).animationName") == "none"
    chat.answer(0)


def test_pictures_are_not_for_git() -> None:
    assert "results/" in Path(ROOT / ".gitignore").read_text(encoding="utf-8").split()
