"""Where the project's files are looked for."""

from __future__ import annotations

from pathlib import Path

from beian import project


def laid_out(folder: Path) -> Path:
    """A folder that looks like a project, with a package in it."""
    (folder / "kb").mkdir(parents=True)
    (folder / "config.yml").write_text("", encoding="utf-8")
    (folder / "beian").mkdir()
    return folder


def test_a_checkout_is_the_folder_around_the_package(tmp_path, monkeypatch):
    folder = laid_out(tmp_path / "checkout")
    monkeypatch.chdir(tmp_path)
    assert project.project_folder({}, folder / "beian") == folder


def test_a_package_that_was_installed_works_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(laid_out(tmp_path / "here"))
    installed = tmp_path / "site-packages" / "beian"
    installed.mkdir(parents=True)
    assert project.project_folder({}, installed) == tmp_path / "here"


def test_the_variable_is_obeyed(tmp_path):
    folder = laid_out(tmp_path / "checkout")
    named = {project.VARIABLE: str(tmp_path / "elsewhere")}
    assert project.project_folder(named, folder / "beian") == tmp_path / "elsewhere"


def test_the_pages_come_with_the_package():
    assert (project.PACKAGE / "server" / "static" / "widget.js").is_file()
