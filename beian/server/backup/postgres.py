"""PostgreSQL's own programs for copying a database out and in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from beian.server.backup.manifest import BackupError


def dump(url: sa.engine.URL, snapshot: str, to: Path) -> None:
    """Write the database as the exported snapshot has it into a file. Raises BackupError."""
    _run(
        "pg_dump",
        url,
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--file={to}",
    )


def restore(url: sa.engine.URL, file: Path) -> None:
    """Replace what the file holds, all of it or nothing. Raises BackupError."""
    _run(
        "pg_restore",
        url,
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        str(file),
    )


def check_unused(engine: sa.engine.Engine, label: str) -> None:
    """Raise BackupError when anybody else is connected to the database."""
    others = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with engine.connect() as connection:
        count = connection.execute(others).scalar()
    if count:
        raise BackupError(f"{label}还有 {count} 个连接：请先停下所有服务")


def _run(program: str, url: sa.engine.URL, *options: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"没有找到 {program}：请安装 PostgreSQL 的客户端程序")
    # Not on the command line: everybody on the machine can read that.
    env = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    plain = sa.engine.URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string(hide_password=False)
    done = subprocess.run(
        [found, f"--dbname={plain}", *options], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["?"]
        raise BackupError(f"{program} 没有成功：{lines[0]}")
