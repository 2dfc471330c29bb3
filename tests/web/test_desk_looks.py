"""The desk at every size: what is open is in sight, what is told covers nothing, low windows leave room."""

from __future__ import annotations

import pytest
from conftest import RealServer, Watched
from desk_page import Customer, Desk, desk
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]


def waiting(server: RealServer, count: int = 1) -> list[Customer]:
    customers = [Customer(server) for _ in range(count)]
    for customer in customers:
        customer.ask("转人工")
    return customers


def box(of: Locator) -> dict[str, float]:
    found = of.bounding_box()
    assert found
    return dict(found)


def test_the_open_row_stays_in_sight(watched: Watched, desk_server: RealServer) -> None:
    waiting(desk_server, 9)
    agent = desk(watched, desk_server, viewport={"width": 1280, "height": 480})
    rows, current = agent.page.locator(".Rows button[data-id]"), agent.page.locator(".Rows [aria-current]")
    rows.nth(8).wait_for()
    for down, key in ((8, "j"), (1, "k"), (7, "k")):
        for _ in range(down):
            agent.page.keyboard.press(key)
        agent.page.keyboard.press("Enter")
        expect(current).to_be_focused()
        expect(current).to_be_in_viewport(ratio=0.95)
        heading = box(agent.page.locator(".Rows h2").first)
        assert box(current)["y"] >= heading["y"] + heading["height"] - 1
    expect(rows.first).to_have_attribute("aria-current", "true")
    # By an address.
    last = rows.nth(8).get_attribute("data-id")
    agent.page.evaluate("(id) => { location.hash = location.hash.replace(/[^/?]+$/, id); }", last)
    expect(rows.nth(8)).to_have_attribute("aria-current", "true")
    expect(current).to_be_in_viewport(ratio=0.95)


def test_who_waits_for_my_reply_is_counted_beside_my_own(watched: Watched, desk_server: RealServer) -> None:
    (customer,) = waiting(desk_server)
    agent = desk(watched, desk_server, "qiao")
    agent.open(customer.id)
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    mine = agent.page.get_by_role("group", name="看哪些会话").get_by_role("button", name="我的")
    expect(mine.locator(".Badge")).to_have_count(0)
    customer.send("在吗")
    expect(mine.locator(".Badge")).to_have_text("1 个等我回复")
    # A search changes what is listed, not whose turn it is.
    agent.page.locator("#search").fill("没有人说过的话")
    expect(agent.page.get_by_text("没有符合的会话")).to_be_visible()
    expect(mine.locator(".Badge")).to_have_text("1 个等我回复")
    agent.page.locator("#search").fill("")
    agent.page.locator("#reply").fill("在的")
    agent.page.locator("#reply").press("Enter")
    expect(mine.locator(".Badge")).to_have_count(0)


@pytest.mark.parametrize("name", ["qiao", "chief"])
def test_what_is_told_covers_nothing(watched: Watched, desk_server: RealServer, name: str) -> None:
    (customer,) = waiting(desk_server)
    agent = desk(watched, desk_server, name)
    agent.open(customer.id)
    agent.press("t")
    expect(agent.toast).to_have_attribute("data-shown", "true")
    agent.toast.evaluate("(one) => Promise.all(one.getAnimations().map((each) => each.finished))")
    told = box(agent.toast)
    head = box(agent.page.locator(".Top"))
    assert told["y"] + told["height"] <= head["y"] + head["height"]
    tabs, end = box(agent.page.locator(".Top nav")), box(agent.page.locator(".Top-end"))
    assert tabs["x"] + tabs["width"] <= told["x"]
    assert told["x"] + told["width"] <= end["x"]


def test_the_drawer_is_used_in_its_whole_width(watched: Watched, desk_server: RealServer) -> None:
    (customer,) = waiting(desk_server)
    customer.ask("审核要多久")
    agent = desk(watched, desk_server, viewport={"width": 768, "height": 900})
    agent.open(customer.id)
    agent.page.get_by_role("button", name="参考").click()
    edges = {
        round(box(part)["x"] + box(part)["width"])
        for part in (agent.page.locator(".Suggestions button").first, agent.page.locator("#note"))
    }
    assert len(edges) == 1


def test_a_low_window_leaves_room_for_what_is_said(watched: Watched, desk_server: RealServer) -> None:
    (customer,) = waiting(desk_server)
    agent: Desk = desk(watched, desk_server, viewport={"width": 640, "height": 430})
    agent.open(customer.id)
    agent.page.locator(".Talk-do").wait_for()
    assert box(agent.page.locator(".Turns"))["height"] >= 430 * 0.52
