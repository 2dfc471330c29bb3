"""Every setting, read from BEIAN_… variables; each name is described in docs/operations.md."""

from beian.project import ROOT
from beian.settings.errors import SettingsError
from beian.settings.server import TITLE, Rates, Settings, from_environment

__all__ = ["ROOT", "TITLE", "Rates", "Settings", "SettingsError", "from_environment"]
