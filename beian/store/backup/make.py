"""Makes a backup while the server runs."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from beian.settings import Settings
from beian.store.backup.manifest import SECRET, BackupError, Manifest, Part, check_of, described
from beian.store.backup.sources import pinned
from beian.store.database import cause
from beian.store.schema.files import synced, whole
from beian.store.schema.places import Database
from beian.tokens import load_secret


def backup(settings: Settings, places: Sequence[Database], folder: Path) -> Manifest:
    """Write both databases and the secret into a new folder, which is there only when all is.

    A secret that does not come from the data folder is left where it is kept; the manifest tells whether
    another is the same. Raises BackupError, SchemaError or SettingsError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} 已经有内容：请给一个新的目录")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        manifest = _write(settings, places, unfinished)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
        synced(folder.parent)
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise BackupError(f"备份没有做成：{cause(error)}") from error
    except OSError as error:
        raise BackupError(f"备份没有做成：{error.filename or folder}：{error.strerror}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return manifest


def _write(settings: Settings, places: Sequence[Database], folder: Path) -> Manifest:
    made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with pinned(places) as sources:
        parts: dict[str, Part] = {source.name: source.copy(folder) for source in sources}
    secret = settings.secret or load_secret(settings.var)
    if settings.secret is None:
        with whole(folder / SECRET) as file:
            file.write_text(secret, encoding="ascii")
        parts[SECRET] = described(folder / SECRET, "secret", {}, {})
    manifest = Manifest(made, _program(), parts, check_of(secret, parts))
    manifest.write(folder)
    return manifest


def _program() -> str:
    try:
        return metadata.version("beian-assistant")
    except metadata.PackageNotFoundError:
        return "?"
