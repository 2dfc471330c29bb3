"""Calling the agent: a sound and a notification for who wants them, and everybody who waits is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import RealServer, Watched
from desk_page import Customer, Desk, desk
from playwright.sync_api import Page, expect

from beian.store.conversations import ConversationStore
from beian.store.records import Draft

pytestmark = [pytest.mark.browser, pytest.mark.server]
# A browser that allows notifications, and somebody who looks elsewhere; of each tone, how its sound was.
ELSEWHERE = """
if (location.pathname === '/desk') {
  window.tones = [];
  window.notes = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) {
    tones.push(this.context.state);
    return start.apply(this, at);
  };
  document.hasFocus = () => false;
  window.Notification = class {
    static permission = localStorage.getItem('allowed') ?? 'default';
    static async requestPermission() {
      localStorage.setItem('allowed', 'granted');
      return (Notification.permission = 'granted');
    }
    constructor(title, { body }) { notes.push(`${title}：${body}`); }
    close() {}
  };
}
"""
PHONE = """
if (location.pathname === '/desk') {
  Notification = class extends Notification { constructor() { throw TypeError('Illegal constructor'); } };
}
"""


def told(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("[tones, notes]")
    return found


def waits(agent: Desk, server: RealServer) -> str:
    """A customer who wants a person, once the desk shows it; the end of its name."""
    customer = Customer(server)
    customer.ask("转人工")
    expect(agent.row(customer.id)).to_be_visible()
    return re.sub("[^A-Za-z0-9]", "", customer.id)[-4:].upper()


def test_a_sound_and_a_notification_for_who_wants_them(watched: Watched, desk_server: RealServer) -> None:
    context = watched.context()
    context.add_init_script(ELSEWHERE)
    page = context.new_page()
    page.goto(f"{desk_server.url}/desk")
    agent = Desk(page, "qiao").ready()
    waits(agent, desk_server)
    assert told(page) == [[], []]
    page.get_by_role("button", name="qiao").click()
    page.get_by_label("响一声").check()
    page.wait_for_function("() => tones.length === 1")
    page.get_by_label("桌面通知").check()
    page.wait_for_function("() => notes.length === 1")
    page.keyboard.press("Escape")
    name = waits(agent, desk_server)
    page.wait_for_function("() => notes.length === 2")
    page.wait_for_function("() => tones.length === 2")
    # No words of the customer's; and only what can be heard was played.
    assert told(page) == [
        ["running", "running"],
        ["通知已打开：有人等您时这样告诉您", f"访客 {name}：在等人工"],
    ]

    # The wishes are kept in this browser, and hold for a page that is opened again.
    page.reload()
    agent.ready()
    page.mouse.click(5, 5)
    waits(agent, desk_server)
    page.wait_for_function("() => tones.length === 1 && notes.length === 1")
    assert told(page)[0] == ["running"]


def test_where_a_page_shows_no_notification_the_agent_is_told(
    watched: Watched, desk_server: RealServer
) -> None:
    """As on phones: allowed, and yet none from a page."""
    context = watched.context()
    context.add_init_script(ELSEWHERE)
    context.add_init_script(PHONE)
    page = context.new_page()
    page.goto(f"{desk_server.url}/desk")
    agent = Desk(page, "qiao").ready()
    page.get_by_role("button", name="qiao").click()
    wish = page.get_by_label("桌面通知")
    wish.click()
    expect(agent.toast).to_contain_text("浏览器没有允许通知")
    expect(wish).not_to_be_checked()


@pytest.fixture
def crowd(desk_server: RealServer) -> Iterator[list[str]]:
    """More waiting customers than come in one page of the list."""
    names = [f"w-crowd{number:04d}" for number in range(70)]
    store = ConversationStore(desk_server.folder / "conversations.db")
    for name in names:
        store.append(name, Draft("user", f"{name} 要人工"))
        store.set_mode(name, "waiting", expect=["bot"])
    yield names
    for name in names:
        store.delete(name)
    store.close()


def test_who_waits_beyond_the_loaded_rows_is_counted(
    watched: Watched, desk_server: RealServer, crowd: list[str]
) -> None:
    agent = desk(watched, desk_server, "qiao")
    page = agent.page
    chip = page.get_by_role("group", name="看哪些会话").get_by_role("button", name="等待")
    expect(chip).to_contain_text(re.compile(r"\d"))
    waiting = int(re.sub(r"\D", "", chip.inner_text()))
    assert waiting >= len(crowd)
    expect(page).to_have_title(re.compile(rf"^\({waiting}\)"))
    expect(page.locator("nav .Badge")).to_contain_text(str(waiting))
    waits(agent, desk_server)
    expect(page).to_have_title(re.compile(rf"^\({waiting + 1}\)"))
