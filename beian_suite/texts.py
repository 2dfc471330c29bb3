"""Read a file as text, as editors of any system write it; what cannot be read is one sentence."""

from __future__ import annotations

import codecs
from pathlib import Path

from beian_suite.model import SuiteError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, shown: Path | None = None) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises SuiteError, naming `shown`."""
    name = shown or path
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SuiteError([f"{name}: 读不了（{error.strerror or error}）"]) from error
    if data.startswith(_UTF16):
        raise SuiteError([f"{name}:1: 是 UTF-16 编码，请另存为 UTF-8"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SuiteError([f"{name}:{line}: 不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8"]) from error


def may_hold_cases(path: Path) -> bool:
    """Whether a file may be meant as one of conversations: it names cases, says nothing at all, or cannot be
    read as text, which is for its reader to say."""
    try:
        text = read_text(path)
    except SuiteError:
        return True
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return not lines or has_cases(text)


def has_cases(text: str) -> bool:
    """Whether a text has the key of test cases at its top."""
    return any(
        line.startswith(("test_cases:", "test_cases :", '"test_cases"', "{")) and "test_cases" in line
        for line in text.splitlines()
    )
