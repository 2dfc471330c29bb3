"""The document that the operator gives: read once at start-up; what is wrong with it is told, not raised."""

from __future__ import annotations

from pathlib import Path

from beian.kb import KnowledgeBase
from beian.original.align import Originals, originals_of
from beian.settings.answering import PROCEDURE

# What the facts' own wording is called wherever their sources are shown: it is not the document's.
RESTATED = "依据流程文档整理"
MOST_BYTES = 1_000_000


class DocumentError(ValueError):
    """The file cannot be used; the message says why, in Chinese."""


def originals_from(path: Path | None, kb: KnowledgeBase) -> Originals:
    """The originals in a file; without one, none. A file that cannot be used is a fault, not an error: the
    assistant answers all the same."""
    if path is None:
        return Originals()
    try:
        return originals_of(read_document(path), kb)
    except DocumentError as error:
        return Originals(faults=(str(error),))


def read_document(path: Path) -> str:
    """The text of the document. Raises DocumentError."""
    try:
        if not path.is_file():
            raise DocumentError(f"流程文档读不了：没有 {path} 这个文件")
        if path.stat().st_size > MOST_BYTES:
            raise DocumentError(f"流程文档 {path} 太大：最多 {MOST_BYTES // 1000} KB 的纯文本")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"流程文档 {path} 不是 UTF-8 的纯文本，请另存为 UTF-8") from error
    except OSError as error:
        raise DocumentError(f"流程文档 {path} 读不了：{error.strerror}") from error
    if "\0" in text:
        raise DocumentError(f"流程文档 {path} 不是纯文本，请另存为 UTF-8 的纯文本")
    if not text.strip():
        raise DocumentError(f"流程文档 {path} 是空的")
    return text


def faults_text(originals: Originals) -> str | None:
    """The faults as one text for whoever starts the program; None when there are none."""
    if not originals.faults:
        return None
    head = f"流程文档（{PROCEDURE}）有 {len(originals.faults)} 处对不上："
    return "\n  ".join([head, *originals.faults])
