"""When people are there: BEIAN_DESK_HOURS, BEIAN_DESK_GONE_MINUTES."""

from __future__ import annotations

import os
from collections.abc import Mapping

from beian.settings.errors import SettingsError

GONE_MINUTES = 5.0


def desk_hours(environ: Mapping[str, str] | None = None) -> str | None:
    """The hours as they are written, for `Hours.of_setting`; None without any."""
    return (os.environ if environ is None else environ).get("BEIAN_DESK_HOURS")


def gone_seconds(environ: Mapping[str, str] | None = None) -> float:
    """After how many seconds without a sign an agent counts as gone. Raises SettingsError."""
    written = (os.environ if environ is None else environ).get("BEIAN_DESK_GONE_MINUTES")
    try:
        minutes = float(written) if written else GONE_MINUTES
    except ValueError:
        minutes = 0.0
    if not 1 <= minutes <= 24 * 60:
        raise SettingsError(f"BEIAN_DESK_GONE_MINUTES 应是 1 到 1440 的分钟数：{written!r}")
    return minutes * 60
