import errno
import os
from pathlib import Path

import pytest

from beian.original import faults_text, originals_from
from beian.settings.answering import document_set
from tests.original.made_up import DOCUMENT, FACTS, knowledge


def test_without_a_document_there_is_nothing_to_tell():
    assert document_set({}) is None
    assert document_set({"BEIAN_PROCEDURE": " "}) is None
    none = originals_from(None, knowledge())
    assert (none.by_fact, none.faults, faults_text(none)) == ({}, (), None)


def test_a_document(tmp_path):
    file = tmp_path / "procedure.txt"
    file.write_text("\ufeff" + DOCUMENT, encoding="utf-8")
    assert document_set({"BEIAN_PROCEDURE": str(file)}) == file
    found = originals_from(file, knowledge())
    assert set(found.by_fact) == set(FACTS)
    assert faults_text(found) is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "没有"),
        (b"  \n\n", "是空的"),
        ("办理".encode("gb18030"), "不是 UTF-8 的纯文本，请另存为 UTF-8"),
        (b"PK\x00\x03", "不是纯文本"),
        (b"a" * 1_000_001, "太大：最多 1000 KB 的纯文本"),
    ],
    ids=["missing", "empty", "encoding", "binary", "large"],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(tmp_path, content, says):
    file = tmp_path / "procedure.txt"
    if content is not None:
        file.write_bytes(content)
    found = originals_from(file, knowledge())
    assert found.by_fact == {}
    assert len(found.faults) == 1
    assert found.faults[0].startswith("流程文档")
    assert says in found.faults[0]
    assert str(file) in found.faults[0]
    assert faults_text(found) == f"流程文档（BEIAN_PROCEDURE）有 1 处对不上：\n  {found.faults[0]}"


def test_a_folder_is_no_document(tmp_path):
    assert "没有" in originals_from(tmp_path, knowledge()).faults[0]


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    file = tmp_path / "procedure.txt"
    file.write_text(DOCUMENT, encoding="utf-8")

    def refused(*_arguments: object, **_options: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    # Not by its mode: there are users who may read everything.
    monkeypatch.setattr(Path, "read_text", refused)
    assert "读不了" in originals_from(file, knowledge()).faults[0]


def test_every_fault_is_told_once(tmp_path):
    file = Path(tmp_path / "procedure.txt")
    file.write_text("别的文字", encoding="utf-8")
    found = originals_from(file, knowledge())
    assert len(found.faults) == len(set(found.faults))
    assert "没有找到章节“办理步骤”，请核对文档里的标题" in found.faults
