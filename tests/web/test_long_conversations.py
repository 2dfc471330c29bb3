"""A conversation of hundreds of messages: the newest are drawn, the rest on demand, everything is taken away."""

from __future__ import annotations

import pytest
from conftest import Watched, full_page
from playwright.sync_api import expect
from stand_in import StandIn

pytestmark = pytest.mark.browser
PAIRS = 250
QUESTION = "审核要多久"


def test_what_is_drawn_is_bounded(watched: Watched, stand_in: StandIn) -> None:
    token = stand_in.open_session()
    answer = stand_in.reply(QUESTION)
    assert answer is not None
    for number in range(PAIRS):
        stand_in.talk.add("user", f"第 {number} 问", client_id=f"c{number}")
        stand_in.talk.add("bot", **answer)
    context = watched.context(accept_downloads=True)
    context.add_init_script(f"try {{ localStorage.setItem('beian.session', '{token}') }} catch {{ }}")
    page = context.new_page()
    page.goto(f"{stand_in.url}/chat")
    chat = full_page(page)
    expect(chat.log.get_by_text(f"第 {PAIRS - 1} 问")).to_be_visible()
    rows = page.locator(".Row")
    expect(rows).to_have_count(200)
    # However much is said from here on, no more is drawn than a step above that.
    for number in range(120):
        stand_in.talk.add("agent", f"第 {number} 句")
    expect(chat.log.get_by_text("第 119 句")).to_be_attached()
    assert rows.count() <= 300
    earlier = chat.log.get_by_role("button", name="更早的")
    before = rows.count()
    earlier.click()
    expect(rows).to_have_count(before + 200)
    # The rest is there all the same.
    chat.button("更多").click()
    with page.expect_download() as download:
        chat.root.get_by_role("menuitem", name="下载对话（.txt）").click()
    assert "第 0 问" in download.value.path().read_text(encoding="utf-8-sig")
