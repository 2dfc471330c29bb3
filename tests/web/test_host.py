"""The assistant on other people's pages: one instance, hidden until it is there, above everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Watched, Widget, embedded
from playwright.sync_api import FrameLocator, Page, expect
from stand_in import StandIn

from tests.patience import PATIENCE

pytestmark = pytest.mark.browser
LAUNCHER = "打开备案变更助手"


@pytest.fixture
def elsewhere() -> Iterator[StandIn]:
    """A site of another origin."""
    server = StandIn()
    yield server
    server.stop()


def host(stand_in: StandIn, body: str, path: str = "/host", **headers: str) -> str:
    """The address of a page of the site with this in its body, under a policy that allows anything."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>某网站</title>'
    html = f'<!doctype html><html lang="zh-CN">{head}<body>{body}</body></html>'
    stand_in.extra_pages[path] = (html, {"Content-Security-Policy": "default-src * 'unsafe-inline'", **headers})
    return f"{stand_in.url}{path}"


def launcher(page: Page) -> FrameLocator:
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button", name=LAUNCHER)).to_be_visible()
    return frame


def users(stand_in: StandIn) -> list[str]:
    return [one["text"] for talk in stand_in.talks.values() for one in talk.messages if one["author"] == "user"]


SEVERAL = """
<script src="/embed.js"></script><script src="/embed.js" async></script><script type="module" src="/embed.js"></script>
<script>for (const n of [1, 2]) document.body.append(Object.assign(document.createElement('script'), {src: '/embed.js?n=' + n}))
</script><button id="ask" data-beian-open="审核要多久">问</button>"""


def test_one_instance_however_often_it_is_loaded(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, SEVERAL))
    launcher(page)
    page.wait_for_load_state("networkidle")
    expect(page.locator("iframe")).to_have_count(1)
    page.locator("#ask").dblclick()
    Widget(page, page.frame_locator("iframe")).answer(0)
    # The frame is moved, as frameworks do: what was asked is not asked again.
    page.evaluate("() => { const f = document.querySelector('iframe'); f.remove(); }")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".Row.bot:not([data-typing])")).to_have_count(1)
    assert users(stand_in) == ["审核要多久"]


def test_stays_when_the_body_is_swapped_and_goes_when_told(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, '<script src="/embed.js"></script>'))
    launcher(page)
    page.evaluate("() => { window.Beian.prefill('写了一半'); }")
    widget = Widget(page, page.frame_locator("iframe"))
    expect(widget.input).to_have_text("写了一半")
    page.evaluate(
        "() => { const b = document.createElement('body');"
        " b.innerHTML = '<button data-beian-open=\"审核要多久\">问</button>'; document.body.replaceWith(b); }"
    )
    expect(widget.input).to_have_text("写了一半")
    page.evaluate("() => window.Beian.close()")
    page.get_by_role("button", name="问").click()
    widget.answer(0)
    page.evaluate("() => window.Beian.destroy()")
    expect(page.locator("iframe")).to_have_count(0)
    assert page.evaluate("window.Beian === undefined")
    page.evaluate("() => document.body.append(Object.assign(document.createElement('script'), {src: '/embed.js'}))")
    expect(page.frame_locator("iframe").locator(".Row.bot:not([data-typing])")).to_have_count(1)


UNFRIENDLY = """<style>
* {all: initial !important} body {transform: rotate(0); height: 4000px !important; display: block !important}
iframe {margin: 20px !important; padding: 10px; opacity: .5 !important; position: static !important; display: none !important}
#bar {position: fixed !important; display: block !important; inset: auto 0 0 0 !important; height: 200px !important;
z-index: 2147483647 !important; background: red !important}
</style><div id="bar"></div><script src="/embed.js"></script>"""


def test_no_style_of_the_page_moves_or_covers_it(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, UNFRIENDLY))
    button = page.frame_locator("iframe").get_by_role("button", name=LAUNCHER)
    button.wait_for()
    assert page.locator("iframe").bounding_box() == {"x": 1188, "y": 768, "width": 80, "height": 80}
    button.click()
    widget = Widget(page, page.frame_locator("iframe"))
    widget.input.wait_for()
    page.wait_for_function("() => document.querySelector('iframe').offsetWidth === 408")
    box = page.locator("iframe").bounding_box()
    assert box == {"x": 856, "y": 140, "width": 408, "height": 704}
    assert page.locator("iframe").evaluate("(f) => getComputedStyle(f).opacity + getComputedStyle(f).margin") == "10px"


