"""Beside the closed launcher: once a session what can be asked, and the first line of an unread reply."""

from __future__ import annotations

import pytest
from conftest import Watched, Widget
from playwright.sync_api import FrameLocator, Locator, Page, expect
from stand_in import StandIn

pytestmark = pytest.mark.browser
LAUNCHER = "打开备案变更助手"
QUESTION = "审核要多久"


def host(stand_in: StandIn, attributes: str = "") -> str:
    """The address of a page of some site with the assistant on it."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>某网站</title>'
    body = f'<p id="text">正文</p><script src="/embed.js" {attributes}></script>'
    html = f'<!doctype html><html lang="zh-CN">{head}<body>{body}</body></html>'
    stand_in.extra_pages["/host"] = (html, {"Content-Security-Policy": "default-src * 'unsafe-inline'"})
    return f"{stand_in.url}/host"


def visit(watched: Watched, stand_in: StandIn, attributes: str = "", **options: object) -> Page:
    """A page whose clock is the test's, with the launcher there."""
    page = watched.context(teaser=True, **options).new_page()
    page.clock.install()
    page.goto(host(stand_in, attributes))
    settled(page)
    return page


def settled(page: Page) -> FrameLocator:
    """The frame, once its launcher is there and the history is read."""
    page.clock.run_for(500)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button", name=LAUNCHER)).to_be_visible()
    expect(frame.locator(".Welcome, .Row").first).to_be_attached()
    return frame


def nudge(page: Page) -> Locator:
    return page.frame_locator("iframe").locator(".Nudge")


def closed_with_answer(page: Page) -> Widget:
    """Asks something, reads the answer and closes the window."""
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name=LAUNCHER).click()
    widget = Widget(page, frame)
    widget.ask(QUESTION)
    frame.get_by_role("button", name="关闭").click()
    expect(frame.get_by_role("button", name=LAUNCHER)).to_be_visible()
    return widget


def test_a_teaser_comes_once_goes_by_itself_and_moves_nothing(watched: Watched, stand_in: StandIn) -> None:
    page = visit(watched, stand_in)
    frame = page.frame_locator("iframe")
    button = frame.locator(".Launcher")
    before = [button.bounding_box(), page.locator("#text").bounding_box()]
    expect(nudge(page)).to_have_count(0)
    page.clock.run_for(5_000)
    expect(nudge(page)).to_be_visible()
    grown = page.locator("iframe").bounding_box()
    assert grown
    assert grown["width"] > 300
    assert [button.bounding_box(), page.locator("#text").bounding_box()] == before
    # Pointed at, it stays.
    nudge(page).hover()
    page.clock.run_for(20_000)
    expect(nudge(page)).to_be_visible()
    page.mouse.move(10, 10)
    page.clock.run_for(13_000)
    expect(nudge(page)).to_have_count(0)
    expect(page.locator("iframe")).to_have_css("width", "80px")
    page.reload()
    settled(page)
    page.clock.run_for(10_000)
    expect(nudge(page)).to_have_count(0)


def test_a_teaser_closed_by_hand_stays_away(watched: Watched, stand_in: StandIn) -> None:
    page = visit(watched, stand_in)
    page.clock.run_for(5_000)
    nudge(page).get_by_role("button", name="收起提示").click()
    expect(nudge(page)).to_have_count(0)
    page.frames[1].evaluate("() => sessionStorage.clear()")
    page.reload()
    settled(page)
    page.clock.run_for(10_000)
    expect(nudge(page)).to_have_count(0)


def test_a_tap_on_the_teaser_opens_the_window(watched: Watched, stand_in: StandIn) -> None:
    page = visit(watched, stand_in, 'data-teaser="改了公司名？问我要备什么"', reduced_motion="reduce")
    page.clock.run_for(5_000)
    assert nudge(page).evaluate("(one) => getComputedStyle(one).animationName") == "none"
    page.frame_locator("iframe").get_by_role("button", name="改了公司名？问我要备什么").click()
    expect(page.frame_locator("iframe").locator(".Welcome")).to_be_visible()


@pytest.mark.parametrize("attributes", ['data-teaser="off"', 'data-launcher="off"', ""])
def test_a_host_can_do_without(watched: Watched, stand_in: StandIn, attributes: str) -> None:
    page = watched.context(teaser=True).new_page()
    page.clock.install()
    page.goto(host(stand_in, attributes))
    if not attributes:
        page.wait_for_function("() => window.Beian && Beian.set")
        page.evaluate("() => Beian.set({teaser: false, preview: false})")
    page.clock.run_for(500)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".Launcher")).to_be_attached()
    expect(frame.locator(".Welcome, .Row").first).to_be_attached()
    page.clock.run_for(10_000)
    expect(nudge(page)).to_have_count(0)
    if attributes:
        return
    closed_with_answer(page)
    stand_in.talk.add("agent", "补充一句")
    expect(frame.locator(".Badge")).to_have_text("1")
    expect(nudge(page)).to_have_count(0)


def test_an_unread_reply_shows_its_first_line(watched: Watched, stand_in: StandIn) -> None:
    page = visit(watched, stand_in)
    widget = closed_with_answer(page)
    stand_in.talk.add("agent", "您好，域名是哪一个？\n知道后我来查。")
    expect(nudge(page)).to_contain_text("您好，域名是哪一个？")
    expect(nudge(page)).to_contain_text("人工客服")
    expect(nudge(page)).not_to_contain_text("知道后")
    told = widget.root.get_by_role("status").filter(has_text="新回复")
    expect(told).to_have_text("新回复：您好，域名是哪一个？")
    # Taken away, it stays away; the next one comes. Nobody takes the count away.
    nudge(page).get_by_role("button", name="收起提示").click()
    expect(nudge(page)).to_have_count(0)
    expect(widget.root.locator(".Badge")).to_have_text("1")
    stand_in.talk.add("agent", "还在吗？")
    expect(nudge(page)).to_contain_text("还在吗？")
    page.mouse.move(10, 10)
    page.clock.run_for(25_000)
    expect(nudge(page)).to_have_count(0)
    stand_in.talk.add("agent", "查好了。")
    nudge(page).get_by_role("button", name="查好了。").click()
    expect(widget.log.get_by_text("查好了。")).to_be_visible()
    expect(widget.root.locator(".Nudge, .Badge")).to_have_count(0)


def test_a_preview_fits_a_narrow_page(watched: Watched, stand_in: StandIn) -> None:
    page = visit(watched, stand_in, 'data-position="left"', viewport={"width": 320, "height": 568})
    closed_with_answer(page)
    stand_in.talk.add(
        "agent", "这句话很长，长到一行放不下，两行也放不下，三行才勉强放得下，所以后面的要省去不显示。"
    )
    expect(nudge(page)).to_be_visible()
    box, frame = nudge(page).bounding_box(), page.locator("iframe").bounding_box()
    assert box
    assert frame
    assert box["x"] >= frame["x"]
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= frame["y"]
