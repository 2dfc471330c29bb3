"""The agents' desk in a real browser, with the real server and a customer's widget beside it."""

from __future__ import annotations

import os
import re
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import RealServer, Watched, install_node_modules
from desk_page import (
    PASSWORD,
    Customer,
    Desk,
    be_patient,
    conversation_of,
    desk,
    short_name,
)
from desk_page import chat as customer_page
from playwright.sync_api import Page, Route, expect
from test_security import ATTACKS

from beian.store.conversations import (ConversationStore)
from beian.store.records import (Draft)
from tests.patience import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.server]
MATERIALS = "公司改名了，要准备什么材料"


def test_log_in_lock_out_and_log_out(watched: Watched, desk_server: RealServer) -> None:
    page = watched.page(f"{desk_server.url}/desk")
    expect(page.get_by_role("alert")).to_have_text("")
    Desk(page, "sun", "wrong")
    expect(page.get_by_role("alert")).to_have_text("账号或口令不对。")
    for _ in range(4):
        with page.expect_response("**/api/desk/login"):
            Desk(page, "sun", "wrong again")
    with page.expect_response("**/api/desk/login"):
        Desk(page, "sun", PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("失败次数太多")
    first = Desk(page, "wang").ready()
    second = desk(watched, desk_server, "wang")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies(f"{desk_server.url}/api/desk/me")}
    assert cookies["beian_desk"]["httpOnly"]
    assert cookies["beian_desk"]["sameSite"] == "Strict"
    assert page.evaluate("document.cookie") == ""
    page.reload()
    first.ready()
    page.get_by_role("button", name="账号 wang").click()
    page.get_by_role("button", name="在所有设备上退出").click()
    page.get_by_label("口令", exact=True).wait_for()
    second.page.get_by_label("口令", exact=True).wait_for()
    page.reload()
    page.get_by_label("口令", exact=True).wait_for()


def test_look_up_by_keyboard_alone(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask(MATERIALS)
    found = desk(watched, desk_server)
    page = found.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("/")
    query = page.get_by_role("combobox", name="查询答案")
    expect(query).to_be_focused()
    page.keyboard.type("审核要多久")
    options = page.locator(".Hit")
    expect(page.locator('.Hits[data-query="审核要多久"]')).to_have_count(1)
    expect(options.first).to_contain_text("审核要多久")
    expect(options.first).to_contain_text("助手的回答")
    expect(options.first.locator(".Confidence")).to_be_visible()
    expect(options.first).to_contain_text("相近的问法")
    expect(options.first).to_contain_text("依据流程文档整理 · ")
    page.get_by_role("button", name="看原文：审核要多久").click()
    expect(page.locator(".LookUp .Original mark")).to_contain_text("3-20个工作日")
    query.focus()
    page.keyboard.press("Enter")
    expect(found.toast).to_have_text("已复制")
    assert "工作日" in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Shift+Enter")
    expect(found.toast).to_contain_text("没有打开的会话")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.locator("#given")).to_be_focused()
    page.keyboard.type("10月8号")
    expect(page.locator(".Tool-result")).to_contain_text("最晚提交")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(found.row(customer.id)).to_be_visible()
    for _ in range(page.locator(".Rows button").count()):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.dataset.id") == customer.id:
            break
    expect(found.row(customer.id)).to_be_focused()
    page.keyboard.press("Enter")
    expect(found.turns.first).to_contain_text(MATERIALS)
    page.keyboard.press("/")
    # What was found before is still there; it goes into the conversation that is open now.
    expect(options.first).to_contain_text("审核要多久")
    page.keyboard.press("Shift+Enter")
    reply = page.get_by_label("回复", exact=True)
    expect(reply).to_be_focused()
    expect(reply).to_have_value(re.compile("工作日"))


