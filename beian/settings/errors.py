"""The one error of all settings."""


class SettingsError(ValueError):
    """A setting cannot be used; its message says which, why and how it should be, in Chinese."""
