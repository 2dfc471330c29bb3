"""Screens with notches and round corners: nothing to read or tap lies under them."""

from __future__ import annotations

import pytest
from conftest import Watched, embedded, full_page
from playwright.sync_api import Page, expect
from stand_in import StandIn

pytestmark = pytest.mark.browser
TOP, BOTTOM, LEFT = 44, 34, 20
PHONE = {"viewport": {"width": 390, "height": 720}}


def notched(page: Page) -> Page:
    """The page on a screen that is not to be used up to its edges."""
    sides = {"top": TOP, "bottom": BOTTOM, "left": LEFT, "right": 0}
    insets = {**sides, **{f"{side}Max": size for side, size in sides.items()}}
    page.context.new_cdp_session(page).send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    return page


def test_the_page_of_its_own_keeps_clear(watched: Watched, stand_in: StandIn) -> None:
    page = notched(watched.context(**PHONE).new_page())
    page.goto(f"{stand_in.url}/chat")
    full_page(page)
    head, foot = page.locator(".Header").bounding_box(), page.locator(".Composer").bounding_box()
    assert head
    assert foot
    assert head["y"] >= TOP
    assert head["x"] >= LEFT
    assert foot["y"] + foot["height"] <= 720 - BOTTOM


def test_a_window_that_fills_the_screen_keeps_clear_of_its_edges(watched: Watched, stand_in: StandIn) -> None:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, viewport-fit=cover">'
    html = f"<!doctype html><html>{head}<title>某网站</title><body><script src='/embed.js'></script>"
    stand_in.extra_pages["/host"] = (html, {"Content-Security-Policy": "default-src * 'unsafe-inline'"})
    page = notched(watched.context(**PHONE).new_page())
    page.goto(f"{stand_in.url}/host")
    widget = embedded(page)
    expect(widget.input).to_be_visible()
    head_box, foot = (
        widget.root.locator(".Header").bounding_box(),
        widget.root.locator(".Composer").bounding_box(),
    )
    assert head_box
    assert foot
    # Once, by whom the browser tells of it: not by the page around and by the frame as well.
    assert (head_box["x"], head_box["y"]) == (LEFT, TOP)
    assert foot["y"] + foot["height"] == 720 - BOTTOM
    # What is left free has the window's colour, and not the page's behind it.
    surface = widget.root.locator(".Header").evaluate("(one) => getComputedStyle(one).backgroundColor")
    expect(page.locator("iframe")).to_have_css("background-color", surface)
    widget.root.get_by_role("button", name="关闭").click()
    button = widget.root.locator(".Launcher").bounding_box()
    assert button
    assert button["y"] + button["height"] <= 720 - BOTTOM
