"""Faults in what is found beside the answer: for the desk, and in the layer of public material."""

from bench.faults.fault import in_file

FAULTS = (
    *in_file(
        "beian/lookup/lookup.py",
        "tests/lookup/test_lookup.py",
        ("if fact in hits or not _is_for(", "if not _is_for("),
        ("            if chance >= LIKELY:\n", "            if chance > 1:\n"),
        ("if len(hits) == most:", "if False:"),
        ("holds = 1.0 if plain and plain in whole else 0.0", "holds = 0.0"),
    ),
    *in_file(
        "beian/supplement/choose.py",
        "tests/supplement/test_choose.py",
        ("OTHER_THEME if number else 1.0", "1.0"),
        ("(powers.sum() + np.exp(none - most))", "powers.sum()"),
        ("if allowed:", "if False:"),
    ),
)
