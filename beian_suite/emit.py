"""Write test cases as YAML the way a person would."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML


def to_yaml(cases: Iterable[dict[str, Any]], comment: str = "") -> str:
    """A file with these cases (plain data in the form of the file)."""
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 4096  # type: ignore[assignment]  # long lines stay whole
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    if comment:
        out.write("".join(f"# {line}\n" for line in comment.splitlines()))
    yaml.dump({"test_cases": list(cases)}, out)
    return out.getvalue()
