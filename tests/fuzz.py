"""How many examples generated tests draw: the same few in `make test`, new and many in `make fuzz`."""

import os

from hypothesis import HealthCheck, settings

COUNT = "BEIAN_FUZZ"


def is_fuzzing() -> bool:
    return bool(os.environ.get(COUNT))


def examples(usual: int) -> int:
    """`usual`, or what `make fuzz` asks for when that is more."""
    return max(usual, int(os.environ.get(COUNT) or 0))


def base_seed(config) -> int:
    """For tests that draw in several rounds: the seed of the first."""
    chosen = config.getoption("--hypothesis-seed", default=None)
    return int(chosen) if chosen not in (None, "random") else 0


def load_profile() -> None:
    """No test fails because the machine is slow, and `make test` draws the same each time."""
    common = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
    settings.register_profile("same", derandomize=True, database=None, **common)
    settings.register_profile("fuzz", derandomize=False, max_examples=examples(100), **common)
    settings.load_profile("fuzz" if is_fuzzing() else "same")
