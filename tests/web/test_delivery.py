"""Nothing is lost and nothing is doubled: bad networks, restarts, reloads, second tabs."""

from __future__ import annotations

import pytest
from conftest import Watched, Widget, full_page
from playwright.sync_api import Route, expect
from stand_in import StandIn

from tests.patience import PATIENCE

pytestmark = pytest.mark.browser
QUESTION = "审核要多久"


def asked(stand_in: StandIn) -> list[str]:
    return [message["text"] for message in stand_in.talk.messages if message["author"] == "user"]


def test_history_after_reload_and_in_a_second_tab(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(QUESTION)
    chat.page.reload()
    expect(chat.answers).to_have_count(1)
    second = chat.page.context.new_page()
    second.goto(f"{stand_in.url}/chat")
    other = full_page(second)
    expect(other.answers).to_have_count(1)
    other.ask("备案变更的完整流程是什么")
    expect(chat.answers).to_have_count(2)
    assert len(stand_in.talks) == 1
    other.answers.nth(0).get_by_role("button", name="有帮助", exact=True).click()
    expect(chat.answers.nth(0).get_by_role("button", name="有帮助", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_second_tab_adopts_a_session_opened_later(watched: Watched, stand_in: StandIn) -> None:
    context = watched.context()
    tabs = []
    for _ in range(2):
        page = context.new_page()
        page.goto(f"{stand_in.url}/chat")
        tabs.append(full_page(page))
    tabs[0].ask(QUESTION)
    expect(tabs[1].answers).to_have_count(1)
    tabs[1].ask("备案变更的完整流程是什么")
    assert len(stand_in.talks) == 1


def test_offline_queue(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(QUESTION)
    chat.page.context.set_offline(True)
    expect(chat.root.get_by_text("网络已断开").first).to_be_visible()
    for text in ("第一句", "第二句"):
        chat.input.fill(text)
        chat.input.press("Enter")
    expect(chat.root.locator(".outgoing[data-state=queued]")).to_have_count(2)
    expect(chat.root.get_by_text("2 条消息会在恢复后自动发出")).to_be_visible()
    chat.page.context.set_offline(False)
    expect(chat.answers).to_have_count(3)
    assert asked(stand_in) == [QUESTION, "第一句", "第二句"]
    expect(chat.root.locator(".outgoing")).to_have_count(0)


def test_queue_survives_a_reload(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(QUESTION)
    stand_in.fail["/api/messages"] = (503, 3)
    chat.input.fill("还没发出的话")
    chat.input.press("Enter")
    expect(chat.root.locator(".outgoing[data-state=queued]")).to_have_count(1)
    chat.page.reload()
    expect(chat.answers).to_have_count(2)
    assert asked(stand_in) == [QUESTION, "还没发出的话"]


def test_server_restart_in_mid_answer(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(QUESTION)
    stand_in.delay = 1.0
    chat.input.fill("备案变更的完整流程是什么")
    chat.input.press("Enter")
    expect(chat.root.locator("[data-typing]")).to_be_visible()
    expect(chat.root.locator(".outgoing")).to_have_count(0)
    stand_in.stop()
    expect(chat.root.get_by_text("连接中断，正在重新连接")).to_be_visible()
    chat.page.wait_for_timeout(1_200)
    chat.input.fill("断线时写的话")
    chat.input.press("Enter")
    expect(chat.root.locator(".outgoing[data-state=queued]")).to_have_count(1)
    stand_in.delay = 0.02
    stand_in.start()
    expect(chat.answers).to_have_count(3, timeout=PATIENCE * 1000)
    assert asked(stand_in) == [QUESTION, "备案变更的完整流程是什么", "断线时写的话"]
    assert chat.texts() == asked(stand_in)
    expect(chat.root.locator(".Banner")).to_have_count(0)


def test_lost_response_does_not_double_the_message(chat: Widget, stand_in: StandIn) -> None:
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.post_data or "")
        # The server takes the message; the customer's side never hears of it.
        route.fetch()
        route.abort("connectionreset")

    chat.page.route("**/api/messages", lose_first)
    chat.ask(QUESTION)
    chat.page.wait_for_function("() => localStorage.getItem('beian.outbox') === null")
    assert lost
    assert asked(stand_in) == [QUESTION]
    assert chat.texts() == [QUESTION]
    expect(chat.answers).to_have_count(1)


def test_stream_resumes_after_the_last_message(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(QUESTION)
    headers: list[str | None] = []
    chat.page.on(
        "request",
        lambda request: (
            headers.append(request.headers.get("last-event-id")) if "/api/events" in request.url else None
        ),
    )
    stand_in.break_streams()
    stand_in.talk.add("agent", "断线时来的消息")
    expect(chat.log.get_by_text("断线时来的消息")).to_have_count(1)
    assert headers[0] == "2"


def test_messages_come_without_a_stream(chat: Widget, stand_in: StandIn) -> None:
    """A proxy that holds streams back costs time, not answers."""
    chat.page.route("**/api/events", lambda route: None)
    chat.page.clock.install()
    chat.input.fill(QUESTION)
    chat.input.press("Enter")
    expect(chat.root.locator(".outgoing[data-state=sent]")).to_have_count(1)
    chat.page.clock.run_for(9_000)
    expect(chat.answers).to_have_count(1)


def test_refused_message_stays_and_can_be_removed(chat: Widget, stand_in: StandIn) -> None:
    stand_in.fail["/api/messages"] = (400, 2)
    chat.input.fill(QUESTION)
    chat.input.press("Enter")
    failed = chat.root.locator(".outgoing[data-state=failed]")
    expect(failed).to_contain_text("没有发出")
    failed.get_by_role("button", name="重试").click()
    expect(failed).to_have_count(1)
    failed.get_by_role("button", name="重试").click()
    expect(chat.answers).to_have_count(1)
    assert asked(stand_in) == [QUESTION]
    stand_in.fail["/api/messages"] = (400, 1)
    chat.input.fill("不要了")
    chat.input.press("Enter")
    failed.get_by_role("button", name="删除").click()
    expect(chat.root.locator(".outgoing")).to_have_count(0)


def test_forgotten_session_is_opened_anew_without_losing_the_message(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(QUESTION)
    stand_in.talks.clear()
    chat.input.fill("备案变更的完整流程是什么")
    chat.input.press("Enter")
    expect(chat.answers).to_have_count(1)
    expect(chat.answers.first).to_contain_text("登录备案系统")
    assert asked(stand_in) == ["备案变更的完整流程是什么"]


def test_no_service_says_so_and_recovers_by_itself(watched: Watched, stand_in: StandIn) -> None:
    stand_in.fail["/api/config"] = (503, 1_000_000)
    page = watched.page(f"{stand_in.url}/chat")
    failed = page.get_by_text("暂时连不上服务")
    expect(failed).to_be_visible()
    expect(page.locator(".LineState")).to_have_text("连不上服务")
    with page.expect_response("**/api/config"):
        page.get_by_role("button", name="再试一次").click()
    expect(failed).to_be_visible()
    stand_in.fail.clear()
    expect(page.get_by_role("heading", name="大家常问")).to_be_visible(timeout=PATIENCE * 1000)
    expect(page.locator(".LineState")).to_have_attribute("data-tone", "fine")
