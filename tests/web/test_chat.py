"""What customers do in the widget, in a real browser."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from conftest import Watched, Widget, embedded, full_page
from made_up_document import DOCUMENT
from playwright.sync_api import expect
from stand_in import StandIn

from beian.calendar.deadline_text import span_text
from beian.calendar.deadlines import SUBMIT
from beian.calendar.span import Span
from beian.names.check import check_name
from beian.names.name_text import names_text
from beian.original import originals_of

pytestmark = pytest.mark.browser
MATERIALS = "企业改主体信息要哪些材料"
STEPS = "备案变更的完整流程是什么"


def test_golden_path(chat: Widget, stand_in: StandIn) -> None:
    expect(chat.root.get_by_text(stand_in.kb.phrase("smalltalk", "greet"))).to_be_visible()
    starter = stand_in.kb.starters[0]
    chat.button(stand_in.kb.title_of(starter)).click()
    first = chat.answer(0)
    assert chat.texts() == [stand_in.kb.question_of(starter)]
    for entry in stand_in.kb.facts[starter].items:
        expect(first).to_contain_text(entry)
    following = stand_in.kb.question_of(stand_in.kb.facts[starter].next[0])
    chat.button(following).click()
    expect(chat.answers).to_have_count(2)
    # The choices of an older answer are gone: they would no longer fit.
    expect(first.locator(".Choices")).to_have_count(0)


def test_source_opens_in_place_and_stays_after_reload(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    fact = stand_in.kb.facts["materials.subject_info.enterprise"]
    source = answer.get_by_role("button", name="出处")
    expect(source).to_have_attribute("aria-expanded", "false")
    expect(source).to_contain_text(fact.section[-1])
    source.click()
    opened = answer.locator(".Source-text")
    expect(opened).to_contain_text("依据流程文档整理")
    expect(opened).not_to_contain_text("原文")
    expect(opened).to_contain_text(fact.items[-1])
    source.click()
    expect(opened).to_be_hidden()
    chat.page.reload()
    expect(chat.answers.first.get_by_role("button", name="出处")).to_contain_text(fact.section[-1])


def test_a_source_shows_the_document_itself_where_it_is_given(chat: Widget, stand_in: StandIn) -> None:
    stand_in.originals = originals_of(DOCUMENT, stand_in.kb)
    answer = chat.ask(stand_in.kb.question_of("notice.authenticity"))
    expect(answer.locator(".Source-layer")).to_have_text("依据流程文档整理：")
    answer.get_by_role("button", name="出处").click()
    opened = answer.get_by_role("group", name="流程文档原文")
    expect(opened).to_contain_text("请勿轻信代办。")
    expect(opened.locator("mark")).to_have_text("材料都必须真实有效,伪造材料会导致备案被注销。")


def test_source_that_can_not_be_opened_can_be_tried_again(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    stand_in.fail["/api/facts/materials.subject_info.enterprise"] = (503, 1)
    answer.get_by_role("button", name="出处").click()
    expect(answer).to_contain_text("出处没能打开")
    answer.get_by_role("button", name="再试一次").click()
    expect(answer.locator(".Source-title")).to_be_visible()


def test_checklist(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    items = stand_in.kb.facts["materials.subject_info.enterprise"].items
    boxes = answer.get_by_role("checkbox")
    # Shown once: the card takes the list's place, each entry with what it says in brackets below it.
    names = [re.sub(r"（(.+)）$", r" \1", item) for item in items]
    for name, box in zip(names, boxes.all(), strict=True):
        expect(box).to_have_accessible_name(name)
    assert answer.inner_text().count("营业执照") == 1
    boxes.nth(0).check()
    boxes.nth(2).check()
    expect(answer.get_by_text("已备齐 2 项，共 4 项")).to_have_count(1)
    boxes.nth(2).uncheck()
    chat.page.wait_for_function("() => localStorage.getItem('beian.ticks') === null")
    assert stand_in.talk.messages[1]["ticked"] == [0]
    chat.page.reload()
    boxes = chat.answers.first.get_by_role("checkbox")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(2)).not_to_be_checked()


def test_ticks_made_offline_reach_the_server(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    stand_in.fail["/api/ticks"] = (503, 1)
    answer.get_by_role("checkbox").first.check()
    chat.page.reload()
    expect(chat.answers.first.get_by_role("checkbox").first).to_be_checked()
    chat.page.wait_for_function("() => localStorage.getItem('beian.ticks') === null")
    assert stand_in.talk.messages[1]["ticked"] == [0]


def test_checklist_is_copied_downloaded_and_printed(watched: Watched, stand_in: StandIn) -> None:
    stand_in.script = lambda text: with_dates(stand_in)
    context = watched.context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script(
        "window.print = () => { window.printed = document.querySelector('.PrintSheet').innerText; }"
    )
    page.goto(f"{stand_in.url}/chat")
    chat = full_page(page)
    answer = chat.ask(MATERIALS)
    items = stand_in.kb.facts["materials.subject_info.enterprise"].items
    answer.get_by_role("checkbox").nth(1).check()
    answer.get_by_role("button", name="复制清单").click()
    expect(page.get_by_text("清单已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"☑ {items[1]}" in copied
    assert f"☐ {items[0]}" in copied
    assert "依据流程文档整理：备案变更操作流程" in copied
    for name, ending in (("下载清单（.txt）", ".txt"), ("下载日历文件（.ics）", ".ics")):
        with page.expect_download() as download:
            answer.get_by_role("button", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
    answer.get_by_role("button", name="打印清单").click()
    page.wait_for_function("() => window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".PrintSheet")).to_be_visible()
    expect(page.locator(".Panel")).to_be_hidden()


def with_dates(stand_in: StandIn) -> dict[str, Any]:
    said = stand_in.script
    stand_in.script = lambda text: None
    message = stand_in.reply(MATERIALS)
    stand_in.script = said
    assert message is not None
    message["custom"]["deadlines"] = [{"date": "2030-12-10", "title": "提交变更申请"}]
    return message


def test_steps(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(STEPS)
    steps = answer.locator(".Step")
    expect(steps).to_have_count(5)
    expect(steps.first).to_contain_text("登录备案系统")
    assert answer.inner_text().count("登录备案系统") == 1


def test_checklist_over_several_lists(chat: Widget, stand_in: StandIn) -> None:
    text = (
        "您的清单：\n\n【材料】\n准备：\n· 甲\n· 乙\n\n【流程】\n一共 1 步：\n1. 丙\n\n【时限】\n30日内提交。"
    )
    card = {"type": "checklist", "title": "您的清单：", "items": ["甲", "乙", "丙"]}
    stand_in.script = lambda asked: {"text": text, "custom": {"status": "answered", "card": card}}
    answer = chat.ask("给我一份清单")
    expect(answer.get_by_role("heading")).to_have_text(["您的清单", "材料", "流程", "时限"])
    answer.get_by_label("丙").check()
    chat.page.wait_for_function("() => localStorage.getItem('beian.ticks') === null")
    assert stand_in.talk.messages[1]["ticked"] == [2]


def test_deadline(chat: Widget, stand_in: StandIn) -> None:
    found = span_text(SUBMIT, Span(date(2030, 12, 1), date(2030, 12, 1)), date(2030, 12, 5), stand_in.kb)
    dates = [{"date": "2030-12-31", "title": "提交期限"}]
    custom = {"status": "answered", "card": found.card, "deadlines": dates}
    stand_in.script = lambda text: {"text": found.text, "custom": custom}
    answer = chat.ask("最晚哪天")
    expect(answer.get_by_text("2030 年 12 月 31 日")).to_be_visible()
    expect(answer).to_contain_text(re.compile(r"还有 \d+ 天"))
    # As of the day of the answer; the card counts anew.
    assert found.card["items"][-1] not in answer.inner_text()
    with chat.page.expect_download() as download:
        answer.get_by_role("button", name="下载日历文件（.ics）").click()
    assert download.value.suggested_filename == "最晚提交.ics"


def test_verdict(chat: Widget, stand_in: StandIn) -> None:
    found = names_text([check_name(name, stand_in.kb) for name in ("中国云岸", "绿叶书屋")], stand_in.kb)
    stand_in.script = lambda text: {"text": found.text, "custom": {"status": "answered", "card": found.card}}
    answer = chat.ask("叫中国云岸行吗")
    expect(answer.locator(".Verdicts [data-tone=no]")).to_contain_text("中国云岸")
    expect(answer.locator(".Verdicts [data-tone=ok]")).to_contain_text("绿叶书屋")
    assert answer.inner_text().count("绿叶书屋") == 1


def clarifying(text: str) -> dict[str, Any] | None:
    titles = ["企业", "个人"]
    if text in titles:
        return None
    card = {"type": "choices", "title": "备案主体是企业还是个人？", "items": titles}
    buttons = [{"title": title, "payload": title} for title in titles]
    custom = {"status": "clarify", "card": card}
    return {"text": "备案主体是企业还是个人？\n1. 企业\n2. 个人", "buttons": buttons, "custom": custom}


def test_choices_by_button_and_by_typing(chat: Widget, stand_in: StandIn) -> None:
    stand_in.script = clarifying
    answer = chat.ask("改备案要什么材料")
    assert "1. 企业" not in answer.locator(".Bubble").inner_text()
    chat.button("个人").click()
    expect(chat.answers).to_have_count(2)
    chat.ask("还是材料")
    chat.ask("企业")
    assert chat.texts() == ["改备案要什么材料", "个人", "还是材料", "企业"]


def test_no_answer_is_honest_and_offers_what_is_near(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask("变更备案要花多少钱")
    expect(answer.get_by_text("文档未说明")).to_be_visible()
    expect(answer.get_by_role("group", name="文档里相近的内容").get_by_role("button")).to_have_count(2)
    # Said once, as buttons; where those have gone, in the text.
    expect(answer.get_by_text("文档里相近的内容")).to_have_count(1)
    expect(answer.get_by_role("link", name="951-880-2299")).to_have_attribute("href", "tel:9518802299")
    chat.ask("审核要多久")
    expect(answer.get_by_text("文档里相近的内容：")).to_have_count(1)


def test_feedback_with_a_reason_is_kept(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    answer.get_by_role("button", name="没帮助", exact=True).click()
    answer.get_by_role("button", name="不完整").click()
    expect(chat.root.get_by_text("原因已记下")).to_be_visible()
    assert stand_in.talk.messages[1]["feedback"] == {"value": "down", "reason": "不完整"}
    chat.page.reload()
    down = chat.answers.first.get_by_role("button", name="没帮助", exact=True)
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(chat.answers.first.get_by_role("button", name="不完整")).to_be_visible()
    down.click()
    expect(down).to_have_attribute("aria-pressed", "false")
    assert stand_in.talk.messages[1]["feedback"]["value"] is None


def test_feedback_in_own_words(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    answer.get_by_role("button", name="没帮助", exact=True).click()
    answer.get_by_label("其他原因").fill("没说要不要盖章")
    answer.get_by_label("其他原因").press("Enter")
    expect(answer.get_by_role("button", name="没说要不要盖章")).to_be_visible()
    assert stand_in.talk.messages[1]["feedback"] == {"value": "down", "reason": "没说要不要盖章"}


def test_feedback_that_the_server_refuses_says_so(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    stand_in.fail["/api/feedback"] = (404, 1)
    answer.get_by_role("button", name="有帮助", exact=True).click()
    expect(chat.root.get_by_text("评价没能保存")).to_be_visible()
    expect(answer.get_by_role("button", name="有帮助", exact=True)).to_have_attribute("aria-pressed", "false")


def test_feedback_given_offline_is_kept_and_sent(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    useful = answer.get_by_role("button", name="有帮助", exact=True)
    chat.page.context.set_offline(True)
    useful.click()
    expect(chat.root.get_by_text("评价已记下，连上之后送出")).to_be_visible()
    expect(useful).to_have_attribute("aria-pressed", "true")
    assert stand_in.talk.messages[1].get("feedback") is None
    chat.page.context.set_offline(False)
    chat.page.wait_for_function("() => localStorage.getItem('beian.ratings') === null")
    assert stand_in.talk.messages[1]["feedback"]["value"] == "up"


def test_feedback_outlives_a_reload_before_the_server_has_it(chat: Widget, stand_in: StandIn) -> None:
    answer = chat.ask(MATERIALS)
    stand_in.fail["/api/feedback"] = (503, 1)
    answer.get_by_role("button", name="有帮助", exact=True).click()
    expect(chat.root.get_by_text("评价已记下，连上之后送出")).to_be_visible()
    chat.page.reload()
    useful = chat.answers.first.get_by_role("button", name="有帮助", exact=True)
    expect(useful).to_have_attribute("aria-pressed", "true")
    chat.page.wait_for_function("() => localStorage.getItem('beian.ratings') === null")
    assert stand_in.talk.messages[1]["feedback"]["value"] == "up"


def test_person(chat: Widget, stand_in: StandIn) -> None:
    summary = "情况：企业 · 主体信息变更"
    custom = {"status": "handoff", "summary": summary}
    stand_in.script = lambda text: (
        {"text": "可以直接联系客服。", "custom": custom} if text == "转人工" else None
    )
    chat.button("更多").click()
    chat.root.get_by_role("menuitem", name="转人工").click()
    answer = chat.answer(0)
    expect(answer.get_by_text(summary)).to_be_visible()
    expect(answer.get_by_role("link", name="拨打")).to_have_attribute("href", "tel:9518802299")
    stand_in.set_mode("waiting")
    expect(chat.root.get_by_text("正在等人工客服接手")).to_be_visible()
    expect(chat.root.get_by_text("起有")).to_have_count(0)
    stand_in.set_mode("human")
    banner = chat.root.get_by_role("group", name="人工客服")
    expect(banner).to_contain_text("人工客服正在为您服务")
    # Whoever takes over is named, where there is a name for customers, before a word is written.
    stand_in.talk.add("system", "人工客服已接入。", custom={"by": "小云"})
    expect(banner).to_contain_text("客服 小云正在为您服务")
    chat.input.fill("在吗")
    chat.input.press("Enter")
    stand_in.talk.add("agent", "您好，我是客服小云", custom={"by": "小云"})
    expect(chat.log.locator(".Row.agent .Author").last).to_have_text("客服 小云")
    stand_in.talk.add("system", "人工客服已接入。", custom={"by": None})
    expect(banner).to_contain_text("人工客服正在为您服务")
    expect(chat.log.get_by_text("您好，我是客服小云")).to_be_visible()
    # A person writes when a person writes: no dots on the assistant's account.
    expect(chat.root.locator("[data-typing]")).to_have_count(0)
    stand_in.set_mode("closed")
    chat.root.get_by_role("group", name="服务评价").get_by_role("button", name="解决了").click()
    expect(chat.root.get_by_role("group", name="服务评价")).to_have_count(0)
    assert stand_in.satisfaction == [1]
    # Once there is an answer, handing back asks no more.
    stand_in.set_mode("human")
    stand_in.set_mode("bot")
    chat.page.reload()
    expect(chat.log.get_by_text("您好，我是客服小云")).to_be_visible()
    expect(chat.root.get_by_role("group", name="服务评价")).to_have_count(0)


def test_a_person_handed_back_asks_once_and_the_next_question_ends_it(
    chat: Widget, stand_in: StandIn
) -> None:
    chat.ask("审核要多久")
    stand_in.set_mode("human")
    stand_in.talk.add("agent", "您好，我是客服小云")
    expect(chat.log.get_by_text("您好，我是客服小云")).to_be_visible()
    stand_in.set_mode("bot")
    asked = chat.root.get_by_role("group", name="服务评价")
    expect(asked).to_be_visible()
    chat.ask("被驳回了怎么办")
    expect(asked).to_have_count(0)
    chat.page.reload()
    expect(chat.log.get_by_text("您好，我是客服小云")).to_be_visible()
    expect(asked).to_have_count(0)
    assert stand_in.satisfaction == []


def test_who_waits_reads_whether_anybody_is_there(chat: Widget, stand_in: StandIn) -> None:
    stand_in.staffing = {"open": False, "hours": "工作日", "next": "11月30日（周一）09:00", "here": False}
    chat.ask("审核要多久")
    stand_in.set_mode("waiting")
    banner = chat.root.get_by_role("group", name="人工客服")
    expect(banner).to_contain_text("现在没有客服在，11月30日（周一）09:00 起有")
    stand_in.staffing = {"open": True, "hours": "工作日", "next": None, "here": False}
    stand_in.set_mode("bot")
    stand_in.set_mode("waiting")
    expect(banner).to_contain_text("客服暂时都不在")
    banner.get_by_role("button", name="留言").click()
    expect(chat.input).to_have_text("留言：")


def test_who_waits_reads_the_place_in_the_queue_and_the_usual_wait(chat: Widget, stand_in: StandIn) -> None:
    stand_in.queue = {"ahead": 2, "wait": 290}
    chat.ask("审核要多久")
    stand_in.set_mode("waiting")
    banner = chat.root.get_by_role("group", name="人工客服")
    expect(banner).to_contain_text("前面还有 2 位，近来一般等 5 分钟")
    expect(banner.get_by_role("button", name="留言")).to_have_count(0)
    # Nothing is made up where nothing is known.
    stand_in.queue = {"ahead": 0, "wait": None}
    stand_in.set_mode("bot")
    stand_in.set_mode("waiting")
    expect(banner).to_contain_text("正在等人工客服接手，急事可拨")


def test_new_start_keeps_history_and_offers_starters(chat: Widget, stand_in: StandIn) -> None:
    chat.ask(MATERIALS)
    chat.button("更多").click()
    chat.root.get_by_role("menuitem", name="重新开始").click()
    expect(chat.log.get_by_text(stand_in.kb.phrase("dialogue", "restart"))).to_be_visible()
    expect(chat.answers).to_have_count(1)
    expect(chat.root.get_by_role("group", name="大家常问").get_by_role("button")).to_have_count(
        len(stand_in.kb.starters)
    )


def test_typeahead(chat: Widget, stand_in: StandIn) -> None:
    chat.input.click()
    chat.input.press_sequentially("审核要")
    options = chat.root.get_by_role("option")
    expect(options.first).to_have_text("审核要多久")
    expect(chat.input).to_have_attribute("aria-expanded", "true")
    chat.input.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(chat.input).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "none")
    chat.input.press("Enter")
    chat.answer(0)
    assert chat.texts() == ["审核要多久"]
    chat.input.press_sequentially("审核要")
    expect(options.first).to_be_visible()
    chat.input.press("Escape")
    expect(options).to_have_count(0)
    expect(chat.input).to_have_attribute("aria-expanded", "false")
    expect(chat.input).to_have_text("审核要")
    # Enter without a choice sends what was typed.
    chat.input.press("Enter")
    chat.answer(1)
    assert chat.texts() == ["审核要多久", "审核要"]


def test_typing_indicator(chat: Widget, stand_in: StandIn) -> None:
    stand_in.delay = 0.6
    chat.input.fill(MATERIALS)
    chat.input.press("Enter")
    expect(chat.root.locator("[data-typing]")).to_be_visible()
    expect(chat.root.locator(".LineState")).to_have_text("正在输入…")
    chat.answer(0)
    expect(chat.root.locator("[data-typing]")).to_have_count(0)


def test_answer_that_never_comes_can_be_asked_for_again(chat: Widget, stand_in: StandIn) -> None:
    chat.page.clock.install()
    stand_in.script = lambda text: {}
    chat.input.fill(MATERIALS)
    chat.input.press("Enter")
    expect(chat.questions).to_have_count(1)
    expect(chat.root.locator(".outgoing")).to_have_count(0)
    chat.page.clock.run_for(50_000)
    expect(chat.root.get_by_text("没有等到回答")).to_be_visible()
    stand_in.script = lambda text: None
    chat.button("再问一次").click()
    chat.answer(0)


def test_long_answer_is_read_from_its_beginning(chat: Widget, stand_in: StandIn) -> None:
    text = "开头的一句。\n" + "\n".join(
        f"{n}. 第 {n} 项说明，写得比较长，要占去一整行还多的地方" for n in range(1, 60)
    )
    stand_in.script = lambda asked: {"text": text, "custom": {"status": "answered"}}
    chat.ask("一个问题")
    expect(chat.root.get_by_text("开头的一句。")).to_be_in_viewport()


def test_message_below_is_announced_when_reading_above(chat: Widget, stand_in: StandIn) -> None:
    for _ in range(4):
        chat.ask(STEPS)
    chat.log.evaluate("(log) => new Promise((done) => { log.onscroll = done; log.scrollTo(0, 0); })")
    stand_in.talk.add("bot", "一条新消息的内容", custom={"status": "smalltalk"})
    chat.button("1 条新消息").click()
    expect(chat.root.get_by_text("一条新消息的内容")).to_be_in_viewport()


def test_unread_badge_and_title(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(stand_in.url)
    title = page.title()
    widget = embedded(page)
    widget.ask(MATERIALS)
    widget.button("关闭").click()
    launcher = widget.root.get_by_role("button", name="打开备案变更助手")
    expect(launcher).to_be_focused()
    stand_in.talk.add("agent", "补充一句")
    expect(launcher).to_have_accessible_name("打开备案变更助手，1 条未读消息")
    page.wait_for_function("(title) => document.title === title", arg=f"(1) {title}")
    launcher.click()
    expect(widget.log.get_by_text("补充一句")).to_be_visible()
    page.wait_for_function("(title) => document.title === title", arg=title)


def test_links_of_the_host_page_open_it_and_ask(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(stand_in.url)
    widget = embedded(page, opened=False)
    widget.root.get_by_role("button", name="打开备案变更助手").wait_for()
    page.get_by_role("link", name="审核多久").click()
    widget.answer(0)
    assert widget.texts() == ["管局审核要多久"]
    assert page.url == f"{stand_in.url}/"


def test_stays_open_on_the_next_page_and_can_be_enlarged(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(stand_in.url)
    widget = embedded(page)
    widget.ask(MATERIALS)
    narrow = page.locator("iframe").bounding_box()
    widget.button("放大窗口").click()
    expect(widget.button("缩小窗口")).to_be_visible()
    page.wait_for_function(
        "(width) => document.querySelector('iframe').offsetWidth > width", arg=narrow["width"]
    )
    page.reload()
    expect(widget.answers).to_have_count(1)
    expect(widget.input).to_be_visible()


def test_full_screen_on_a_phone(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(stand_in.url, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    widget = embedded(page)
    widget.ask(MATERIALS)
    box = page.locator("iframe").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 780)
    expect(widget.button("放大窗口")).to_have_count(0)


def test_theme_and_large_print_are_kept(chat: Widget) -> None:
    chat.button("更多").click()
    chat.root.get_by_role("menuitemradio", name="深色").click()
    chat.root.get_by_role("menuitemcheckbox", name="大字").click()
    chat.page.keyboard.press("Escape")
    expect(chat.button("更多")).to_be_focused()
    panel, whole = chat.root.locator(".Panel"), chat.root.locator("html")
    expect(panel).to_have_css("background-color", "rgb(18, 23, 34)")
    expect(whole).to_have_css("font-size", "20px")
    chat.page.reload()
    chat.input.wait_for()
    expect(panel).to_have_css("background-color", "rgb(18, 23, 34)")
    expect(whole).to_have_css("font-size", "20px")


def test_tag_sets_colour_title_greeting_avatar_and_side(watched: Watched, stand_in: StandIn) -> None:
    tag = (
        '<script src="/embed.js" data-title="备案小助" data-greeting="欢迎咨询" data-avatar="备" '
        'data-color="#ffcc00" data-radius="2" data-position="left" data-theme="dark"></script>'
    )
    stand_in.extra_pages["/themed"] = (f"<!doctype html><title>t</title><body>{tag}", {})
    page = watched.page(f"{stand_in.url}/themed")
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="打开备案小助").click()
    expect(frame.get_by_role("heading", name="备案小助")).to_be_visible()
    expect(frame.get_by_text("欢迎咨询")).to_be_visible()
    expect(frame.locator(".Mark").first).to_have_text("备")
    assert page.locator("iframe").bounding_box()["x"] < 100
    # A light yellow is darkened until white can be read on it.
    mark = frame.locator(".Mark").first
    red, green, blue = map(
        int, re.findall(r"\d+", mark.evaluate("(e) => getComputedStyle(e).backgroundColor"))[:3]
    )
    assert red > green > blue
    assert red < 170
    assert mark.evaluate("(e) => getComputedStyle(e).borderRadius") == "2px"