def test_filters_change_what_is_found(watched: Watched, desk_server: RealServer) -> None:
    found = desk(watched, desk_server)
    found.into("/", "#query", "要准备什么材料")
    options = found.page.locator(".Hit")
    found.page.get_by_label("变更类型").select_option(label="主体信息变更")
    found.page.get_by_label("主体性质").select_option(label="个人")
    expect(options.first).to_contain_text("个人主体信息变更的材料")
    expect(found.page.locator("#hits")).not_to_contain_text("企业主体信息变更的材料")


def test_takeover_side_by_side_with_a_restart_in_the_middle(
    watched: Watched, desk_server: RealServer
) -> None:
    chat = customer_page(watched, desk_server)
    chat.ask(MATERIALS)
    chat.ask("转人工")
    expect(chat.root.get_by_text("已经通知人工客服")).to_be_visible()
    conversation = conversation_of(chat)
    agent = desk(watched, desk_server)
    expect(agent.row(conversation)).to_contain_text("已等")
    agent.press("u")
    expect(agent.page.locator(".Talk-head .Mode")).to_have_text("等待人工")
    agent.open(conversation)
    expect(agent.turns.first).to_contain_text(MATERIALS)
    expect(agent.page.get_by_label("参考")).to_contain_text("企业 · 主体信息变更")
    answer = agent.page.locator(".Turn.bot").first
    expect(answer.locator(".Tag").first).to_have_text("已回答")
    expect(answer.locator(".Confidence")).to_be_visible()
    expect(answer.get_by_label("出处")).to_contain_text("依据流程文档整理 · ")
    expect(answer.get_by_label("出处")).to_contain_text("备案变更操作流程")
    answer.get_by_role("button", name="看原文").click()
    expect(answer.locator(".Original mark")).to_contain_text("要交新的营业执照复印件(须加盖公章)")

    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    expect(chat.root.get_by_text("人工客服正在为您服务")).to_be_visible()
    answers = chat.answers.count()
    chat.input.fill("审核一般要几天")
    chat.input.press("Enter")
    expect(agent.turns.last).to_contain_text("审核一般要几天")
    expect(agent.page.locator(".Suggestions li")).to_have_count(3)
    expect(agent.page.locator(".Suggestions li").first).to_contain_text("审核要多久")
    agent.press("1")
    reply = agent.page.get_by_label("回复", exact=True)
    expect(reply).to_be_focused()
    agent.page.keyboard.press("End")
    agent.page.keyboard.type("（我帮您盯着）")
    agent.page.keyboard.press("Enter")
    said = chat.root.locator(".Row.agent").last
    expect(said).to_contain_text("工作日")
    expect(said).to_contain_text("（我帮您盯着）")
    expect(agent.page.locator(".Turn.agent").last).to_contain_text("改过的建议")

    desk_server.kill()
    expect(agent.page.get_by_role("alert")).to_contain_text("连接中断")
    desk_server.start()
    expect(agent.page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE * 1000)
    chat.page.reload()
    chat.input.fill("重启之后还在吗")
    chat.input.press("Enter")
    expect(agent.turns.last).to_contain_text("重启之后还在吗", timeout=PATIENCE * 1000)
    chat.button("更多").click()
    chat.root.get_by_role("menuitem", name="重新开始").click()
    expect(agent.turns.last).to_contain_text("对话没有重新开始")
    reply.fill("在的")
    reply.press("Enter")
    expect(chat.root.locator(".Row.agent").last).to_contain_text("在的")
    # Nothing of the assistant's came in all this time.
    expect(chat.answers).to_have_count(answers)

    agent.press("b")
    expect(agent.mode).to_have_text("助手应答")
    expect(chat.root.get_by_text("由助手继续解答")).to_be_visible()
    # With the case intact: whose change it is has not to be said again.
    chat.ask("要多久内提交，还有材料是什么")
    expect(agent.page.get_by_label("参考")).to_contain_text("企业 · 主体信息变更")

    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    agent.into("r", "#reply", "还有要问的吗")
    agent.page.keyboard.press("Enter")
    expect(chat.root.get_by_text("还有要问的吗")).to_be_visible()
    agent.press("x")
    expect(agent.mode).to_have_text("已结束")
    chat.root.get_by_role("button", name="解决了", exact=True).click()
    expect(chat.root.get_by_text("感谢您的评价")).to_be_visible()
    expect(agent.page.locator(".Talk-head")).to_contain_text("客户说解决了")


