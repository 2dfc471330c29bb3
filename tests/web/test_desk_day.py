"""A day at the desk: the right customer, the right colleague, nothing typed lost, and a call when needed."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from conftest import RealServer, Watched
from desk_page import Customer, Desk, desk, short_name
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]
MATERIALS = "公司改名了，要准备什么材料"


def held(watched: Watched, server: RealServer, name: str = "li") -> tuple[Desk, Customer]:
    """An agent who has taken a conversation over."""
    customer = Customer(server)
    customer.ask(MATERIALS)
    agent = desk(watched, server, name)
    agent.open(customer.id)
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    return agent, customer


def said_by_agents(server: RealServer, conversation: str) -> list[str]:
    with closing(sqlite3.connect(server.folder / "conversations.db")) as store:
        query = "SELECT text FROM messages WHERE conversation = ? AND author = 'agent' ORDER BY id"
        return [row[0] for row in store.execute(query, (conversation,))]


class Held:
    """Answers to some requests of a page that come when the test says so."""

    def __init__(self, page: Page, pattern: re.Pattern[str]) -> None:
        self.page, self.pattern, self.waiting = page, pattern, list[Route]()
        page.route(pattern, lambda route: self.waiting.append(route))

    def release(self) -> None:
        for route in self.waiting:
            route.continue_()
        self.page.unroute(self.pattern)


def test_while_a_conversation_opens_nothing_of_the_old_one_is_there(
    watched: Watched, desk_server: RealServer
) -> None:
    agent, first = held(watched, desk_server)
    page = agent.page
    second = Customer(desk_server)
    second.ask("审核要多久")
    page.locator("#reply").fill("写给第一位的半句")
    slow = Held(page, re.compile(rf"/api/desk/conversations/{second.id}$"))
    agent.row(second.id).click()
    expect(page.locator(".Talk-head h2")).to_have_text(short_name(second.id))
    expect(agent.turns).to_have_count(0)
    expect(page.locator(".Talk-do, .Suggestions li, .Strip, #note")).to_have_count(0)
    expect(page.get_by_role("button", name="发送")).to_be_disabled()
    # Keys that act on a conversation act on none; what is written is for the one whose name stands there.
    for key in ("t", "x", "b", "1"):
        agent.press(key)
    agent.into("r", "#reply", "给第二位的话")
    page.keyboard.press("Enter")
    slow.release()
    expect(agent.turns.first).to_contain_text("审核要多久")
    expect(agent.mode).to_have_text("助手应答")
    expect(page.locator("#reply")).to_have_value("给第二位的话")
    assert said_by_agents(desk_server, first.id) == said_by_agents(desk_server, second.id) == []
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    page.locator("#reply").press("Enter")
    expect(agent.turns.last).to_contain_text("给第二位的话")
    agent.open(first.id)
    expect(page.locator("#reply")).to_have_value("写给第一位的半句")
    assert said_by_agents(desk_server, first.id) == []
    assert said_by_agents(desk_server, second.id) == ["给第二位的话"]


@pytest.mark.parametrize("name", ["李敏", "a.b", "ｗｕ．ｔａｏ"])
def test_who_leaves_is_shut_out_and_keeps_nobody(
    watched: Watched, desk_server: RealServer, name: str
) -> None:
    agent, customer = held(watched, desk_server, name)
    customer.send("在吗？等了很久")
    expect(agent.turns.last).to_contain_text("等了很久")
    stored = agent.page.locator(".Who span").inner_text()
    chief = desk(watched, desk_server, "chief")
    page = chief.page
    chief.press("p")
    page.locator(".Agents li").filter(has_text=stored).get_by_role("button", name="停用").click()
    page.get_by_role("dialog").get_by_role("button", name="停用账号").click()
    agent.page.get_by_label("口令", exact=True).wait_for()
    # He may be shut out before the answer has closed the dialog, under which no key is heard.
    expect(page.get_by_role("dialog")).to_have_count(0)
    chief.press("h")
    expect(
        page.locator('.Rows [aria-label="等待人工"]').locator(f'[data-id="{customer.id}"]')
    ).to_be_visible()
    chief.open(customer.id)
    expect(page.locator(".Turn.note").last).to_contain_text(f"{stored} 的账号已停用")
    chief.press("t")
    expect(chief.mode).to_have_text("人工中（我）")


def test_a_customer_who_corrects_himself_is_heard(watched: Watched, desk_server: RealServer) -> None:
    agent, customer = held(watched, desk_server)
    page = agent.page
    kind = page.get_by_label("主体性质")
    expect(kind).to_have_value("enterprise")
    customer.send("说错了，我是个人备案，要什么材料")
    expect(kind).to_have_value("individual")
    expect(page.locator(".Suggestions")).not_to_contain_text("企业主体信息变更的材料")
    # And an agent sets it right with one choice.
    kind.select_option("enterprise")
    expect(page.get_by_label("参考")).to_contain_text("企业 · ")
    kind.select_option("individual")
    expect(page.get_by_label("参考")).to_contain_text("个人 · ")
    agent.press("b")
    dialog = page.get_by_role("dialog", name="交还之前")
    expect(dialog).to_contain_text("说错了，我是个人备案，要什么材料")
    dialog.get_by_role("button", name="交还，由助手回答").click()
    expect(agent.mode).to_have_text("助手应答")
    expect(agent.turns.last).to_contain_text("个人")
    expect(agent.turns.last).not_to_contain_text("营业执照")


def test_to_a_colleague_and_everybody_is_told(watched: Watched, desk_server: RealServer) -> None:
    agent, customer = held(watched, desk_server)
    colleague = desk(watched, desk_server, "wang")
    agent.press("g")
    agent.page.get_by_role("dialog", name="转给谁").get_by_role("button", name="wang").click()
    expect(agent.mode).to_have_text("人工中（wang）")
    expect(colleague.toast).to_contain_text(f"{short_name(customer.id)} 转给了您")
    colleague.open(customer.id)
    expect(colleague.page.locator(".Turn.note").last).to_contain_text("li 把会话转给了 wang")
    chief = desk(watched, desk_server, "chief")
    chief.open(customer.id)
    chief.press("t")
    expect(chief.mode).to_have_text("人工中（wang）")
    chief.page.get_by_role("button", name="从同事处接手").click()
    expect(chief.mode).to_have_text("人工中（我）")
    expect(colleague.toast).to_contain_text("现在由 chief 接手")
    expect(colleague.mode).to_have_text("人工中（chief）")


def test_nothing_typed_is_lost_and_the_address_leads_back(watched: Watched, desk_server: RealServer) -> None:
    agent, first = held(watched, desk_server)
    page = agent.page
    second = Customer(desk_server)
    second.ask("审核要多久")
    page.locator("#reply").fill("写了一半的回复")
    page.locator("#note").fill("写了一半的备注")
    agent.open(second.id)
    expect(page.locator("#note")).to_have_value("")
    agent.press("s")
    expect(page.locator(".Number").first).to_be_visible()
    page.go_back()
    expect(page.locator(".Talk-head h2")).to_have_text(short_name(second.id))
    page.go_back()
    expect(page.locator(".Talk-head h2")).to_have_text(short_name(first.id))
    page.reload()
    expect(agent.mode).to_have_text("人工中（我）")
    expect(page.locator("#reply")).to_have_value("写了一半的回复")
    expect(page.locator("#note")).to_have_value("写了一半的备注")
    page.go_forward()
    expect(page.locator(".Talk-head h2")).to_have_text(short_name(second.id))
    page.locator("#search").fill("审核要多")
    expect(page).to_have_url(re.compile(r"q=%E5"))
    page.reload()
    expect(page.locator("#search")).to_have_value("审核要多")
    expect(agent.row(second.id)).to_be_visible()
    # Whoever logs out leaves nothing behind in the tab.
    page.get_by_role("button", name="账号 li").click()
    page.get_by_role("button", name="退出", exact=True).click()
    page.get_by_label("口令", exact=True).wait_for()
    assert page.evaluate("sessionStorage.length") == 0


def test_the_agent_is_called_wherever_he_is(watched: Watched, desk_server: RealServer) -> None:
    agent, customer = held(watched, desk_server)
    page = agent.page
    agent.press("c")
    expect(page.locator("#query")).to_be_focused()
    before = int((re.match(r"\((\d+)\)", page.title()) or [0, "0"])[1])
    customer.send("我的新问题来了")
    expect(page).to_have_title(re.compile(rf"^\({before + 1}\)"))
    expect(page.locator("nav .Badge")).to_contain_text(str(before + 1))
    expect(page.locator('link[rel="icon"]')).to_have_attribute("href", "static/icon-call.svg")
    expect(page.locator("[aria-live=assertive]")).to_contain_text("您的客户写了新消息")
    page.keyboard.press("Escape")
    agent.press("h")
    page.get_by_role("group", name="看哪些会话").get_by_role("button", name="我的").click()
    expect(agent.row(customer.id)).to_contain_text("我的新问题来了")
    expect(agent.row(customer.id)).to_contain_text("企业 · ")
    rows = page.locator(".Rows button[data-id]")
    expect(rows.locator(".Row-agent").filter(has_not_text="我")).to_have_count(0)


def test_the_page_itself_never_scrolls(watched: Watched, desk_server: RealServer) -> None:
    agent, customer = held(watched, desk_server)
    page = agent.page
    for number in range(30):
        customer.send(f"第{number}句")
    expect(agent.turns.last).to_contain_text("第29句")
    height = "document.documentElement.scrollHeight - innerHeight"
    assert page.evaluate(height) == 0
    agent.press("s")
    page.locator(".Number").first.wait_for()
    assert page.evaluate(height) == 0
    agent.into("/", "#query", "要什么材料")
    page.locator(".Hit").first.wait_for()
    assert page.evaluate(height) == 0


def test_numbers_in_a_reply_are_told_before_it_is_sent(watched: Watched, desk_server: RealServer) -> None:
    agent, customer = held(watched, desk_server)
    page = agent.page
    reply = page.locator("#reply")
    reply.fill("请打我们专员 13800138000")
    reply.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="客户看不到")).to_be_visible()
    assert said_by_agents(desk_server, customer.id) == []
    reply.press("Enter")
    expect(agent.turns.last).to_contain_text("〔手机号〕")


def test_where_one_goes_while_the_list_is_read_one_stays(watched: Watched, desk_server: RealServer) -> None:
    agent = desk(watched, desk_server)
    slow = Held(agent.page, re.compile(r"/api/desk/conversations$"))
    agent.page.reload()
    agent.ready().press("c")
    expect(agent.page.locator("#query")).to_be_visible()
    with agent.page.expect_response(re.compile(r"/api/desk/conversations$")):
        slow.release()
    # A turn of the page's own later, the list is there and taken in.
    agent.page.evaluate("() => new Promise((done) => setTimeout(done))")
    expect(agent.page.locator("#query")).to_be_visible()
    assert "#/lookup" in agent.page.url
