"""What is taken away and what is left behind: paper, files, deletion, drafts; waiting for a person and ending it."""

from __future__ import annotations

import pytest
from conftest import Watched, Widget, full_page
from playwright.sync_api import expect
from stand_in import StandIn

pytestmark = pytest.mark.browser
QUESTION = "审核要多久"


def menu(chat: Widget, name: str) -> None:
    chat.button("更多").click()
    chat.root.get_by_role("menuitem", name=name, exact=True).click()


def test_the_conversation_is_taken_away_whole(watched: Watched, stand_in: StandIn) -> None:
    page = watched.context().new_page()
    page.add_init_script(
        "window.print = () => { window.printed = document.querySelector('.PrintSheet').innerText; }"
    )
    page.goto(f"{stand_in.url}/chat")
    chat = full_page(page)
    chat.ask(QUESTION)
    for name, ending in (("下载对话（.txt）", ".txt"), ("下载对话（.html）", ".html")):
        chat.button("更多").click()
        with page.expect_download() as download:
            chat.root.get_by_role("menuitem", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
        text = download.value.path().read_text(encoding="utf-8-sig")
        assert QUESTION in text
        assert "依据流程文档整理：备案变更操作流程" in text
    menu(chat, "打印对话")
    page.wait_for_function("() => window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".PrintSheet").get_by_text(QUESTION, exact=True)).to_be_visible()
    expect(
        page.locator(".PrintSheet").get_by_text("依据流程文档整理：备案变更操作流程").first
    ).to_be_visible()
    expect(page.locator(".Panel")).to_be_hidden()
    # By the browser's own menu: there is no sheet, and the log is printed without the buttons.
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".Log")).to_be_visible()
    expect(chat.input).to_be_hidden()


def test_a_printed_list_has_the_last_day_of_another_answer(watched: Watched, stand_in: StandIn) -> None:
    dates = [{"date": "2030-12-10", "title": "提交变更申请"}]
    stand_in.script = lambda text: (
        {"text": "12月10日以前。", "custom": {"status": "answered", "deadlines": dates}}
        if text == "最晚哪天交"
        else None
    )
    page = watched.context().new_page()
    page.add_init_script(
        "window.print = () => { window.printed = document.querySelector('.PrintSheet').innerText; }"
    )
    page.goto(f"{stand_in.url}/chat")
    chat = full_page(page)
    chat.ask("最晚哪天交")
    chat.ask("企业改主体信息要哪些材料").get_by_role("button", name="打印清单").click()
    page.wait_for_function("() => window.printed?.includes('提交变更申请：2030 年 12 月 10 日')")


def test_the_conversation_is_deleted_with_everything_kept_here(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(QUESTION)
    chat.input.fill("还没写完的话")
    chat.button("更多").click()
    chat.root.get_by_role("menuitem", name="删除对话").click()
    assert len(stand_in.talks) == 1
    chat.root.get_by_role("menuitem", name="确定删除").click()
    expect(chat.root.locator(".Welcome")).to_be_visible()
    assert stand_in.talks == {}
    assert chat.page.evaluate("Object.keys(localStorage).join()") == "beian.config"
    expect(chat.input).to_have_text("")
    chat.ask(QUESTION)
    assert len(stand_in.talks) == 1


def test_a_draft_outlives_a_reload_and_long_words_are_folded(chat: Widget, stand_in: StandIn) -> None:
    chat.input.fill("写了一半")
    kept = "Object.values({...localStorage, ...sessionStorage}).some((one) => one.includes('写了一半'))"
    chat.page.wait_for_function(kept)
    chat.page.reload()
    expect(chat.input).to_have_text("写了一半")
    chat.input.fill("很长的话" * 200)
    chat.input.press("Enter")
    chat.answer(0)
    own = chat.questions.locator(".Plain")
    folded = own.bounding_box()
    chat.button("展开全文").click()
    whole = own.bounding_box()
    assert folded and whole
    assert whole["height"] > 2 * folded["height"]
    chat.page.reload()
    chat.answer(0)
    expect(chat.input).to_have_text("")


def test_waiting_for_a_person_is_one_voice_and_can_be_cancelled(chat: Widget, stand_in: StandIn) -> None:
    stand_in.script = lambda text: (
        {"text": "可以直接联系客服。", "custom": {"status": "handoff"}} if text == "转人工" else None
    )
    menu(chat, "转人工")
    chat.answer(0)
    expect(chat.root.get_by_role("link", name="拨打")).to_be_visible()
    stand_in.set_mode("waiting")
    banner = chat.root.get_by_role("group", name="人工客服")
    expect(banner.get_by_role("link", name=stand_in.kb.phone)).to_be_visible()
    expect(chat.root.get_by_role("link", name="拨打")).to_have_count(0)
    banner.get_by_role("button", name="取消等候").click()
    expect(banner).to_have_count(0)
    assert stand_in.talk.mode == "bot"
    stand_in.set_mode("human")
    stand_in.talk.add("agent", "您好，我是客服")
    expect(chat.log.get_by_text("您好，我是客服")).to_be_visible()
    # Somebody is there: no telephone in between.
    expect(chat.root.get_by_role("link", name="拨打")).to_have_count(0)
    banner.get_by_role("button", name="结束").click()
    assert stand_in.talk.mode == "human"
    banner.get_by_role("button", name="确定结束").click()
    expect(chat.root.get_by_role("group", name="服务评价")).to_be_visible()
    assert stand_in.talk.mode == "closed"


@pytest.mark.parametrize("size", [(740, 170), (320, 200)])
def test_low_windows_leave_room_for_answers(
    watched: Watched, stand_in: StandIn, size: tuple[int, int]
) -> None:
    page = watched.page(f"{stand_in.url}/chat", viewport={"width": size[0], "height": size[1]})
    chat = full_page(page)
    answer = chat.ask(QUESTION).bounding_box()
    log = chat.log.bounding_box()
    assert log
    assert answer
    # Its first lines are in sight, whatever the question leaves of the room.
    assert answer["y"] + 48 <= log["y"] + log["height"]
    assert log["height"] >= size[1] * 0.45
    # What is written stands in the middle of its box.
    box, written = chat.root.locator(".Composer-box").bounding_box(), chat.input.bounding_box()
    assert box
    assert written
    assert abs(box["y"] + box["height"] / 2 - written["y"] - written["height"] / 2) <= 1
    stand_in.set_mode("waiting")
    cancel = chat.root.get_by_role("group", name="人工客服").get_by_role("button", name="取消等候")
    cancel.wait_for()
    log = chat.log.bounding_box()
    assert log
    assert log["height"] >= size[1] * 0.3
    cancel.click()
    expect(cancel).to_have_count(0)


def test_in_very_large_print_the_head_is_whole(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(f"{stand_in.url}/chat", viewport={"width": 390, "height": 780})
    chat = full_page(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    cut = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    assert chat.root.locator(".Header h1, .LineState").evaluate_all(cut) == []