def test_a_reply_on_its_way_is_neither_unsent_nor_missing(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask("转人工")
    agent = desk(watched, desk_server)
    agent.open(customer.id)
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    customer.send("审核一般要几天")
    expect(agent.turns.last).to_contain_text("审核一般要几天")
    held: list[Route] = []
    agent.page.route("**/messages", lambda route: held.append(route))
    agent.page.get_by_label("回复", exact=True).fill("两三个星期")
    with agent.page.expect_request("**/messages"):
        agent.page.keyboard.press("Enter")
    agent.press("b")
    expect(agent.mode).to_have_text("人工中（我）")
    held[0].continue_()
    expect(agent.mode).to_have_text("助手应答")
    expect(agent.page.get_by_role("dialog")).to_have_count(0)


def test_two_agents_claim_at_once(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask(MATERIALS)
    first, second = desk(watched, desk_server, "li"), desk(watched, desk_server, "wang")
    for agent in (first, second):
        agent.open(customer.id)
    claim = {"name": "接手", "exact": False}
    # The second one's page does not know yet: its list is held back for a moment.
    second.page.route("**/api/desk/events*", lambda route: route.abort())
    second.page.reload()
    expect(second.page.locator(".Talk-head h2")).to_be_visible()
    first.page.get_by_role("button", **claim).click()
    expect(first.mode).to_have_text("人工中（我）")
    second.page.get_by_role("button", **claim).click()
    expect(second.toast).to_contain_text("已经由 li 接手")
    second.page.unroute("**/api/desk/events*")
    second.page.reload()
    expect(second.mode).to_have_text("人工中（li）")
    expect(second.page.get_by_role("button", name="发送")).to_be_disabled()


def test_notes_labels_and_search(watched: Watched, desk_server: RealServer) -> None:
    customer, other = Customer(desk_server), Customer(desk_server)
    customer.ask("我们在琉璃厂东街换服务器")
    other.ask("审核要多久")
    agent = desk(watched, desk_server)
    page = agent.page
    page.get_by_label("搜索全部会话").fill("琉璃厂")
    expect(page.locator(".Rows button")).to_have_count(1)
    agent.open(customer.id)
    agent.into("n", "#note", "老客户 13800138000")
    page.keyboard.press("Enter")
    expect(page.locator(".Notes li")).to_contain_text("老客户")
    expect(page.locator(".Notes li")).not_to_contain_text("13800138000")
    agent.into("l", "#label", "加急")
    page.keyboard.press("Enter")
    expect(page.locator(".Labels .Tag")).to_contain_text("加急")
    page.get_by_label("搜索全部会话").fill("璃厂")
    expect(page.locator(".Rows button")).to_have_count(1)
    # how many wait from other tests decides whether the other row is on the first page
    page.get_by_label("搜索全部会话").fill("")
    expect(page.locator(".Rows button")).not_to_have_count(1)
    page.get_by_label("按标签筛选").select_option("加急")
    expect(page.locator(".Rows button")).to_have_count(1)
    page.get_by_role("button", name="去掉标签 加急").click()
    expect(page.locator(".Labels .Tag")).to_have_count(0)


def test_numbers_open_what_is_behind_them(watched: Watched, desk_server: RealServer, tmp_path: Path) -> None:
    customer = Customer(desk_server)
    customer.ask("变更备案要花多少钱")
    agent = desk(watched, desk_server)
    page = agent.page
    page.keyboard.press("s")
    page.get_by_role("button", name="30 天").click()
    card = page.get_by_label("文档未说明", exact=True)
    expect(
        card.get_by_role("button", name="2026").or_(card.locator(".Plot-day[role=button]")).first
    ).to_be_visible()
    expect(page.get_by_text("备案变更的费用").first).to_be_visible()
    # What the plots are marked with is not cut off at their edges.
    above = "(all) => all.map((one) => one.getBBox().y).filter((top) => top < 0)"
    assert page.locator(".Plot-top").evaluate_all(above) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 CSV").click()
    assert download.value.path().read_text(encoding="utf-8-sig").startswith("日期,")
    card.locator(".Big").click()
    expect(page.locator(".Filter")).to_contain_text("文档未说明")
    expect(agent.row(customer.id)).to_be_visible()
    page.get_by_role("button", name="取消这个筛选").click()
    expect(page.locator(".Filter")).to_have_count(0)
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="30 天")).to_have_attribute("aria-pressed", "true")
    page.locator(".Number[data-number=uncovered] .Plot-day[role=button]").last.press("Enter")
    expect(agent.row(customer.id)).to_be_visible()


