"""One PostgreSQL cluster for all tests of a process, where its programs are installed."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ports import free_port


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def cluster() -> Iterator[int]:
    """The port of a cluster that all share."""
    if not _program("initdb"):
        pytest.skip("PostgreSQL is not installed")
    # Not among pytest's own folders: each session that begins shuts those to other users again.
    folder = Path(tempfile.mkdtemp(prefix="beian-postgres-"))
    port = free_port()
    # It refuses to run as root.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*as_owner, *command], check=True, capture_output=True, cwd=folder)

    run(_program("initdb"), "-D", str(data), "-U", "beian", "--auth=trust", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300"
    run(_program("pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    yield port
    run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    shutil.rmtree(folder)


def _run(port: int, *statements: str) -> None:
    admin = sa.create_engine(f"postgresql://beian@127.0.0.1:{port}/template1", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    admin.dispose()


@pytest.fixture(scope="module")
def postgres(cluster: int) -> int:
    """The port of the cluster, with an empty database "postgres" for the tests of a module."""
    _run(
        cluster,
        "DROP DATABASE IF EXISTS postgres WITH (FORCE)",
        "CREATE DATABASE postgres TEMPLATE template0",
    )
    return cluster


@pytest.fixture
def empty(cluster: int) -> str:
    """The URL of a database without any table."""
    name = f"t{uuid.uuid4().hex}"
    _run(cluster, f"CREATE DATABASE {name} TEMPLATE template0")
    return f"postgresql://beian@127.0.0.1:{cluster}/{name}"
