"""PostgreSQL's own programs for copying a database out and in."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from beian.store.backup.manifest import BackupError


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


def restore(url: sa.engine.URL, file: Path, before: Sequence[str] = (), after: Sequence[str] = ()) -> None:
    """Replace what the file holds, all of it or nothing, with statements of SQL before and after it in the
    same transaction. Raises BackupError."""
    told = ["--clean", "--if-exists", "--no-owner", "--no-privileges"]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as said_too:
        script = subprocess.Popen(
            [_program("pg_restore"), *told, "--file=-", str(file)], stdout=subprocess.PIPE, stderr=said
        )
        command, env = _command("psql", url, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
        sink = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said_too
        )
        assert script.stdout is not None
        assert sink.stdin is not None
        # What ends before its COMMIT has changed nothing.
        with contextlib.suppress(BrokenPipeError), sink.stdin, script.stdout:
            sink.stdin.write(_lines("BEGIN", "SET LOCAL client_min_messages = warning", *before))
            shutil.copyfileobj(script.stdout, sink.stdin)
            if script.wait() == 0:
                sink.stdin.write(_lines(*after, "COMMIT"))
        for program, process, words in (("pg_restore", script, said), ("psql", sink, said_too)):
            # One that was not listened to any more says so too: the one that failed first is told of.
            if process.wait() and (program == "psql" or not sink.wait()):
                words.seek(0)
                raise _failed(program, words.read().decode("utf-8", "replace"))


def _lines(*statements: str) -> bytes:
    return "".join(f"{statement};\n" for statement in statements).encode()


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
    command, env = _command(program, url, *options)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise _failed(program, done.stderr)


def _failed(program: str, words: str) -> BackupError:
    lines = words.strip().splitlines() or ["?"]
    return BackupError(f"{program} 没有成功：{lines[0]}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"没有找到 {name}：请安装 PostgreSQL 的客户端程序")
    return found


def _command(program: str, url: sa.engine.URL, *options: str) -> tuple[list[str], dict[str, str]]:
    """A program that connects to the database, and its environment."""
    # Not on the command line: everybody on the machine can read that.
    env = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    plain = sa.engine.URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string(hide_password=False)
    return [_program(program), f"--dbname={plain}", *options], env
