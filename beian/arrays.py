"""The type of numpy's arrays in signatures.

Their shapes are said where they are made; values are float32 unless something else is said.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
