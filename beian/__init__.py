"""The library behind the filing-change assistant (备案变更助手).

`beian.__version__` is the version in pyproject.toml, as it was installed.
"""

from __future__ import annotations


def __getattr__(name: str) -> str:
    """The version, looked up when it is asked for: importing the package costs nothing."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import metadata

    return metadata.version("beian-assistant")
