"""A copy of a part of the checkout, to be broken."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "static", "*.egg-info")


def copy_checkout(folder: Path, names: Iterable[str]) -> None:
    """Copy the files and folders of these names, relative to the checkout, to the same places in `folder`."""
    for name in names:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=_LEFT_OUT)
        else:
            shutil.copy2(source, target)
