"""The server's settings, from the environment; every name is described in docs/operations.md."""

from __future__ import annotations

import ipaddress
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from beian.project import PACKAGE, ROOT
from beian.settings.answering import caution_from, document_set, switch_from
from beian.settings.desk import gone_seconds
from beian.settings.errors import SettingsError

TITLE = "备案变更助手"
_SHORTEST_SECRET = 16


@dataclass(frozen=True)
class Rates:
    """Allowed requests: (in a row, then per second)."""

    session: tuple[int, float] = (10, 0.5)
    address: tuple[int, float] = (60, 5.0)
    new_sessions: tuple[int, float] = (20, 0.2)
    api_key: tuple[int, float] = (100, 50.0)


@dataclass(frozen=True)
class Settings:
    """What a running server needs to know. `origins` are the sites whose pages may call the interface."""

    host: str = "127.0.0.1"
    port: int = 5005
    var: Path = ROOT / "var"
    static: Path = PACKAGE / "server" / "static"
    database: str | None = None
    procedure: Path | None = None
    """The document itself, to show the originals of facts from."""
    origins: frozenset[str] = frozenset()
    frame_ancestors: str = "'self'"
    api_key: str | None = None
    metrics_token: str | None = None
    secret: str | None = None
    secret_old: str | None = None
    proxies: int = 0
    retention_days: float = 90.0
    rates: Rates = field(default_factory=Rates)
    max_text: int = 2000
    max_body: int = 16 * 1024
    max_queue: int = 500
    max_streams: int = 2000
    max_streams_address: int = 100
    request_seconds: float = 10.0

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine reaches the server: a proxy would hand on anybody's requests."""
        if self.proxies > 0:
            return False
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def shared_database(self) -> bool:
        """Whether other servers may use the same conversation store."""
        return self.database is not None and "://" in self.database

    @property
    def allowed_origins(self) -> frozenset[str]:
        """The configured origins; on loopback this server's own addresses as well."""
        if not self.on_loopback:
            return self.origins
        own = {f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        return self.origins | own


def from_environment(environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from BEIAN_… variables; `overrides` (from the command line) win. Raises SettingsError."""
    env = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for name in ("host", "frame_ancestors"):
        if env.get(f"BEIAN_{name.upper()}"):
            values[name] = env[f"BEIAN_{name.upper()}"]
    for name, kind in (("port", int), ("proxies", int), ("retention_days", float)):
        if env.get(f"BEIAN_{name.upper()}"):
            values[name] = _number(f"BEIAN_{name.upper()}", env, kind)
    if env.get("BEIAN_STREAMS_ADDRESS"):
        values["max_streams_address"] = _number("BEIAN_STREAMS_ADDRESS", env, int)
    rates = {
        name: _rate(f"BEIAN_RATE_{name.upper()}", env)
        for name in ("session", "address", "new_sessions", "api_key")
    }
    values["rates"] = Rates(**{name: rate for name, rate in rates.items() if rate is not None})
    for name in ("api_key", "metrics_token", "secret", "secret_old", "database"):
        values[name] = _secret(f"BEIAN_{name.upper()}", env)
    if env.get("BEIAN_VAR"):
        values["var"] = Path(env["BEIAN_VAR"]).resolve()
    if env.get("BEIAN_ORIGINS"):
        values["origins"] = frozenset(
            origin.strip().rstrip("/") for origin in env["BEIAN_ORIGINS"].split(",")
        )
    values["procedure"] = document_set(env)
    # Read where they are used; what is wrong with them shows before anything is loaded.
    for read in (switch_from, caution_from, gone_seconds):
        read(env)
    values |= {name: value for name, value in overrides.items() if value is not None}
    settings = Settings(**values)  # type: ignore[arg-type]
    _check(settings)
    return settings


def _number(name: str, env: Mapping[str, str], kind: type) -> float | int:
    try:
        value: float | int = kind(env[name])
    except ValueError as error:
        raise SettingsError(f"{name} 应是数字：{env[name]!r}") from error
    return value


def _rate(name: str, env: Mapping[str, str]) -> tuple[int, float] | None:
    """A limit written as "burst,per second"."""
    if not env.get(name):
        return None
    burst, _, rate = env[name].partition(",")
    try:
        limit = int(burst), float(rate)
    except ValueError as error:
        raise SettingsError(
            f"{name} 应写成 10,0.5 的样子（可连发几次，之后每秒几次）：{env[name]!r}"
        ) from error
    if limit[0] < 1 or not 0 < limit[1] < math.inf:
        raise SettingsError(f"{name} 的两个数都应是大于 0 的有限数：{env[name]!r}")
    return limit


def _secret(name: str, env: Mapping[str, str]) -> str | None:
    """A secret from NAME, or from the file named in NAME_FILE, which others must not be able to read.

    Its group may: container platforms mount secrets for the group of the process.
    """
    if env.get(name):
        return env[name]
    file = env.get(f"{name}_FILE")
    if not file:
        return None
    try:
        if Path(file).stat().st_mode & 0o007:
            raise SettingsError(f"{name}_FILE：其他用户能读 {file}，请先 chmod o-rwx")
        return Path(file).read_text(encoding="utf-8").strip() or None
    except OSError as error:
        raise SettingsError(f"{name}_FILE 读不了：{error.strerror}") from error


def _check(settings: Settings) -> None:
    for origin in settings.origins:
        if not origin.startswith(("http://", "https://")) or origin.count("/") != 2:
            raise SettingsError(f"BEIAN_ORIGINS：{origin!r} 不是 https://www.example.com 这样的来源")
    for name in ("api_key", "metrics_token", "secret", "secret_old"):
        value = getattr(settings, name)
        if value is not None and len(value) < _SHORTEST_SECRET:
            raise SettingsError(f"BEIAN_{name.upper()} 太短：至少 {_SHORTEST_SECRET} 个字符")
    if any(char in settings.frame_ancestors for char in ";,\r\n"):
        raise SettingsError("BEIAN_FRAME_ANCESTORS：来源之间用空格隔开")
    if not 0 < settings.port < 65536:
        raise SettingsError(f"BEIAN_PORT：没有 {settings.port} 这个端口")
    if settings.max_streams_address < 1:
        raise SettingsError(f"BEIAN_STREAMS_ADDRESS 应大于 0：{settings.max_streams_address}")
    if settings.proxies < 0:
        raise SettingsError(f"BEIAN_PROXIES 应是 0 或自己的反向代理层数：{settings.proxies}")
    if not 0 < settings.retention_days < math.inf:
        raise SettingsError(f"BEIAN_RETENTION_DAYS 应是大于 0 的天数：{settings.retention_days}")
