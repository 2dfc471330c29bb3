"""The model is trained anew when something that training reads has changed, and only then."""

import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest

from beian.engine import training
from beian.engine.training_sources import sources_digest, training_code
from beian.kb import KnowledgeError
from beian.project import ROOT
from bench.checkout import copy_checkout

COPIED = ("config.yml", "domain.yml", "requirements.lock", "data", "kb", "beian")
# What the training process may load and not be made of: the knowledge base's own code, whose work counts by
# what it hands on, and what reads a trained model, keeps what can be made again, or says how far it is.
NOT_TRAINED = ("beian.kb", "beian.settings", "beian.reading")
BESIDE = {"beian.nlu.decide", "beian.nlu.vector_cache", "beian.meaning.slots", "beian.progress"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A copy of what the digest looks at, to be changed; in a folder that is not easy."""
    folder = tmp_path_factory.mktemp("试 一 试")
    copy_checkout(folder, COPIED)
    return folder


@pytest.fixture(scope="module")
def before(checkout) -> str:
    return sources_digest(checkout)


def after(checkout: Path, file: str, old: str, new: str) -> str:
    """The digest with the first `old` of a file replaced; an empty `old` adds to its end."""
    path = checkout / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    try:
        return sources_digest(checkout)
    finally:
        path.write_text(text, encoding="utf-8")


def test_the_same_sources_have_the_same_digest_wherever_they_lie(checkout, before):
    assert sources_digest(checkout) == before == sources_digest(ROOT)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("kb/phrases.yml", "再见", "回头见"),
        ("kb/sources.yml", "title: ", "title: 新的"),
        ("kb/procedure.yml", "- text: 备案变更，是指", "- text: 所谓备案变更，是指"),
        ("kb/procedure.yml", "section: [引言]", "section: [前言]"),
        ("kb/procedure.yml", "why: 目的是让备案信息与实际情况保持一致。", "why: 让备案信息与实际一致。"),
        ("kb/procedure.yml", "title: 阿里云备案变更流程", "title: 备案变更流程"),
        ("kb/themes.yml", "id: access_provider, title: 更换接入商", "id: access_provider, title: 换接入商"),
        ("kb/vocabulary.yml", "", "# looked at again\n"),
        ("beian/nlu/decide.py", "BOTH = 0.65", "BOTH = 0.85"),
        ("beian/nlu/labels.py", "", "# a comment\n"),
        ("beian/kb/load.py", "", "UNUSED = 1\n"),
        ("beian/answers/brief.py", "", "UNUSED = 1\n"),
    ],
)
def test_what_training_does_not_read_needs_no_training(checkout, before, file, old, new):
    assert after(checkout, file, old, new) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("config.yml", "core_fallback_threshold: 0.3", "core_fallback_threshold: 0.4"),
        ("domain.yml", "- overview", "- overviews"),
        ("requirements.lock", "", "# another\n"),
        ("data/nlu.yml", "- 备案变更是个啥", "- 备案变更是个什么"),
        ("data/rules.yml", "rule: overview", "rule: first"),
        ("data/contextual/access.txt", "", "\n# a change\n"),
        ("kb/procedure.yml", "title: 什么是备案变更", "title: 何为备案变更"),
        ("kb/procedure.yml", "question: 什么是备案变更", "question: 何为备案变更"),
        ("kb/procedure.yml", "审核要多久, phase: submitted", "审核要多久, phase: preparing"),
        ("kb/procedure.yml", "next: [overview.types, procedure.overview", "next: [procedure.overview"),
        ("kb/vocabulary.yml", "aliases: [改名, 更名", "aliases: [改名, 换名, 更名"),
        ("kb/vocabulary.yml", "aliases: [信用代码, ", "aliases: ["),
        ("kb/themes.yml", "], own_subject: true}", "]}"),
        ("kb/foreign.yml", "- 营业执照", "- 营业执照正本"),
        ("beian/nlu/labels.py", "", "UNUSED = 1\n"),
        ("beian/meaning/advance.py", "", "UNUSED = 1\n"),
        ("beian/kb/cells.py", "", "UNUSED = 1\n"),
        ("beian/text/patterns.py", "", "UNUSED = 1\n"),
    ],
)
def test_what_training_reads_needs_training(checkout, before, file, old, new):
    assert after(checkout, file, old, new) != before


def test_an_entry_more_in_a_list_needs_training(checkout, before):
    """第二条 stands for an entry: how many there are is learned, what they say is not."""
    entry = "          - 新增网站：同一主体下增加新的网站域名\n"
    without = after(checkout, "kb/procedure.yml", entry, "          - 新增网站：多一个域名\n")
    assert without == before
    listing = "      - list:\n          - 通过：备案信息"
    more = listing.replace("- list:\n", "- list:\n          - 新的一样\n")
    assert after(checkout, "kb/procedure.yml", listing, more) != before


def test_the_code_is_all_that_training_loads():
    """What the reader and the components import when they are loaded, told by Python itself."""
    program = (
        "import sys; import beian.engine.training_messages;"
        "from beian.engine.components import case_entities, label_classifier, contextual_meaning;"
        "print(*(name for name in sys.modules if name.partition('.')[0] == 'beian'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    code = {
        file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for file in training_code()
    }
    rest = {
        name for name in loaded if not name.startswith(("beian.kb", "beian.settings", "beian.reading"))
    } - BESIDE
    assert code - {"beian.kb.cells"} == rest


def test_a_model_is_fresh_until_its_sources_change(monkeypatch, tmp_path, checkout, before):
    monkeypatch.setattr(training, "MODELS", tmp_path)
    monkeypatch.setattr(training, "sources_digest", lambda: sources_digest(checkout))
    assert not training.is_fresh()
    (tmp_path / "beian.tar.gz").write_bytes(b"")
    (tmp_path / "beian.digest").write_text(before)
    assert training.is_fresh()
    monkeypatch.setattr(training, "check_training_data", lambda kb: pytest.fail("nothing to train"))
    assert training.train() == tmp_path / "beian.tar.gz"
    shutil.copy(checkout / "config.yml", tmp_path)
    (checkout / "config.yml").write_text("recipe: default.v1\n", encoding="utf-8")
    try:
        assert not training.is_fresh()
    finally:
        shutil.copy(tmp_path / "config.yml", checkout)


def test_the_digest_is_of_the_sources_as_they_were_read(monkeypatch, tmp_path):
    """An edit made while training goes on makes the model stale, not its stamp wrong."""
    digests = iter(["as read", "edited meanwhile"])
    monkeypatch.setattr(training, "MODELS", tmp_path)
    monkeypatch.setattr(training, "is_fresh", lambda: False)
    monkeypatch.setattr(training, "sources_digest", lambda: next(digests))
    monkeypatch.setattr(training, "check_training_data", lambda kb: types.SimpleNamespace(problems=[]))
    monkeypatch.setattr(training, "_run_rasa", lambda force: next(digests))
    training.train()
    assert (tmp_path / "beian.digest").read_text() == "as read"


def test_faults_in_the_knowledge_base_are_told(checkout):
    with pytest.raises(KnowledgeError):
        after(checkout, "kb/themes.yml", "themes:", "theme:")
