"""The committed pages are what the sources build to, and name no foreign host."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import install_node_modules

from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
STATIC = ROOT / "beian" / "server" / "static"
MADE = (
    "index.html",
    "chat.html",
    "error.html",
    "frame.html",
    "embed.js",
    "widget.js",
    "widget.css",
    "en.js",
    "zh-TW.js",
    "site.css",
    "site.js",
    "icon.svg",
    "icon-call.svg",
    "beian.d.ts",
    "desk.html",
    "desk.js",
    "desk.css",
)
LIMITS = {
    "embed.js": 5 * 1024,
    "widget.js": 38 * 1024,
    "widget.css": 9 * 1024,
    "en.js": 5 * 1024,
    "zh-TW.js": 5 * 1024,
    "desk.js": 40 * 1024,
    "desk.css": 10 * 1024,
}
# Namespaces are names, not addresses anyone calls.
HOST = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """What the build needs, installed as the lock file says."""
    if shutil.which("npm") is None:
        pytest.skip("needs Node")
    return install_node_modules()


def test_committed_bundle_is_fresh(node_modules: Path, tmp_path: Path) -> None:
    subprocess.run(
        ["node", str(WEB / "build.mjs"), str(tmp_path)], check=True, capture_output=True, timeout=5 * PATIENCE
    )
    built = {
        str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }
    assert set(MADE) <= built.keys()
    kept = {str(path.relative_to(STATIC)): path.read_bytes() for path in STATIC.rglob("*") if path.is_file()}
    assert sorted(kept) == sorted(built), "run: npm --prefix web run build"
    # How well it is compressed depends on the version of Node; what is in it does not.
    changed = [name for name in built if built[name] != kept[name] and not name.endswith(".br")]
    assert changed == [], "run: npm --prefix web run build"


UNPACK = """
const {readdirSync, readFileSync} = require("fs"), {brotliDecompressSync} = require("zlib"), at = process.argv[1] + "/";
const packed = readdirSync(at).filter((name) => name.endsWith(".br"));
const stale = packed.filter((name) => !brotliDecompressSync(readFileSync(at + name)).equals(readFileSync(at + name.slice(0, -3))));
console.log(JSON.stringify([packed.length, stale]));
"""


def test_compressed_files_hold_what_they_stand_for(node_modules: Path) -> None:
    said = subprocess.run(["node", "-e", UNPACK, str(STATIC)], check=True, capture_output=True, text=True)
    count, stale = json.loads(said.stdout)
    assert count >= 8
    assert stale == [], "run: npm --prefix web run build"


def test_first_visit_is_small() -> None:
    """What the page of another site loads before anyone opens the window, in bytes as sent."""
    sent = [STATIC / f"{name}.br" for name in ("embed.js", "frame.html", "widget.js", "widget.css")]
    assert sum(path.stat().st_size for path in sent) <= 42 * 1024


def test_sources_are_well_typed(node_modules: Path) -> None:
    checked = subprocess.run(
        ["npm", "--prefix", str(WEB), "run", "-s", "check"], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout


def test_units(node_modules: Path) -> None:
    tested = subprocess.run(
        ["npm", "--prefix", str(WEB), "test"], capture_output=True, text=True, timeout=5 * PATIENCE
    )
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_no_foreign_host() -> None:
    kept = [path for path in STATIC.rglob("*") if path.is_file() and path.suffix != ".br"]
    assert {
        path.name: found for path in kept if (found := HOST.findall(path.read_text(encoding="utf-8")))
    } == {}


@pytest.mark.parametrize(("name", "limit"), LIMITS.items())
def test_size(name: str, limit: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= limit


@pytest.mark.parametrize("name", ["index.html", "chat.html", "frame.html", "desk.html", "error.html"])
def test_no_inline_code(name: str) -> None:
    html = (STATIC / name).read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_lock_file_names_no_registry() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    assert not any("resolved" in package for package in lock["packages"].values())


SHEETS = sorted((WEB / "src").rglob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.relative_to(WEB / "src")))
def test_sheet_is_a_part_of_its_own(sheet: Path) -> None:
    css = sheet.read_text(encoding="utf-8")
    assert css.count("\n") <= 300
    if sheet.name == "tokens.css":
        return
    # Colours with a meaning are tokens; what a sheet defines for itself no other one reads.
    tokens = (WEB / "src/shared/tokens.css").read_text(encoding="utf-8")
    known = re.compile(r"(?:^|[\s;{])(--[\w-]+)\s*:", re.MULTILINE)
    unknown = (
        set(re.findall(r"var\((--[\w-]+)\)", css)) - set(known.findall(tokens)) - set(known.findall(css))
    )
    assert unknown == set()
