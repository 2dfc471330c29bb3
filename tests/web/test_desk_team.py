"""The team's page and what comes of it at the desk: hours, absences, canned replies."""

from __future__ import annotations

import re

import pytest
from conftest import RealServer, Watched
from desk_page import Customer, chat, desk
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server]
MATERIALS = "公司11月10号改名了，要准备什么材料"


def test_hours_are_written_on_the_page_and_told_to_customers(
    watched: Watched, desk_server: RealServer
) -> None:
    agent = desk(watched, desk_server)
    expect(agent.page.locator(".Hours")).to_have_text("人工时间")
    chief = desk(watched, desk_server, "chief")
    chief.press("p")
    page = chief.page
    section = page.get_by_role("region", name="人工时间")
    expect(section).to_contain_text("现在按：全天")
    # Closed on all of these days, whatever the hours.
    section.get_by_role("button", name="加放假").click()
    section.get_by_label("第 1 次放假的第一天").fill("2026-01-01")
    section.get_by_label("第 1 次放假的最后一天").fill("2026-12-30")
    section.get_by_label("第 1 次放假的原因").fill("搬家")
    with page.expect_response(re.compile("/api/desk/hours$")) as saved:
        section.get_by_role("button", name="保存").click()
    assert saved.value.status == 200
    try:
        expect(section).to_contain_text("（来自设置）")
        expect(agent.page.locator(".Hours")).to_have_text("非人工时间")
        customer = chat(watched, desk_server)
        customer.ask("转人工")
        expect(customer.root.get_by_text("下次有客服在是").last).to_be_visible()
        expect(customer.root.get_by_role("group", name="人工客服")).to_contain_text("12月31日")
    finally:
        section.get_by_role("button", name="去掉第 1 次放假").click()
        section.get_by_role("button", name="保存").click()
        expect(agent.page.locator(".Hours")).to_have_text("人工时间")


def test_whoever_is_away_gives_back_and_comes_back(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask(MATERIALS)
    agent = desk(watched, desk_server)
    agent.open(customer.id)
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    page = agent.page
    page.get_by_role("button", name="账号 li").click()
    page.get_by_text("我不在", exact=True).click()
    page.get_by_role("button", name="登记不在").click()
    bar = page.get_by_text("您登记为不在")
    expect(bar).to_be_visible()
    expect(agent.mode).to_have_text("等待人工")
    chief = desk(watched, desk_server, "chief")
    chief.open(customer.id)
    chief.press("t")
    expect(chief.mode).to_have_text("人工中（我）")
    chief.press("g")
    expect(chief.page.get_by_role("button", name="li 不在，到")).to_be_disabled()
    chief.page.keyboard.press("Escape")
    chief.press("p")
    row = chief.page.locator(".Agents li", has_text="li").first
    expect(row).to_contain_text("不在，到")
    page.get_by_role("button", name="我回来了").click()
    expect(bar).to_have_count(0)


def test_a_canned_reply_is_filled_in_and_never_sent_half_filled(
    watched: Watched, desk_server: RealServer
) -> None:
    chief = desk(watched, desk_server, "chief")
    chief.press("p")
    page = chief.page
    section = page.get_by_role("region", name="常用语")
    section.get_by_role("button", name="加常用语").click()
    page.get_by_label("名称").fill("催材料")
    page.get_by_label("内容").fill("您好，请在{截止日}前交。")
    page.get_by_label("内容").evaluate("(box) => box.setSelectionRange(0, 0)")
    page.get_by_role("group", name="填入变量").get_by_role("button", name="{客户称呼}").click()
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(section).to_contain_text("{客户称呼}您好，请在{截止日}前交。")

    customer = Customer(desk_server)
    customer.ask(MATERIALS)
    agent = desk(watched, desk_server)
    agent.open(customer.id)
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    page = agent.page
    expect(page.locator(".Suggestions li").first).to_be_visible()
    agent.into("r", "#reply", "/催")
    expect(page.get_by_role("option", name="催材料")).to_be_visible()
    page.keyboard.press("Enter")
    reply = page.locator("#reply")
    expect(reply).to_have_value("{客户称呼}您好，请在2026年12月10日（周四）前交。")
    expect(page.locator("#left")).to_contain_text("{客户称呼}")
    page.evaluate("document.querySelector('#reply').setSelectionRange(10, 10)")
    page.keyboard.press("Enter")
    expect(agent.toast).to_have_text("还没填：{客户称呼}")
    # What is missing is selected: typing takes its place.
    page.keyboard.type("王总，")
    expect(page.locator("#left")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(agent.turns.last).to_contain_text("王总，您好，请在2026年12月10日（周四）前交。")
    # Without the keyboard as well, and away with Escape.
    page.get_by_role("button", name="常用语").click()
    expect(page.get_by_role("listbox", name="常用语")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(reply).to_be_focused()
    expect(reply).to_have_value("/")
