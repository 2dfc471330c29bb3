"""The interface in other languages: all of it, loaded when asked for; answers stay Chinese and say so."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, Watched, Widget
from playwright.sync_api import Page, expect
from stand_in import StandIn

pytestmark = pytest.mark.browser
WIDGET = ROOT / "web" / "src" / "widget"
HAN = re.compile(r"[\u3400-\u9fff]")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
DICTIONARIES = ("/static/en.js", "/static/zh-TW.js")
# What is drawn or told without being marked as Chinese. The customer's own words are in whatever they wrote.
CHINESE = """() => {
  const han = /\\p{Script=Han}/u;
  const theirs = '.user, .Composer-text, .PrintSheet';
  const chinese = (one) => one.closest('[lang]').lang === 'zh-CN' || one.closest(theirs);
  const found = [];
  for (const one of document.querySelectorAll('#widget *')) {
    if (chinese(one)) continue;
    for (const node of one.childNodes) if (node.nodeType === 3 && han.test(node.data)) found.push(node.data);
    for (const name of ['aria-label', 'title', 'placeholder', 'data-placeholder'])
      if (han.test(one.getAttribute(name) ?? '')) found.push(`${name}=${one.getAttribute(name)}`);
  }
  return found;
}"""


def host(stand_in: StandIn, attributes: str) -> str:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>某网站</title>'
    html = f'<!doctype html><html lang="zh-CN">{head}<body><script src="/embed.js" {attributes}></script>'
    stand_in.extra_pages["/host"] = (html, {"Content-Security-Policy": "default-src * 'unsafe-inline'"})
    return f"{stand_in.url}/host"


def english(page: Page) -> Widget:
    """The chat in English."""
    widget = Widget(page, page)
    widget.input = page.get_by_role("combobox", name="Your question")
    widget.log = page.get_by_role("log", name="Conversation")
    widget.input.wait_for()
    return widget


def test_nothing_is_loaded_for_the_language_of_answers(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, ""))
    expect(page.frame_locator("iframe").get_by_role("button", name="打开备案变更助手")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not {path for _, path in stand_in.requests} & set(DICTIONARIES)


@pytest.mark.parametrize(
    ("language", "opening", "placeholder", "quiet"),
    [
        ("en", "Open ICP Filing Assistant", "What changes in your filing?", "answers are in Chinese"),
        ("zh-TW", "開啟備案變更助手", "說說您的備案有什麼變化", "回答為簡體中文"),
    ],
)
def test_a_host_chooses_the_language(
    watched: Watched, stand_in: StandIn, language: str, opening: str, placeholder: str, quiet: str
) -> None:
    page = watched.page(host(stand_in, f'data-language="{language}"'))
    root = page.frame_locator("iframe")
    expect(page.locator("iframe")).to_have_attribute(
        "title", opening.removeprefix("Open ").removeprefix("開啟")
    )
    root.get_by_role("button", name=opening).click()
    expect(root.locator("html")).to_have_attribute("lang", language)
    expect(root.get_by_role("combobox")).to_have_attribute("data-placeholder", placeholder)
    expect(root.get_by_text(quiet)).to_have_count(1)
    expect(root.locator(".Greeting")).to_have_attribute("lang", "zh-CN")
    assert [path for _, path in stand_in.requests if path in DICTIONARIES] == [f"/static/{language}.js"]
    # And another one while it is there; what is no language is the one of the answers.
    page.evaluate("() => Beian.set({language: 'xx'})")
    expect(root.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(root.get_by_text(quiet)).to_have_count(0)
    expect(page.locator("iframe")).to_have_attribute("title", "备案变更助手")


def test_a_dictionary_that_does_not_come_leaves_the_interface_chinese(
    watched: Watched, stand_in: StandIn
) -> None:
    page = watched.context().new_page()
    page.route("**/static/en.js*", lambda route: route.abort())
    page.goto(f"{stand_in.url}/chat?lang=en")
    expect(page.get_by_role("combobox", name="输入问题")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_every_state_speaks_english(watched: Watched, stand_in: StandIn, axe: str) -> None:
    from test_states import scripted, sound

    stand_in.script = scripted(stand_in)
    # Colours are measured: nothing may be fading in.
    page = watched.page(f"{stand_in.url}/chat?lang=en", reduced_motion="reduce")
    chat = english(page)
    expect(page.get_by_role("heading", name="Often asked")).to_be_visible()
    found: dict[str, list[str]] = {}

    def look_at(state: str) -> None:
        found[state] = page.evaluate(CHINESE) + sound(chat, axe)

    look_at("welcome")
    answer = chat.ask("企业改主体信息要哪些材料")
    for box in answer.get_by_role("checkbox").all():
        box.check()
    answer.get_by_role("button", name="Source").click()
    answer.locator(".Source-title").wait_for()
    answer.get_by_role("button", name="Correct").click()
    answer.get_by_role("button", name="Not helpful").click()
    answer.get_by_label("Another reason").wait_for()
    look_at("answer")
    answer.get_by_role("button", name="Out of date").click()
    # What is kept of it is the same in every language.
    expect(answer.get_by_role("button", name="Out of date")).to_be_visible()
    assert stand_in.talk.messages[1]["feedback"]["reason"] == "过时"
    for text in (
        "变更备案要花多少钱",
        "要什么材料",
        "最晚哪天交",
        "叫中国云岸行吗",
        "今天天气",
        "出错",
        "转人工",
    ):
        chat.ask(text)
        look_at(text)
    expect(page.locator(".LineState")).to_contain_text("Deadline:")
    chat.button("More").click()
    look_at("menu")
    page.keyboard.press("Escape")
    chat.input.press_sequentially("审核要")
    page.get_by_role("option").first.wait_for()
    look_at("typeahead")
    chat.input.fill("")
    for mode in ("waiting", "human", "closed"):
        stand_in.set_mode(mode)
        name = "Rate the service" if mode == "closed" else "Support agent"
        page.get_by_role("group", name=name).wait_for()
        if mode == "human":
            stand_in.talk.add("agent", "您好，我是客服")
            chat.log.get_by_text("您好，我是客服").wait_for()
        look_at(mode)
    stand_in.set_mode("bot")
    page.context.set_offline(True)
    chat.input.fill("hello")
    chat.input.press("Enter")
    page.locator(".outgoing[data-state=queued]").wait_for()
    look_at("offline")
    page.context.set_offline(False)
    assert {state: texts for state, texts in found.items() if texts} == {}


def test_what_the_page_says_is_in_the_dictionaries_alone() -> None:
    literal = {
        path.name: HAN.findall(COMMENT.sub("", path.read_text(encoding="utf-8")))
        for path in sorted([*WIDGET.rglob("*.ts"), *WIDGET.rglob("*.tsx")])
        if path.parent.name != "words" and path.name != "said.ts"
    }
    assert {name: found for name, found in literal.items() if found} == {}


def test_nothing_in_the_dictionaries_is_left_unsaid() -> None:
    dictionary = (WIDGET / "words" / "zh-CN.ts").read_text(encoding="utf-8")
    names = re.findall(r"^  (\w+):", dictionary, re.MULTILINE)
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in [*WIDGET.rglob("*.ts"), *WIDGET.rglob("*.tsx")]
        if path.parent.name != "words"
    )
    assert len(names) > 100
    # Some are taken by a name that is looked up.
    assert [name for name in names if not re.search(rf"words\.{name}\b|[\"\[]{name}[\"\]:]", code)] == []
