"""The keyboard: input methods, keys, and where the focus goes."""

from __future__ import annotations

import pytest
from conftest import Watched, Widget, embedded
from playwright.sync_api import expect
from stand_in import StandIn

pytestmark = pytest.mark.browser

# What browsers send when Enter takes over what an input method has composed.
CHROME_ORDER = """(area) => {
  area.focus();
  area.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
  area.textContent = 'shen he';
  area.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
  area.dispatchEvent(
    new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true}));
  area.textContent = '审核';
  area.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
  area.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: '审核'}));
}"""
SAFARI_ORDER = """(area) => {
  area.focus();
  area.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
  area.textContent = '审核';
  area.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
  area.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: '审核'}));
  area.dispatchEvent(
    new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, isComposing: false, bubbles: true}));
}"""


@pytest.mark.parametrize("order", [CHROME_ORDER, SAFARI_ORDER], ids=["chrome", "safari"])
def test_enter_does_not_send_while_composing(chat: Widget, order: str) -> None:
    chat.input.evaluate(order)
    expect(chat.input).to_have_text("审核")
    expect(chat.questions).to_have_count(0)
    chat.input.press("Enter")
    chat.answer(0)
    assert chat.texts() == ["审核"]


def test_suggestions_are_closed_while_composing(chat: Widget) -> None:
    chat.input.click()
    devtools = chat.page.context.new_cdp_session(chat.page)
    devtools.send("Input.imeSetComposition", {"text": "审核要", "selectionStart": 3, "selectionEnd": 3})
    expect(chat.input).to_have_text("审核要")
    expect(chat.root.get_by_role("option")).to_have_count(0)
    devtools.send("Input.insertText", {"text": "审核要"})
    expect(chat.root.get_by_role("option").first).to_be_visible()
    expect(chat.questions).to_have_count(0)


def test_escape_while_composing_does_not_close(watched: Watched, stand_in: StandIn) -> None:
    widget = embedded(watched.page(stand_in.url))
    widget.input.click()
    widget.input.evaluate(
        """(area) => area.dispatchEvent(
          new KeyboardEvent('keydown', {key: 'Escape', keyCode: 229, isComposing: true, bubbles: true}))"""
    )
    expect(widget.input).to_be_visible()
    widget.input.press("Escape")
    expect(widget.input).to_be_hidden()


def test_shift_enter_is_a_new_line_and_the_box_grows(chat: Widget) -> None:
    chat.input.press_sequentially("第一行")
    low = chat.input.bounding_box()
    chat.input.press("Shift+Enter")
    chat.input.press_sequentially("第二行")
    expect(chat.input).to_have_text("第一行\n第二行", use_inner_text=True)
    high = chat.input.bounding_box()
    assert low is not None
    assert high is not None
    assert high["height"] > low["height"]
    chat.input.press("Enter")
    chat.answer(0)
    assert chat.texts() == ["第一行\n第二行"]


def test_nothing_empty_and_nothing_too_long_is_sent(chat: Widget, stand_in: StandIn) -> None:
    chat.input.fill("  \n ")
    chat.input.press("Enter")
    expect(chat.button("发送")).to_be_disabled()
    chat.input.fill("备" * 1900)
    expect(chat.root.get_by_text("还可输入 100 字")).to_be_visible()
    chat.input.fill("备" * 2001)
    expect(chat.root.get_by_text("超出 1 字")).to_be_visible()
    expect(chat.button("发送")).to_be_disabled()
    chat.input.press("Enter")
    expect(chat.questions).to_have_count(0)
    assert not stand_in.talks


def test_everything_by_keyboard(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(stand_in.url)
    widget = embedded(page, opened=False)
    launcher = widget.root.get_by_role("button", name="打开备案变更助手")
    launcher.wait_for()

    def tab_to(target: str, key: str = "Tab", most: int = 40) -> None:
        for _ in range(most):
            page.keyboard.press(key)
            here = widget.root.locator(":focus")
            if here.count() and target in (here.get_attribute("aria-label") or here.inner_text()):
                return
        raise AssertionError(f"no way to {target} by {key}")

    page.get_by_role("link", name="如何处理").focus()
    tab_to("打开备案变更助手")
    page.keyboard.press("Enter")
    expect(widget.input).to_be_focused()
    tab_to("备案变更要哪些材料", "Shift+Tab")
    page.keyboard.press("Enter")
    widget.answer(0)
    expect(widget.input).to_be_focused()
    widget.ask("企业改主体信息要哪些材料")
    tab_to("没帮助", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to("过时")
    page.keyboard.press("Enter")
    expect(widget.root.locator(":focus")).to_have_attribute("aria-label", "没帮助")
    tab_to("出处", "Shift+Tab")
    page.keyboard.press("Space")
    expect(widget.root.locator(".Source-title")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if widget.root.locator(":focus").get_attribute("type") == "checkbox":
            break
    page.keyboard.press("Space")
    expect(widget.root.get_by_role("checkbox").last).to_be_checked()
    tab_to("更多", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(widget.root.get_by_role("menuitem", name="转人工")).to_be_focused()
    tab_to("大字", "ArrowDown")
    page.keyboard.press("Enter")
    expect(widget.root.get_by_role("menuitemcheckbox", name="大字")).to_be_checked()
    page.keyboard.press("Escape")
    expect(widget.button("更多")).to_be_focused()
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()


def test_focus_does_not_raise_the_keyboard_of_a_phone(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(stand_in.url, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    widget = embedded(page)
    widget.input.wait_for()
    expect(widget.input).not_to_be_focused()


def test_log_is_polite_and_names_its_authors(chat: Widget) -> None:
    expect(chat.log).to_have_attribute("aria-live", "polite")
    chat.ask("审核要多久")
    assert chat.log.locator("[role=alert]").count() == 0
    expect(chat.questions.first).to_contain_text("您说：")
    expect(chat.answers.first).to_contain_text("助手说：")
    expect(chat.root.locator("html")).to_have_attribute("lang", "zh-CN")
