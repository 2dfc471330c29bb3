"""Puts a backup back, in the place of what is there; that is kept aside."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.settings import Settings
from beian.store.backup import beside, postgres
from beian.store.backup import manifest as manifests
from beian.store.backup.manifest import SECRET, BackupError, Manifest
from beian.store.backup.sources import sound
from beian.store.database import cause
from beian.store.schema import files, marks
from beian.store.schema.found import look_at_file
from beian.store.schema.places import Database
from beian.store.schema.sole import sole_use
from beian.tokens import load_secret

ASIDE = "replaced-"
"""How the folders begin that what was replaced is moved into."""


def restore(settings: Settings, places: Sequence[Database], folder: Path) -> tuple[Manifest, list[Path]]:
    """Put both databases and the secret back; the manifest, and the folders with what was there before.

    No server may run. Everything is checked before anything is changed; were it to be interrupted in
    between, the server would not start until it is done again.
    Raises BackupError, SchemaError or SettingsError.
    """
    manifest = manifests.read(folder)
    by_file = _assigned(manifest, places)
    _check_secret(settings, manifest, folder)
    try:
        with sole_use(places):
            for name, place in by_file:
                if place.file is not None:
                    sound(folder / name)
                    look_at_file(folder / name, place.line, f"备份 {folder / name} ")
                else:
                    _check_unused(place)
            aside = _exchange(settings, folder, manifest, by_file)
            for name, place in by_file:
                if place.url is not None:
                    _replace(place, place.url, folder / name, manifest.parts[name].holds)
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise BackupError(f"没有恢复成：{cause(error)}") from error
    except OSError as error:
        raise BackupError(f"没有恢复成：{error.filename}：{error.strerror}") from error
    return manifest, aside


def _assigned(manifest: Manifest, places: Sequence[Database]) -> list[tuple[str, Database]]:
    """Each database file of the backup with the place it goes to, once for each file."""
    assigned: list[tuple[str, Database]] = []
    for place in places:
        kind = "sqlite" if place.file is not None else "postgresql"
        held = [name for name, part in manifest.parts.items() if place.line.name in part.holds]
        if len(held) != 1 or manifest.parts[held[0]].kind != kind:
            raise BackupError(f"备份里没有能放到这里的{place.line.title}：这里用的是 {kind}")
        if held[0] not in [name for name, _ in assigned]:
            assigned.append((held[0], place))
    return assigned


def _check_secret(settings: Settings, manifest: Manifest, folder: Path) -> None:
    if SECRET in manifest.parts:
        secret = (folder / SECRET).read_text(encoding="ascii").strip()
        if settings.secret is not None and settings.secret != secret:
            raise BackupError(
                "备份的密钥与 BEIAN_SECRET 不同：客户和外部系统会找不到自己的对话，请先改成一致"
            )
    elif settings.secret is None and not (settings.var / "secret").exists():
        raise BackupError("备份里没有密钥（做备份的服务从 BEIAN_SECRET 得到它）：请先设好同一个 BEIAN_SECRET")
    else:
        secret = settings.secret or load_secret(settings.var)
    if manifests.check_of(secret, manifest.parts) != manifest.check:
        raise BackupError(
            f"备份 {folder} 的清单与密钥对不上：密钥不是做备份时的那一个，或混入了另一次备份的文件"
        )


def _check_unused(place: Database) -> None:
    engine = place.engine()
    try:
        postgres.check_unused(engine, place.label)
    finally:
        engine.dispose()


def _replace(place: Database, url: sa.engine.URL, file: Path, holds: dict[str, str]) -> None:
    engine = place.engine()
    try:
        before, after = beside.around(engine, holds)
    finally:
        engine.dispose()
    postgres.restore(url, file, before, after)


def _exchange(
    settings: Settings, folder: Path, manifest: Manifest, by_file: list[tuple[str, Database]]
) -> list[Path]:
    """Put the files in place; what was there goes aside."""
    new = {place.file: folder / name for name, place in by_file if place.file is not None}
    revisions = {
        place.file: manifest.parts[name].holds[place.line.name] for name, place in by_file if place.file
    }
    if SECRET in manifest.parts and settings.secret is None:
        new[settings.var / "secret"] = folder / SECRET
    for target, source in new.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.whole(_waiting(target)) as unfinished:
            shutil.copyfile(source, unfinished)
    folders = {target.parent for target in new}
    for one in folders:
        marks.restoring(one).touch(mode=0o600)
        files.synced(one)
    aside = [kept for target in new if (kept := _put_aside(target)) is not None]
    for target in new:
        _waiting(target).replace(target)
    for file, revision in revisions.items():
        marks.note(file, revision)
    for one in folders:
        files.synced(one)
        marks.restoring(one).unlink()
    return sorted(set(aside))


def _waiting(target: Path) -> Path:
    return target.with_name(f".{target.name}.restored")


def _put_aside(target: Path) -> Path | None:
    """Move a file and what belongs to it into a folder beside it; the folder, None when there was none."""
    found = [path for part in files.PARTS if (path := Path(f"{target}{part}")).exists()]
    if not found:
        return None
    kept = target.parent / f"{ASIDE}{time.strftime('%Y%m%d-%H%M%S')}"
    kept.mkdir(mode=0o700, exist_ok=True)
    for path in found:
        path.replace(kept / path.name)
    return kept
