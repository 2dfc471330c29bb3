"""Nothing executes that should not, whoever writes it; host pages with strict policies work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Watched, Widget, embedded, full_page
from playwright.sync_api import expect
from stand_in import StandIn

pytestmark = pytest.mark.browser

ATTACKS = [
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<a href=javascript:window.hit=1>x</a>",
    "javascript:window.hit=1",
    '"><script>window.hit=1</script>',
    "' onfocus=window.hit=1 autofocus '",
    "</textarea><script>window.hit=1</script>",
    "{{constructor.constructor('window.hit=1')()}}",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>",
    "<style>@import 'javascript:window.hit=1'</style>",
    'https://example.com/" onmouseover="window.hit=1',
    "http://javascript:window.hit=1",
    "[x](javascript:window.hit=1)",
    "\u202e<b>abc</b>",
]


def hits(widget: Widget) -> list[Any]:
    return [frame.evaluate("window.hit") for frame in widget.page.frames]


def assert_inert(widget: Widget) -> None:
    assert not any(hits(widget))
    for selector in (
        "script:not([src])",
        "img",
        "iframe",
        "object",
        "style",
        "math",
        "b",
        "[onerror]",
        "[onfocus]",
    ):
        assert widget.root.locator(f"#widget {selector}").count() == 0, selector
    for link in widget.root.locator("#widget a").all():
        assert (link.get_attribute("href") or "").startswith(("https://", "http://", "tel:"))


def test_users_text_is_text(chat: Widget) -> None:
    for attack in ATTACKS:
        chat.ask(attack)
    assert [text.strip() for text in chat.texts()] == [attack.strip() for attack in ATTACKS]
    assert_inert(chat)
    chat.page.reload()
    expect(chat.questions).to_have_count(len(ATTACKS))
    assert_inert(chat)


def test_knowledge_text_is_text(chat: Widget, stand_in: StandIn) -> None:
    kinds = ["checklist", "steps", "deadline", "verdict", "choices"]

    def poisoned(text: str) -> dict[str, Any]:
        attack, kind = ATTACKS[int(text) % len(ATTACKS)], kinds[int(text) % len(kinds)]
        source = {"fact": attack, "section": f"{attack} › {attack}", "layer": attack}
        card = {"type": kind, "title": attack, "items": [attack, f"{attack}：{attack}"], "date": attack}
        custom = {"status": "answered" if int(text) % 2 else "handoff", "sources": [source], "card": card}
        custom |= {"summary": attack, "understood": {"case_text": attack}, "deadlines": [{"date": attack}]}
        return {
            "text": f"【{attack}】\n{attack}",
            "buttons": [{"title": attack, "payload": attack}],
            "custom": custom,
        }

    stand_in.script = lambda text: poisoned(text) if text.isdigit() else None
    for number in range(len(ATTACKS)):
        answer = chat.ask(str(number))
        answer.get_by_role("button", name="出处").first.click()
    assert_inert(chat)


def test_poisoned_configuration_and_questions_are_text(watched: Watched, stand_in: StandIn) -> None:
    page = watched.context().new_page()
    starters = [{"title": attack, "payload": attack} for attack in ATTACKS]
    config = {
        "title": ATTACKS[1],
        "greeting": ATTACKS[1],
        "starters": starters,
        "limits": {"text": 99},
        "phone": "1",
    }
    questions = [{"text": f"审核{attack}", "fact": attack} for attack in ATTACKS]
    page.route("**/api/config", lambda route: route.fulfill(json=config))
    page.route("**/api/questions", lambda route: route.fulfill(json={"questions": questions}))
    page.goto(f"{stand_in.url}/chat")
    widget = full_page(page)
    widget.input.click()
    widget.input.press_sequentially("审核")
    expect(widget.root.get_by_role("option").first).to_be_visible()
    assert_inert(widget)
    assert page.title() == ATTACKS[1]


@pytest.mark.parametrize("attack", ATTACKS)
def test_host_attributes_are_text(watched: Watched, stand_in: StandIn, attack: str) -> None:
    quoted = attack.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    names = ("title", "greeting", "avatar", "color", "radius", "position", "theme", "host")
    attributes = " ".join(f'data-{name}="{quoted}"' for name in names)
    html = f'<!doctype html><title>t</title><body><script src="/embed.js" {attributes}></script>'
    stand_in.extra_pages["/host"] = (html, {})
    page = watched.page(f"{stand_in.url}/host")
    frame = page.frame_locator("iframe")
    frame.locator(".Launcher").click()
    widget = Widget(page, frame)
    widget.input.wait_for()
    assert_inert(widget)


@pytest.fixture
def elsewhere() -> Iterator[StandIn]:
    """A site of another origin that embeds the widget."""
    server = StandIn()
    yield server
    server.stop()


def host_page(widget_url: str) -> tuple[str, dict[str, str]]:
    html = (
        '<!doctype html><html lang="zh-CN"><title>某网站</title><body><h1>某网站</h1>'
        f'<script src="{widget_url}/embed.js"></script></body></html>'
    )
    policy = (
        f"default-src 'none'; script-src {widget_url}; frame-src {widget_url}; style-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'"
    )
    return html, {"Content-Security-Policy": policy}


def test_host_page_with_a_strict_policy_of_its_own(watched: Watched, elsewhere: StandIn) -> None:
    stand_in = StandIn(frame_ancestors=elsewhere.url.replace("127.0.0.1", "localhost"))
    try:
        elsewhere.extra_pages["/"] = host_page(stand_in.url)
        page = watched.page(elsewhere.url.replace("127.0.0.1", "localhost"))
        widget = embedded(page)
        answer = widget.ask("企业改主体信息要哪些材料")
        answer.get_by_role("checkbox").first.check()
        widget.button("关闭").click()
        stand_in.talk.add("agent", "补充一句")
        page.wait_for_function("() => document.title === '(1) 某网站'")
    finally:
        stand_in.stop()


def test_a_site_that_is_not_listed_can_not_frame_it(
    browser: Any, elsewhere: StandIn, stand_in: StandIn
) -> None:
    elsewhere.extra_pages["/"] = host_page(stand_in.url)
    page = browser.new_page()
    try:
        page.goto(elsewhere.url.replace("127.0.0.1", "localhost"))
        page.wait_for_timeout(800)
        assert page.frame_locator("iframe").locator("#widget").count() == 0
    finally:
        page.close()


def test_only_the_embedding_page_is_listened_to(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(stand_in.url)
    widget = embedded(page, opened=False)
    launcher = widget.root.get_by_role("button", name="打开备案变更助手")
    launcher.wait_for()
    frame = page.frames[1]
    # From a window that is not its parent.
    frame.evaluate(
        "() => window.dispatchEvent(new MessageEvent('message',"
        " {data: {beian: 'open', ask: '坏话'}, origin: location.origin, source: window}))"
    )
    # From its parent, but of another origin than the tag named.
    frame.evaluate(
        "() => window.dispatchEvent(new MessageEvent('message',"
        " {data: {beian: 'open', ask: '坏话'}, origin: 'https://evil.example', source: window.parent}))"
    )
    expect(launcher).to_be_visible()
    # The other way: only our own frame can resize itself and change the title.
    page.evaluate("() => postMessage({beian: 'state', open: 1, unread: 99}, location.origin)")
    page.wait_for_timeout(200)
    assert "99" not in page.title()
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["width"] == 80
    assert not stand_in.talks


def test_session_is_neither_in_addresses_nor_in_cookies(chat: Widget, stand_in: StandIn) -> None:
    chat.ask("审核要多久")
    token = chat.page.evaluate("localStorage.getItem('beian.session')")
    assert token in stand_in.talks
    assert not any(token in path for _, path in stand_in.requests)
    assert chat.page.context.cookies() == []
