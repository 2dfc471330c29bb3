"""What a fault is, and those of one file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Replace `old`, which stands in `file` once, by `new`; `tests` should fail then.

    `trained`: they understand messages with the trained model, or need another fixture of a conftest.
    `words`: of these tests only those that pytest's -k finds, where all of them take long.
    """

    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    trained: bool = False
    words: str = ""


def in_file(
    file: str, tests: str, *changes: tuple[str, str], trained: bool = False, words: str = ""
) -> tuple[Fault, ...]:
    """The faults of a file, (old, new), with the tests nearest to it, parted by blanks."""
    return tuple(Fault(file, old, new, tuple(tests.split()), trained, words) for old, new in changes)