def test_a_refused_frame_is_never_seen_and_links_stay_links(
    watched: Watched, elsewhere: StandIn, stand_in: StandIn
) -> None:
    body = (
        f'<script src="{stand_in.url}/embed.js"></script>'
        f'<a href="{stand_in.url}/chat" data-beian-open="审核要多久">问</a>'
    )
    address = host(elsewhere, body).replace("127.0.0.1", "localhost")
    context = watched.context()
    page = context.new_page()
    with page.expect_console_message(lambda said: "BEIAN_FRAME_ANCESTORS" in said.text) as said:
        page.goto(address)
    assert address.removesuffix("/host") in said.value.text
    expect(page.locator("iframe")).to_be_hidden()
    page.get_by_role("link", name="问").click()
    widget = Widget(page, page)
    widget.answer(0)
    page.reload()
    expect(widget.answers).to_have_count(1)
    assert users(stand_in) == ["审核要多久"]
    assert "ask" not in page.url


def test_module_with_integrity_under_cross_origin_isolation(
    watched: Watched, elsewhere: StandIn, stand_in: StandIn
) -> None:
    import base64
    import hashlib

    from beian.settings import Settings

    digest = hashlib.sha384((Settings().static / "embed.js").read_bytes()).digest()
    tag = (
        f'<script type="module" crossorigin src="{stand_in.url}/embed.js" '
        f'integrity="sha384-{base64.b64encode(digest).decode()}"></script>'
    )
    stand_in.frame_ancestors = "http://localhost:*"
    isolated = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}
    page = watched.page(host(elsewhere, tag, **isolated).replace("127.0.0.1", "localhost"))
    widget = embedded(page)
    widget.ask("审核要多久")


def test_keys_print_and_focus_belong_to_the_page(watched: Watched, stand_in: StandIn) -> None:
    body = (
        '<div onclick="event.stopPropagation()"><a href="/chat" data-beian-open="审核要多久"><b>问</b></a></div>'
        '<script src="/embed.js"></script>'
    )
    context = watched.context()
    page = context.new_page()
    page.goto(host(stand_in, body))
    launcher(page)
    page.evaluate("() => document.dispatchEvent(new Event('click'))")
    link = page.get_by_role("link", name="问")
    with context.expect_page() as other:
        link.click(modifiers=["Control"])
    Widget(other.value, other.value).answer(0)
    other.value.close()
    link.focus()
    page.keyboard.press("Enter")
    widget = Widget(page, page.frame_locator("iframe"))
    expect(widget.input).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.emulate_media(media="print")
    expect(page.locator("iframe")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator("iframe")).to_be_visible()


def test_back_closes_it_on_a_phone_and_the_page_holds_still(watched: Watched, stand_in: StandIn) -> None:
    body = '<div style="height: 3000px">长页面</div><script src="/embed.js"></script>'
    page = watched.page(
        host(stand_in, body), viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    )
    widget = embedded(page)
    widget.input.wait_for()
    page.wait_for_function("() => document.documentElement.style.overflow === 'hidden'")
    # A keyboard comes up: the window ends above it.
    page.evaluate(
        "() => { for (const [name, value] of [['height', 400], ['offsetTop', 30]])"
        " Object.defineProperty(visualViewport, name, {value, configurable: true});"
        " visualViewport.dispatchEvent(new Event('resize')); }"
    )
    assert page.locator("iframe").bounding_box() == {"x": 0, "y": 30, "width": 390, "height": 400}
    page.go_back()
    page.frame_locator("iframe").get_by_role("button", name=LAUNCHER).wait_for()
    assert page.url.endswith("/host")
    page.wait_for_function("() => document.documentElement.style.overflow === ''")
    embedded(page).button("关闭").click()
    page.wait_for_function("() => !history.state", timeout=PATIENCE * 1000)
