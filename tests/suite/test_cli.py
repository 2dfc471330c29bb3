"""The commands that need nothing but the files."""

from pathlib import Path

import pytest

from beian_suite.cli import main

CASE = "test_cases:\n  - test_case: c\n    steps: [user: [a, b]]\n"


def test_check_reads_every_file_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "e2e" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(CASE, encoding="utf-8")
    (folder / "b.yaml").write_text("test_cases:\n  - test_cases: c\n", encoding="utf-8")
    (folder / "c.yml").write_text(CASE, encoding="utf-16")
    (folder / "d.yml").write_text("version: 3\n", encoding="utf-8")
    (folder / "e.yml").write_text(CASE, encoding="utf-8-sig")
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert [line.rpartition("/")[2] for line in told.out.splitlines()] == [
        "a.yml：1 个用例，2 个测试",
        "e.yml：1 个用例，2 个测试",
    ]
    assert "b.yaml:2: 不认识的键 test_cases" in told.err
    assert "c.yml:1: 是 UTF-16" in told.err
    assert "d.yml" not in told.err


def test_check_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert "没有找到" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "none.yml")]) == 1
    assert "none.yml: 读不了" in capsys.readouterr().err


def test_check_accepts_rasa_pro_by_choice(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text(
        "test_cases:\n  - test_case: c\n    steps:\n      - user: a\n"
        "        assertions: [flow_completed: {flow_id: x}]\n",
        encoding="utf-8",
    )
    assert main(["check", str(path)]) == 1
    assert main(["check", "--rasa-pro", str(path)]) == 0
