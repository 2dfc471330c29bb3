"""The repository itself: nothing of one machine, nothing generated or secret, and docs that are true."""

import json
import os
import re
import subprocess
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 1_500_000
# Directories where a path of one machine must not appear even in passing
TEXT_SUFFIXES = {
    ".py",
    ".yml",
    ".yaml",
    ".md",
    ".toml",
    ".sh",
    ".json",
    ".ts",
    ".tsx",
    ".mjs",
    ".css",
    ".html",
}
TEXT_SUFFIXES |= {".txt", ".lock", ".cfg", ".conf", ".jsonl", ""}


# What is no part of the repository where there is no git to ask: an unpacked archive.
MADE = {".venv", ".uv", ".cache", ".rasa", "models", "var", "node_modules", "__pycache__", "results", "dist"}
MADE |= {".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "build"}


def committed() -> list[Path]:
    """The files under version control; of an unpacked archive those that the project does not make."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE and not name.endswith(".egg-info")]
        found += [Path(folder, name) for name in names]
    return [path for path in found if path.is_file()]


FILES = committed()


def text_of(path: Path) -> str:
    if path.suffix not in TEXT_SUFFIXES:
        return ""
    return path.read_bytes().decode("utf-8", errors="replace")


def found(pattern: str, *, without: tuple[str, ...] = ()) -> list[str]:
    """Places where a pattern occurs in committed text, this file left out."""
    regex = re.compile(pattern)
    places = []
    for path in FILES:
        name = path.relative_to(ROOT).as_posix()
        if path == Path(__file__) or name.startswith(without):
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if len(line) < 5000 and regex.search(line):
                places.append(f"{name}:{number}: {line.strip()[:120]}")
    return places


def test_no_paths_of_one_machine():
    assert not found(r"(?<![\w.])/(?:work|Users|home/[a-z]+)/[\w.-]+|/root/|[A-Z]:\\Users")


def test_no_package_index_is_named():
    """The lock file must work with whatever index its user has."""
    assert not found(
        r"https?://(?:pypi\.|files\.pythonhosted|registry\.(?:npmjs|yarnpkg|npmmirror)|mirrors?\.)"
        r"|--(?:extra-)?index-url\s+\S|^index-url",
        # npm's own lock format; the host there is replaced by the configured registry on install
        without=("web/package-lock.json",),
    )
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_nothing_generated_is_committed():
    forbidden = re.compile(
        r"(?:^|/)(?:\.venv|\.uv|\.cache|\.rasa|models|var|node_modules|__pycache__|results)/"
        r"|\.(?:db|sqlite3?|tar\.gz|npz|npy|pkl|pyc|log|onnx|pt|whl)$|\.egg-info"
    )
    names = [path.relative_to(ROOT).as_posix() for path in FILES]
    assert not [name for name in names if forbidden.search(name)]


def test_no_file_is_large():
    large = {path.name: path.stat().st_size for path in FILES if path.stat().st_size > MOST_BYTES}
    # the training messages are the one large text that is written by hand
    large.pop("nlu.yml", None)
    assert not large


def test_no_secrets():
    assert not found(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|LTAI[0-9A-Za-z]{12,}"
        r"|xox[abp]-[0-9A-Za-z-]{10,}|sk-[A-Za-z0-9]{32,}"
    )
    assert not [path for path in FILES if path.name in (".env", "secret", "id_rsa")]


def test_the_license_is_there():
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


# --- dependencies ----------------------------------------------------------------------------


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> dict[str, str]:
    """Names and version conditions in pyproject.toml: run time and dev."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    blocks = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = re.findall(r'^\s*"([A-Za-z0-9._-]+)(?:\[[^]]*\])?([^"]*)"', "\n".join(blocks), re.MULTILINE)
    assert len(lines) > 20
    # The package of the conversation tests is in this repository.
    return {normal(name): condition for name, condition in lines if name != "beian-suite"}


def locked() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {
        normal(name): version
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    }


def test_the_lock_holds_what_is_declared():
    missing = set(declared()) - set(locked())
    assert not missing, f"not in requirements.lock, recompile it (docs/dependencies.md): {missing}"
    for name, condition in declared().items():
        if condition.startswith("=="):
            assert locked()[name] == condition[2:], name


def test_every_locked_file_has_its_digest():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=\S)", text.strip()):
        if not entry.startswith("#"):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_environment_is_the_locked_one():
    for name in declared():
        assert metadata.version(name) == locked()[name], name


def test_every_direct_dependency_is_explained():
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    for name in declared():
        assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", normal(rows)), name
        version = re.match(r"\d+(?:\.\d+){0,2}", locked()[name])[0]
        assert version in rows, f"{name}: {version} is not the version in docs/dependencies.md"


# --- docs ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def make_targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split())


@lru_cache(maxsize=1)
def commands() -> set[str]:
    shown = subprocess.run(
        [sys.executable, "-m", "beian", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return set(re.search(r"\{([\w,]+)\}", shown)[1].split(","))


def docs() -> list[Path]:
    return [path for path in FILES if path.suffix == ".md"]


def test_the_readme_tells_every_target_and_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not {target for target in make_targets() if f"make {target}" not in readme}
    assert not {command for command in commands() if f"`{command}`" not in readme}


@pytest.mark.parametrize("path", docs(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_docs_name_only_what_exists(path):
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"(?<![\w-])make ([a-z]+)(?=[`\s;,，。）])", text):
        assert target in make_targets() or f"`make {target}" not in text, f"make {target}"
    for command in re.findall(r"python -m beian ([a-z]+)", text):
        assert command in commands(), command
    for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
        assert (path.parent / link).exists(), f"{path.name} links to {link}, which is not there"
    for script in re.findall(
        r"`((?:scripts|\.ci|kb|data|tests|docs|beian|beian_suite|actions)/[\w./-]*\w)`", text
    ):
        assert (ROOT / script).exists() or "<" in script or script == "docs/evaluation.md", script


def anchors(path: Path) -> set[str]:
    """What a link may name in a document: its headings, as pages of repositories write them."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", docs(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_into_documents_name_their_headings(path):
    text = path.read_text(encoding="utf-8")
    for link, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*\.md|)#([^)\s]+)\)", text):
        target = path.parent / link if link else path
        assert anchor in anchors(target), f"{path.name} links to {link}#{anchor}"


def test_the_hooks_before_a_commit_are_the_parts_of_make_check():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0][
        "hooks"
    ]
    check = (ROOT / "scripts" / "check.sh").read_text(encoding="utf-8")
    steps = [one or two for one, two in re.findall(r'^step (?:"([^"]+)"|(\w+))', check, re.MULTILINE)]
    assert [hook["name"] for hook in hooks] == steps
    for hook in hooks:
        assert hook["language"] == "system", "the tools are those of the lock"
        for script in re.findall(r"scripts/\w+\.\w+", hook["entry"]):
            assert (ROOT / script).is_file(), script


def test_the_forms_ask_for_what_is_needed():
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    asked = {}
    for form in forms:
        read = yaml.safe_load(form.read_text(encoding="utf-8"))
        if form.name != "config.yml":
            assert read["name"] and read["description"]
            fields = [part for part in read["body"] if part["type"] != "markdown"]
            names = [field["id"] for field in fields]
            assert len(names) == len(set(names))
            asked[form.stem] = {f["id"] for f in fields if f.get("validations", {}).get("required")}
    assert {"message", "answer", "section"} <= asked["wrong_answer"]


def test_the_container_sets_itself_up_as_everybody_does():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert container["postCreateCommand"] == "make setup"
    assert 5005 in container["forwardPorts"]


def test_help_tells_every_target():
    shown = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^make (\w+) +\S", shown, re.MULTILINE)) == make_targets()


def test_every_label_is_described():
    from beian.nlu.data_check import read_messages

    guide = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")
    told = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", guide))
    labels = {label for _, label in read_messages()}
    assert not {label for label in labels if label.partition("/")[2] not in told | {""}}
    assert not {label for label in labels if label.partition("/")[0] not in told}


def test_make_targets_are_real():
    """Each is known to make, and asks for nothing that is not there."""
    for target in make_targets():
        run = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        for script in re.findall(r"scripts/\w+\.sh", run.stdout):
            assert (ROOT / script).is_file(), script
        for module in re.findall(r"python -m ((?:beian|bench)[\w.]*)", run.stdout):
            place = ROOT.joinpath(*module.split("."))
            assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file(), module


def test_answers_live_in_the_knowledge_base_alone():
    """No sentence of a fact stands in code, rules or domain."""
    from beian.kb import load_knowledge

    sentences = {
        line
        for fact in load_knowledge().facts.values()
        for _, lines in fact.body
        for line in lines
        if len(line) >= 12
    }
    for path in FILES:
        name = path.relative_to(ROOT).as_posix()
        code = name.startswith(("beian/", "actions/")) and path.suffix == ".py"
        if code or name in ("domain.yml", "data/rules.yml", "data/stories.yml"):
            text = text_of(path)
            assert not [line for line in sentences if line in text], name


def test_chinese_sentences_in_code_are_few():
    """Code may hold patterns and messages of commands, but what a customer reads comes from kb/."""
    said = re.compile(r"""utter_message\(\s*(?:text=)?f?["'][^"']*[\u4e00-\u9fff]""")
    code = [path for path in FILES if path.relative_to(ROOT).parts[0] in ("beian", "actions")]
    assert not [path for path in code if path.suffix == ".py" and said.search(text_of(path))]
