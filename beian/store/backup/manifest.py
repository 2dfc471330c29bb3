"""What a backup says of itself, and whether that is true."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from beian.store.database import StoreError
from beian.store.schema.files import whole
from beian.tokens import Signer

FORMAT = 1
NAME = "manifest.json"
SECRET = "secret"  # noqa: S105 - the file's name


class BackupError(StoreError):
    """A backup could not be made, is not whole, or cannot be put back here; nothing was changed."""


@dataclass(frozen=True)
class Part:
    """One file of the backup; `holds` names the databases in it, by their revisions."""

    kind: str
    holds: dict[str, str]
    rows: dict[str, int]
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`parts` by file name; `check` is made with the secret of the server that was backed up."""

    made: str
    program: str
    parts: dict[str, Part]
    check: str

    def write(self, folder: Path) -> None:
        """Write it into the folder. Raises OSError."""
        with whole(folder / NAME) as unfinished:
            content = json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)
            unfinished.write_text(content + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup all of whose files are as it says. Raises BackupError."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if content.pop("format") != FORMAT:
            raise BackupError(f"{folder} 是另一种格式的备份：请用做备份的那一版程序恢复")
        parts = {name: Part(**part) for name, part in content.pop("parts").items()}
        manifest = Manifest(parts=parts, **content)
    except FileNotFoundError as error:
        raise BackupError(f"{folder} 里没有完整的备份：缺 {NAME}") from error
    except OSError as error:
        raise BackupError(f"{folder / NAME} 读不了：{error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{folder / NAME} 不是备份的清单，或已损坏") from error
    for name, part in manifest.parts.items():
        _check(folder, name, part)
    return manifest


def described(path: Path, kind: str, holds: dict[str, str], rows: dict[str, int]) -> Part:
    """A file as the manifest tells of it. Raises OSError."""
    return Part(kind, holds, rows, path.stat().st_size, _digest(path))


def check_of(secret: str, parts: dict[str, Part]) -> str:
    """A signature over the files: it tells the secret, and whether parts of different backups were mixed."""
    digests: Any = sorted((name, part.sha256) for name, part in parts.items())
    return Signer(secret).sign("backup", json.dumps(digests))


def _check(folder: Path, name: str, part: Part) -> None:
    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise BackupError(f"备份 {folder} 不完整：缺 {name}")
    if path.stat().st_size != part.bytes or _digest(path) != part.sha256:
        raise BackupError(f"备份 {folder} 里的 {name} 与清单不符：已损坏，或换成了另一次备份的文件")


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
