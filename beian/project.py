"""Where the project's own files are, whatever the working directory and however the package was installed.

Knowledge, training data, configuration, models and what the server stores lie in one folder, the project. For
a checkout or an unpacked archive that is the folder the package lies in. A package that was installed alone
lies in none: it works in the folder that BEIAN_PROJECT names, else in the working directory.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "BEIAN_PROJECT"
PACKAGE = Path(__file__).resolve().parent
"""The folder of the package, with the pages it serves."""
_MARKS = ("kb", "config.yml")


def project_folder(environ: Mapping[str, str], package: Path = PACKAGE) -> Path:
    """The folder named by BEIAN_PROJECT, else the one around the package, else the working directory."""
    named = environ.get(VARIABLE)
    if named:
        return Path(named).resolve()
    around = package.parent
    return around if all((around / mark).exists() for mark in _MARKS) else Path.cwd()


ROOT = project_folder(os.environ)
"""The project that this process works in."""
