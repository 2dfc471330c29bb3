"""Whether the second layer is shown, and for which themes: BEIAN_SUPPLEMENT, BEIAN_SUPPLEMENT_WITHOUT."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

VARIABLE = "BEIAN_SUPPLEMENT"
WITHOUT_VARIABLE = "BEIAN_SUPPLEMENT_WITHOUT"
_VALUES = {"on": True, "": True, "off": False}


class SwitchError(ValueError):
    """A variable has a value that means nothing; its message says so in Chinese."""


@dataclass(frozen=True)
class Switch:
    """`without`: the themes that are left as they are in the first layer alone."""

    on: bool = True
    without: frozenset[str] = frozenset()

    def shows(self, theme: str) -> bool:
        """Whether facts of a theme may be shown."""
        return self.on and theme not in self.without


def switch_from(environ: Mapping[str, str] | None = None) -> Switch:
    """The switch as the environment sets it. Raises SwitchError."""
    env = os.environ if environ is None else environ
    written = env.get(VARIABLE, "").strip().lower()
    if written not in _VALUES:
        raise SwitchError(f"{VARIABLE} 应是 on 或 off：{env[VARIABLE]!r}")
    themes = (theme.strip() for theme in env.get(WITHOUT_VARIABLE, "").split(","))
    return Switch(_VALUES[written], frozenset(theme for theme in themes if theme))