def test_a_found_message_is_shown(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask("第一句说到鸬鹚")
    for _ in range(6):
        customer.ask(MATERIALS)
    agent = desk(watched, desk_server)
    agent.page.get_by_label("搜索全部会话").fill("说到鸬鹚")
    expect(agent.page.locator(".Rows button")).to_have_count(1)
    expect(agent.row(customer.id)).to_contain_text("第一句说到鸬鹚")
    agent.open(customer.id)
    expect(agent.turns.first).to_have_attribute("data-sought", "true")
    expect(agent.turns.first).to_be_in_viewport()
    expect(agent.turns.last).not_to_be_in_viewport()


def test_admins_see_what_agents_did_and_saw(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask(MATERIALS)
    agent = desk(watched, desk_server, "wang")
    expect(agent.page.get_by_role("button", name="账号 wang")).to_be_visible()
    agent.page.get_by_label("搜索全部会话").fill("公司改名 13800138000")
    expect(agent.page.get_by_text("没有符合的会话")).to_be_visible()
    agent.page.get_by_label("搜索全部会话").fill("")
    agent.open(customer.id)
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    agent.page.get_by_label("回复", exact=True).fill("一句只有客户该看到的回复")
    agent.page.keyboard.press("Enter")
    expect(agent.turns.last).to_contain_text("一句只有客户该看到的回复")
    # Agents have no log to look at.
    agent.page.get_by_role("button", name="账号 wang").click()
    expect(agent.page.get_by_text("在所有设备上退出")).to_be_visible()
    expect(agent.page.get_by_text("团队")).to_have_count(0)

    chief = desk(watched, desk_server, "chief")
    page = chief.page
    chief.press("p")
    expect(page.locator(".Audit li").first).to_be_visible()
    page.get_by_label("谁的记录").select_option("wang")
    entries = page.locator(".Audit li")
    name = short_name(customer.id)
    for did in (f"接手 {name}", f"回复 {name}", f"打开会话 {name}", "搜索", "登录"):
        expect(entries.filter(has_text=did).first).to_contain_text("wang")
    expect(page.locator(".Audit")).not_to_contain_text("chief")
    expect(page.locator(".Audit")).not_to_contain_text("13800138000")
    expect(page.locator(".Audit")).not_to_contain_text("只有客户该看到")
    entries.filter(has_text=f"接手 {name}").first.get_by_role("button").click()
    expect(page.locator(".Talk-head h2")).to_have_text(name)


def test_customers_text_is_text(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    for attack in ATTACKS:
        customer.send(attack)
    customer.ask("转人工")
    agent = desk(watched, desk_server, "chief")
    page = agent.page
    agent.open(customer.id)
    expect(page.locator(".Turn.user")).to_have_count(len(ATTACKS) + 1)
    texts = page.locator(".Turn.user .Turn-text").all_inner_texts()
    assert [text.strip() for text in texts[:-1]] == [attack.strip() for attack in ATTACKS]
    for field, text in (("#note", ATTACKS[1]), ("#label", "<img src=x>")):
        page.locator(field).fill(text)
        page.locator(field).press("Enter")
    expect(page.locator(".Notes li")).to_have_count(1)
    page.get_by_label("搜索全部会话").fill("<img src=x onerror")
    expect(agent.row(customer.id)).to_be_visible()
    agent.into("/", "#query", ATTACKS[1])
    expect(page.locator("#hits")).to_have_attribute("data-query", ATTACKS[1])
    agent.press("s")
    page.locator(".Number").first.wait_for()
    agent.press("p")
    page.locator(".Audit li").first.wait_for()
    assert not page.evaluate("window.hit")
    for selector in ("script:not([src])", "img", "iframe", "style", "math", "b", "[onerror]", "[onfocus]"):
        assert page.locator(f"#desk {selector}").count() == 0, selector


def test_nothing_of_a_conversation_without_a_log_in(watched: Watched, desk_server: RealServer) -> None:
    customer = Customer(desk_server)
    customer.ask("只有客服该看到的一句")
    page = watched.page(f"{desk_server.url}/desk#{customer.id}")
    page.get_by_label("口令", exact=True).wait_for()
    assert "只有客服" not in page.content()
    with urllib.request.urlopen(f"{desk_server.url}/desk") as response:
        assert "只有客服" not in response.read().decode()


@pytest.fixture(scope="session")
def axe() -> str:
    return (install_node_modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def problems(page: Page, axe: str) -> list[str]:
    """What axe finds wrong, and whether something sticks out sideways."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    wrong = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("wider than the window")
    return wrong


def make_snippet(server: RealServer, name: str) -> None:
    """A canned reply with a variable that no case fills in."""
    with closing(sqlite3.connect(server.folder / "conversations.db", timeout=PATIENCE)) as store, store:
        store.execute(
            "INSERT INTO desk_snippets (name, text, at, agent) VALUES (?, ?, 0, 'chief')",
            (name, "{客户称呼}您好，请稍等。"),
        )


@pytest.mark.parametrize("look", ["light", "dark", "320"])
def test_every_view_is_sound(watched: Watched, desk_server: RealServer, axe: str, look: str) -> None:
    customer = Customer(desk_server)
    customer.ask("帮我准备清单")
    customer.ask("主体信息变更，企业，10月8号")
    answer = customer.ask(MATERIALS)
    customer.http.post(
        "/api/feedback", json={"message_id": answer["id"], "value": "down", "reason": "不完整"}
    )
    customer.ask("转人工")
    # Nothing fades in while its contrast is measured.
    options: dict[str, Any] = {
        "color_scheme": "dark" if look == "dark" else "light",
        "reduced_motion": "reduce",
    }
    if look == "320":
        options["viewport"] = {"width": 320, "height": 640}
    make_snippet(desk_server, look)
    page = watched.page(f"{desk_server.url}/desk", **options)
    be_patient(page)
    page.get_by_label("口令", exact=True).wait_for()
    found = {"log-in": problems(page, axe)}
    agent = Desk(page, "chief").ready()
    expect(agent.row(customer.id)).to_be_visible()
    found["list"] = problems(page, axe)
    agent.open(customer.id)
    page.locator(".Suggestions li").first.wait_for(state="attached")
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    if look == "320":
        page.get_by_role("button", name="参考").click()
    for field, text in (("#note", "一条备注"), ("#label", f"标签{look}")):
        page.locator(field).fill(text)
        page.locator(field).press("Enter")
    page.locator(".Notes li").wait_for()
    page.locator(".Labels .Tag").wait_for()
    page.get_by_role("button", name="看原文").first.press("Enter")
    page.locator(".Original mark").first.wait_for()
    found["conversation"] = problems(page, axe)
    if look == "320":
        page.get_by_role("button", name="收起侧栏").click()
    page.get_by_role("button", name="常用语").click()
    page.get_by_role("listbox", name="常用语").wait_for()
    found["canned replies"] = problems(page, axe)
    page.keyboard.press("Enter")
    page.locator("#left").wait_for()
    found["a variable left"] = problems(page, axe)
    agent.into("/", "#query", "变更备案要花多少钱")
    page.locator('.Hit[data-status="uncovered"]').wait_for()
    page.locator("#given").fill("10月8号")
    page.locator(".Tool-result .Plain").wait_for()
    found["look-up"] = problems(page, axe)
    agent.press("s")
    page.locator(".Number").first.wait_for()
    found["numbers"] = problems(page, axe)
    agent.press("?")
    page.get_by_role("dialog").wait_for()
    found["keys"] = problems(page, axe)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="账号 chief").click()
    page.get_by_role("dialog").wait_for()
    found["account"] = problems(page, axe)
    page.keyboard.press("Escape")
    agent.press("p")
    page.locator(".Audit li").first.wait_for()
    page.get_by_role("button", name="加放假").click()
    found["team"] = problems(page, axe)
    page.get_by_role("button", name="改常用语").first.click()
    page.get_by_role("dialog").wait_for()
    found["a canned reply"] = problems(page, axe)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="不在…").first.click()
    page.get_by_role("dialog").wait_for()
    found["an absence"] = problems(page, axe)
    page.get_by_role("button", name="登记不在").click()
    page.get_by_role("button", name="回来了", exact=True).first.wait_for()
    found["away"] = problems(page, axe)
    page.get_by_role("button", name="回来了", exact=True).first.click()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_many_live_conversations(watched: Watched, desk_server: RealServer) -> None:
    store = ConversationStore(desk_server.folder / "conversations.db")
    # As many as come in one page, with those below.
    names = [f"w-many{number:04d}" for number in range(30)]
    for name in names:
        store.append(name, Draft("user", f"{name} 的问题"))
    store.close()
    live = [Customer(desk_server) for _ in range(20)]
    for customer in live:
        customer.ask("审核要多久")
    agent = desk(watched, desk_server)
    expect(agent.row(names[0])).to_have_count(1)
    expect(agent.row(live[0].id)).to_have_count(1)
    agent.page.evaluate("""() => {
      window.redrawn = new Set();
      new MutationObserver((records) => {
        for (const record of records) {
          const button = record.target.parentElement?.closest('.Rows button');
          const clock = record.target.parentElement?.closest('.Timer');
          if (button && !clock) window.redrawn.add(button.dataset.id);
        }
      }).observe(document.querySelector('.Rows'), {subtree: true, childList: true, characterData: true});
    }""")
    for customer in live:
        customer.ask("被驳回了怎么办")
    for customer in live:
        expect(agent.row(customer.id)).to_contain_text("被驳回了怎么办")
    # Nobody waits for a person in these: nothing is to be read.
    bots = agent.page.locator('.Rows [aria-label="助手应答"]')
    expect(bots.locator(".Badge")).to_have_count(0)
    # Only the rows that changed are drawn again.
    redrawn = set(agent.page.evaluate("[...window.redrawn]"))
    assert redrawn <= {customer.id for customer in live}
    expect(bots.locator("button").first).to_have_attribute("data-id", live[-1].id)


def test_single_keys_can_be_switched_off(watched: Watched, desk_server: RealServer) -> None:
    agent = desk(watched, desk_server)
    agent.press("?")
    # All keys, wherever one is.
    for name in ("日期与名称工具", "搜索会话", "交还助手"):
        expect(agent.page.get_by_role("dialog")).to_contain_text(name)
    agent.page.get_by_label("使用单键快捷键").uncheck()
    agent.page.keyboard.press("Escape")
    agent.press("s")
    expect(agent.page.get_by_role("button", name="会话")).to_have_attribute("aria-current", "page")
    agent.press("/")
    expect(agent.page.locator("#query")).to_be_focused()
