"""The day it is in China, whatever the machine's own time zone is."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
OVERRIDE = "BEIAN_TODAY"


def today_in_china(now: datetime | None = None) -> date:
    """China's date at `now` (an aware datetime; the present by default).

    The environment variable BEIAN_TODAY (YYYY-MM-DD) fixes the present for tests; ValueError if malformed.
    """
    if now is not None:
        return now.astimezone(CHINA).date()
    fixed = os.environ.get(OVERRIDE)
    return date.fromisoformat(fixed) if fixed else datetime.now(CHINA).date()
