"""Faults in the conversation tests."""

from bench.faults.fault import in_file

FAULTS = (
    *in_file(
        "beian_suite/botium.py",
        "tests/suite/test_convert.py",
        ("if not _VARIABLE.search(text)]", "]"),
        ("            if not said:\n", "            if False:\n"),
    ),
    *in_file(
        "beian_suite/checks.py",
        "tests/suite/test_checks.py",
        ("message.text.strip() == check.want.strip()", "check.want.strip() in message.text"),
        ("set(wants) <= set(turn.facts)", "set(wants) & set(turn.facts)"),
        ("len(turn.facts) <= most", "len(turn.facts) <= most + 1"),
        ("self.next = index + 1", "self.next = index"),
        ("        result.seen += 1\n", ""),
    ),
    *in_file(
        "beian_suite/contract.py",
        "tests/suite/test_contract.py",
        ("if named != facts:", "if named and named != facts:"),
        ("len(facts) > MOST_FACTS", "len(facts) > MOST_FACTS + 1"),
    ),
    *in_file(
        "beian_suite/files.py",
        "tests/suite/test_files.py",
        ("            if asserted:\n", "            if False:\n"),
        ("if key in ASSERTIONS and self.rasa_pro:", "if key in ASSERTIONS:"),
        ("while case.name in seen:", "while False:"),
    ),
    *in_file(
        "beian_suite/nodes.py",
        "tests/suite/test_files.py",
        ("        if id(node) in self._open:\n", "        if False:\n"),
        ("                value.setdefault(key, located)\n", "                value[key] = located\n"),
    ),
    *in_file(
        "beian_suite/refused.py",
        "tests/suite/test_remote.py",
        ("if status in (401, 403):", "if status == 403:"),
        ("if 300 <= status < 400:", "if False:"),
        ("if isinstance(error, requests.exceptions.SSLError):", "if False:"),
    ),
    *in_file(
        "beian_suite/remote.py",
        "tests/suite/test_remote.py",
        (
            "            begun = time.perf_counter()\n            try:",
            "            begun = 0\n            try:",
        ),
        ("if response.status_code != 429 or attempt == _TRIES:", "if True:"),
        ("if slots:\n", "if False:\n"),
    ),
)
