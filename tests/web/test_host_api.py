"""`window.Beian` from the host page's side, and the recipes of docs/recipes in a real browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Watched, Widget, install_node_modules
from playwright.sync_api import Page, expect
from stand_in import StandIn

from tests.patience import PATIENCE

pytestmark = pytest.mark.browser
RECIPES = ROOT / "docs" / "recipes"
LAUNCHER = "打开备案变更助手"
LISTEN = """<script>
window.Beian = window.Beian || [];
window.told = [];
for (const name of ["ready", "open", "close", "unread", "message", "answer", "handoff", "error"])
  Beian.push(["on", name, (detail) => told.push([name, detail])]);
Beian.push(["prefill", "先写在这里"]);
</script>"""


def host(stand_in: StandIn, body: str, policy: str = "default-src * 'unsafe-inline'") -> str:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>某网站</title>'
    html = f'<!doctype html><html lang="zh-CN">{head}<body>{body}</body></html>'
    stand_in.extra_pages["/host"] = (html, {"Content-Security-Policy": policy})
    return f"{stand_in.url}/host"


def told(page: Page, name: str) -> None:
    page.wait_for_function("(name) => told.some(([one]) => one === name)", arg=name)


def widget_on(page: Page) -> Widget:
    return Widget(page, page.frame_locator("iframe"))


def test_calls_and_events(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, LISTEN + '<script src="/embed.js" async></script>'))
    widget = widget_on(page)
    expect(widget.input).to_have_text("先写在这里")
    for name in ("ready", "open"):
        told(page, name)
    page.evaluate("() => { Beian.open('审核要多久'); Beian.open('审核要多久'); }")
    widget.answer(0)
    told(page, "answer")
    assert widget.texts() == ["审核要多久"]
    # What comes while the customer looks on is at no moment unread.
    assert not page.evaluate("told.some(([one]) => one === 'unread')")
    # What was said is not told to the page.
    assert "审核要多久" not in page.evaluate("JSON.stringify(told)")
    page.evaluate("() => Beian.close()")
    told(page, "close")
    stand_in.talk.add("agent", "补充一句")
    told(page, "unread")
    assert page.evaluate("[Beian.opened, Beian.unread]") == [False, 1]
    stand_in.set_mode("human")
    told(page, "handoff")
    page.evaluate("() => Beian.hideLauncher()")
    expect(page.locator("iframe")).to_be_hidden()
    page.evaluate("() => Beian.toggle()")
    expect(widget.input).to_be_visible()
    page.evaluate("() => { Beian.close(); Beian.showLauncher(); }")
    expect(widget.root.get_by_role("button", name=LAUNCHER)).to_be_visible()


def test_looks_change_while_it_is_there(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, '<script src="/embed.js" data-color="#ff0000"></script>'))
    widget = widget_on(page)
    launcher = widget.root.locator(".Launcher")
    launcher.wait_for()
    page.evaluate(
        "() => Beian.set({position: 'left', offsetX: 40, offsetY: 60, title: '备案小助', greeting: '欢迎',"
        " color: '#006633', theme: 'dark'})"
    )
    expect(widget.root.get_by_role("button", name="打开备案小助")).to_be_visible()
    assert page.locator("iframe").bounding_box() == {"x": 36, "y": 724, "width": 80, "height": 80}
    page.evaluate("() => Beian.open()")
    expect(widget.root.get_by_text("欢迎")).to_be_visible()
    expect(widget.root.locator("html")).to_have_attribute("data-theme", "dark")
    expect(widget.root.locator(".Mark").first).to_have_css("background-color", "rgb(0, 102, 51)")
    expect(page.locator("iframe")).to_have_attribute("title", "备案小助")


def test_context_is_shown_told_and_can_be_taken_away(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, '<script src="/embed.js"></script>'))
    page.wait_for_function("() => window.Beian && Beian.context")
    page.evaluate(
        "() => { Beian.context({subject_kind: '企业', item: 'company_name', phase: 'x', site_name: '云岸官网'});"
        " Beian.open(); }"
    )
    widget = widget_on(page)
    expect(widget.root.locator(".Matter-text")).to_have_text("云岸官网 · 企业 · 企业名称")
    widget.ask("审核要多久")
    assert stand_in.talk.noted == {"subject_kind": "enterprise", "item": "company_name"}
    widget.root.get_by_role("button", name="不按“").click()
    expect(widget.root.locator(".Matter")).to_have_count(0)
    widget.ask("被驳回了怎么办")
    assert stand_in.talk.noted == {"subject_kind": None, "item": None}


def test_log_out_leaves_nothing(watched: Watched, stand_in: StandIn) -> None:
    page = watched.page(host(stand_in, LISTEN + '<script src="/embed.js"></script>'))
    widget = widget_on(page)
    widget.ask("审核要多久")
    page.evaluate("() => Beian.reset()")
    launcher = widget.root.get_by_role("button", name=LAUNCHER)
    launcher.click()
    expect(widget.root.locator(".Welcome")).to_be_visible()
    frame = page.frames[1]
    assert frame.evaluate("Object.keys(localStorage).join()") == "beian.config"
    widget.ask("审核要多久")
    assert len(stand_in.talks) == 2


def bundled(folder: Path, name: str, code: str) -> str:
    """The code with the recipe and its framework, as one script."""
    install_node_modules()
    entry, out = folder / f"{name}.jsx", folder / f"{name}.js"
    entry.write_text(code, encoding="utf-8")
    modules = ROOT / "web" / "node_modules"
    command = [str(modules / ".bin" / "esbuild"), str(entry), "--bundle", "--format=iife", "--jsx=automatic"]
    command += [f"--outfile={out}", '--define:process.env.NODE_ENV="development"', "--log-level=error"]
    # The recipe lies outside the folder of the packages.
    env = {"NODE_PATH": str(modules), "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run(command, check=True, timeout=PATIENCE, env=env)
    return out.read_text(encoding="utf-8").replace("</script", "<\\/script")


REACT = """
import {{ StrictMode, useState }} from "react";
import {{ createRoot }} from "react-dom/client";
import {{ Beian }} from "{recipes}/react.jsx";
function App() {{
  const [on, setOn] = useState(true);
  return <><button onClick={{() => setOn(!on)}}>开关</button>
    {{on && <Beian address={{location.origin}} look={{{{ title: "应用里的助手" }}}} />}}</>;
}}
createRoot(document.getElementById("app")).render(<StrictMode><App /></StrictMode>);
"""
VUE = """
import {{ createApp, h, ref }} from "vue";
import {{ useBeian }} from "{recipes}/vue.js";
const Inner = {{ setup() {{ useBeian(location.origin, {{ title: "应用里的助手" }}); return () => null; }} }};
createApp({{ setup() {{
  const on = ref(true);
  return () => [h("button", {{ onClick: () => (on.value = !on.value) }}, "开关"), on.value ? h(Inner) : null];
}} }}).mount("#app");
"""


@pytest.mark.parametrize(("name", "code"), [("react", REACT), ("vue", VUE)])
def test_single_page_apps(watched: Watched, stand_in: StandIn, tmp_path: Path, name: str, code: str) -> None:
    if shutil.which("npm") is None:
        pytest.skip("needs Node")
    script = bundled(tmp_path, name, code.format(recipes=RECIPES))
    page = watched.page(host(stand_in, f'<div id="app"></div><script>{script}</script>'))
    launcher = page.frame_locator("iframe").get_by_role("button", name="打开应用里的助手")
    expect(launcher).to_be_visible()
    expect(page.locator("iframe")).to_have_count(1)
    switch = page.get_by_role("button", name="开关")
    switch.click()
    expect(page.locator("iframe")).to_have_count(0)
    # On, off and on again before the script has come.
    for _ in range(3):
        switch.click()
    expect(launcher).to_be_visible()
    expect(page.locator("iframe")).to_have_count(1)


STRICT = (
    "default-src 'none'; script-src {url}; frame-src {url}; style-src 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@pytest.mark.parametrize(
    ("recipe", "policy"),
    [
        ("plain.html", STRICT),
        ("module.html", STRICT),
        ("tag-manager.html", "default-src * 'unsafe-inline'"),
        ("wordpress.php", STRICT),
    ],
)
def test_recipes_for_pages(watched: Watched, stand_in: StandIn, recipe: str, policy: str) -> None:
    text = (RECIPES / recipe).read_text(encoding="utf-8").replace("https://助手的地址", stand_in.url)
    if recipe.endswith(".php"):
        # What the hook prints at the end of the page.
        text = text.partition("echo '")[2].partition("';")[0]
    page = watched.page(host(stand_in, text, policy.format(url=stand_in.url)))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button", name=LAUNCHER)).to_be_visible()
    left = page.locator("iframe").bounding_box()
    assert left
    assert (left["x"] < 100) == (recipe in ("tag-manager.html", "wordpress.php"))
    if recipe == "plain.html":
        page.get_by_role("link", name="审核多久").click()
        Widget(page, frame).answer(0)
