"""The widget with the real server behind it."""

from __future__ import annotations

import pytest
from conftest import RealServer, Watched, embedded, full_page
from playwright.sync_api import expect

from tests.patience import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.server]
MATERIALS = "公司改名了，要准备什么材料"


def test_golden_path(watched: Watched, real_server: RealServer) -> None:
    page = watched.page(real_server.url)
    widget = embedded(page)
    answer = widget.ask(MATERIALS)
    expect(answer.get_by_role("checkbox")).to_have_count(4)
    answer.get_by_role("checkbox").nth(1).check()
    answer.get_by_role("button", name="出处").first.click()
    expect(answer.locator(".Source-title")).to_be_visible()
    answer.get_by_role("button", name="没帮助", exact=True).click()
    answer.get_by_role("button", name="看不懂").click()
    expect(widget.root.get_by_text("原因已记下")).to_be_visible()
    with page.expect_download() as download:
        answer.get_by_role("button", name="下载清单（.txt）").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.count("☑") == 1
    assert text.count("☐") == 3
    widget.root.get_by_role("group", name="接着问").get_by_role("button").first.click()
    expect(widget.answers).to_have_count(2)
    widget.ask("那个人的呢")
    page.reload()
    expect(widget.answers).to_have_count(3)
    first = widget.answers.first
    expect(first.get_by_role("checkbox").nth(1)).to_be_checked()
    expect(first.get_by_role("button", name="看不懂")).to_be_visible()
    widget.button("更多").click()
    widget.root.get_by_role("menuitem", name="重新开始").click()
    expect(widget.root.get_by_role("group", name="大家常问")).to_be_visible()


def test_statuses_have_their_looks(watched: Watched, real_server: RealServer) -> None:
    chat = full_page(watched.page(f"{real_server.url}/chat"))
    expect(chat.ask("变更备案要花多少钱").get_by_text("文档未说明")).to_be_visible()
    expect(chat.ask("帮我写一首关于春天的诗").get_by_text("不在解答范围")).to_be_visible()
    expect(chat.ask("转人工").get_by_role("link", name="拨打")).to_be_visible()


def test_server_killed_in_mid_answer(watched: Watched, real_server: RealServer) -> None:
    chat = full_page(watched.page(f"{real_server.url}/chat"))
    chat.ask("审核要多久")
    chat.input.fill(MATERIALS)
    with chat.page.expect_response("**/api/messages"):
        chat.input.press("Enter")
    real_server.kill()
    expect(chat.root.locator(".Banner")).to_be_visible()
    chat.input.fill("被驳回了怎么办")
    chat.input.press("Enter")
    real_server.start()
    expect(chat.answers).to_have_count(3, timeout=PATIENCE * 1000)
    expect(chat.root.locator(".outgoing")).to_have_count(0)
    assert chat.texts() == ["审核要多久", MATERIALS, "被驳回了怎么办"]
    chat.page.reload()
    expect(chat.answers).to_have_count(3)
    assert chat.texts() == ["审核要多久", MATERIALS, "被驳回了怎么办"]
