"""How it is answered: BEIAN_CAUTION, BEIAN_PROCEDURE, BEIAN_SUPPLEMENT, BEIAN_SUPPLEMENT_WITHOUT."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from beian.settings.errors import SettingsError

CAUTION, PROCEDURE = "BEIAN_CAUTION", "BEIAN_PROCEDURE"
SUPPLEMENT, WITHOUT = "BEIAN_SUPPLEMENT", "BEIAN_SUPPLEMENT_WITHOUT"
_VALUES = {"on": True, "": True, "off": False}


@dataclass(frozen=True)
class Switch:
    """Whether the second layer is shown; themes in `without` are left as they are in the first layer."""

    on: bool = True
    without: frozenset[str] = frozenset()

    def shows(self, theme: str) -> bool:
        """Whether facts of a theme may be shown."""
        return self.on and theme not in self.without


def switch_from(environ: Mapping[str, str] | None = None) -> Switch:
    """The switch as the environment sets it. Raises SettingsError."""
    env = os.environ if environ is None else environ
    written = env.get(SUPPLEMENT, "").strip().lower()
    if written not in _VALUES:
        raise SettingsError(f"{SUPPLEMENT} 应是 on 或 off：{env[SUPPLEMENT]!r}")
    themes = (theme.strip() for theme in env.get(WITHOUT, "").split(","))
    return Switch(_VALUES[written], frozenset(theme for theme in themes if theme))


def document_set(environ: Mapping[str, str] | None = None) -> Path | None:
    """The procedure document that the operator gives, None without it."""
    given = (os.environ if environ is None else environ).get(PROCEDURE, "").strip()
    return Path(given) if given else None


def caution_from(environ: Mapping[str, str] | None = None) -> float | None:
    """How careful answers are to be, from 0 to 1; None where nothing is set. Raises SettingsError."""
    given = (os.environ if environ is None else environ).get(CAUTION)
    try:
        caution = float(given) if given else None
    except ValueError:
        caution = -1.0
    if caution is not None and not 0 <= caution <= 1:
        raise SettingsError(f"{CAUTION} 应为 0 到 1 之间的数（如 0.4），现在是 {given!r}，请改正")
    return caution
