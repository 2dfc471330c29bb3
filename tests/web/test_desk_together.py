"""Two agents at the same conversation: what one has done, the other's page knows."""

from __future__ import annotations

import pytest
from conftest import RealServer, Watched
from desk_page import Customer, desk
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_what_a_colleague_has_answered_is_not_open(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask("转人工")
    first, second = desk(watched, desk_server, "li"), desk(watched, desk_server, "wang")
    for agent in (first, second):
        agent.open(customer.id)
    first.press("t")
    expect(first.mode).to_have_text("人工中（我）")
    with second.page.expect_response("**/suggestions"):
        customer.send("管局审核要多久")
    expect(second.turns.last).to_contain_text("管局审核要多久")
    first.page.locator("#reply").fill("审核看各地管局。")
    first.page.locator("#reply").press("Enter")
    expect(second.turns.last).to_contain_text("审核看各地管局")
    first.press("g")
    first.page.get_by_role("dialog", name="转给谁").get_by_role("button", name="wang").click()
    expect(second.mode).to_have_text("人工中（我）")
    second.press("x")
    expect(second.mode).to_have_text("已结束")
    expect(second.page.get_by_role("dialog")).to_have_count(0)


def test_whoever_reads_further_up_is_told_of_what_comes(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    for number in range(12):
        customer.send(f"第{number}句，说到鸊鷉" if number == 0 else f"第{number}句")
    customer.ask("转人工")
    agent = desk(watched, desk_server)
    page = agent.page
    agent.open(customer.id)
    expect(agent.turns.last).to_be_in_viewport()
    page.locator(".Turns").evaluate("(box) => { box.scrollTop = 0; }")
    expect(agent.turns.last).not_to_be_in_viewport()
    customer.send("还有一句")
    newest = page.get_by_role("button", name="有新消息")
    newest.click()
    expect(agent.turns.filter(has_text="还有一句")).to_have_count(1)
    expect(agent.turns.last).to_be_in_viewport()
    expect(newest).to_have_count(0)
    # Whoever takes over goes on from what was said last, wherever a search had led.
    page.get_by_label("搜索全部会话").fill("说到鸊鷉")
    expect(page.locator("[data-sought=true]")).to_be_in_viewport()
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    expect(agent.turns.last).to_be_in_viewport()
