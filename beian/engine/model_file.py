"""Where the trained model is."""

from __future__ import annotations

from pathlib import Path

from beian.project import ROOT


class ModelMissingError(RuntimeError):
    """There is no trained model to load, or it cannot be read."""


def newest_model(folder: Path | None = None) -> Path:
    """The newest *.tar.gz in models/ of this checkout; raises ModelMissingError when there is none."""
    models = sorted((folder or ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise ModelMissingError("no trained model in models/: run `make train` first")
    return models[-1]


def existing_model(path: Path) -> Path:
    """The path of a model file; raises ModelMissingError when there is none.

    Rasa would look in the file's folder and take the newest model there instead.
    """
    if not path.is_file():
        raise ModelMissingError(f"没有这个模型文件：{path}")
    return path
