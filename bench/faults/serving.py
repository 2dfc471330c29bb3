"""Faults in the server and its commands."""

from bench.faults.fault import in_file

FAULTS = (
    *in_file(
        "beian/cli/faults.py",
        "tests/cli/test_faults.py",
        ("isinstance(error, MemoryError) or ", ""),
        ("error = error.__cause__ or error.__context__", "error = None"),
    ),
    *in_file(
        "beian/server/downloads.py",
        "tests/server/test_downloads.py",
        ("'x' if place in message.ticked", "'x' if message.ticked"),
        ('"\\r\\n".join', '"\\n".join'),
    ),
    *in_file(
        "beian/server/limits.py",
        "tests/server/test_limits.py",
        ("return 0 if level >= 1 else", "return 0 if level > 0 else"),
        ("level = min(float(self._burst), level", "level = (level"),
        ("(level - 1 if allowed else level, now)", "(level - 1, now)"),
        ("while len(self._buckets) > self._keys:", "while False:"),
        ("if taken >= self._most:", "if taken > self._most:"),
        ("allowed = level >= 1", "allowed = level > 1"),
    ),
    *in_file(
        "beian/tokens.py",
        "tests/test_tokens.py",
        ("_ID_BYTES, _SIGNATURE_BYTES = 18, 18", "_ID_BYTES, _SIGNATURE_BYTES = 18, 4"),
        ("_ID_BYTES, _SIGNATURE_BYTES = 18, 18", "_ID_BYTES, _SIGNATURE_BYTES = 4, 18"),
        ('f"{purpose}:{text}".encode()', "text.encode()"),
        ("[_key(old)] if old else []", "[]"),
        ("return any(found)", "return found[-1]"),
    ),
    *in_file(
        "beian/server/control.py",
        "tests/server/test_control.py",
        ("self._path.chmod(0o600)", "pass"),
        (
            "            await self._server.wait_closed()\n        self._path.unlink(missing_ok=True)",
            "            await self._server.wait_closed()",
        ),
        (
            "                path.unlink(missing_ok=True)\n                continue",
            "                continue",
        ),
        ("if len(os.fsencode(path)) <= _LONGEST_NAME:", "if True:"),
        (
            "        if not line:\n            raise",
            "        if not line:\n            continue\n            raise",
        ),
        ("if command else {", "if True else {"),
    ),
    *in_file(
        "beian/server/reload.py",
        "tests/server/test_reloader.py",
        ("            use()\n", ""),
        ("return (None if untrained else kb), tuple(", "return kb, tuple("),
        ("async with self._one_at_a_time:", "if True:"),
        ("self._context.notices.add(NOTICE)", "pass"),
        ("        context.notices.discard(NOTICE)\n", ""),
        ("                self._context.notices.discard(NOTICE)\n", ""),
        ("        context.originals = originals\n", ""),
        (
            "(context.notices.add if originals.faults else context.notices.discard)",
            "(context.notices.discard)",
        ),
    ),
    *in_file(
        "beian/server/heads.py",
        "tests/server/test_heads.py",
        ('(coding != "chunked" or length is not None or', '(coding != "chunked" or'),
        ("        if name in found:\n", "        if False:\n"),
        ('if "\\0" in text:', "if False:"),
        ("or _NOT_IN_A_VALUE.search(value):", ":"),
        ("int(found[1], 16)", "int(found[1], 10)"),
    ),
    *in_file(
        "beian/server/bodies.py",
        "tests/server/test_bodies.py::test_what_cannot_be_kept_is_refused"
        " tests/server/test_bodies.py::test_what_is_text_and_numbers_is_taken",
        ("if depth > MOST_DEPTH:", "if depth > MOST_DEPTH + 1:"),
        (
            "[*value, *value.values()] if isinstance(value, dict)",
            "[*value.values()] if isinstance(value, dict)",
        ),
        ("parse_constant=_no_number,", ""),
    ),
    *in_file(
        "beian/settings/answering.py",
        "tests/settings/test_answering.py",
        ("return self.on and theme not in self.without", "return self.on"),
        ("not 0 <= caution <= 1:", "not 0 <= caution:"),
    ),
    *in_file(
        "beian/store/schema/conversations/r0006_understood.py",
        "tests/store/schema/test_understood.py",
        ('understood["intent"] = understood.pop("label")', 'understood["intent"] = understood["label"]'),
        ("ensure_ascii=False)}", ")}"),
        ('or "label" not in understood:', ":"),
        ('text["id"] == sa.bindparam("number"))', ")"),
        ("changed[begin : begin + _PORTION]", "changed[:_PORTION]"),
    ),
    *in_file(
        "beian/store/schema/files.py",
        "tests/store/schema/test_files.py",
        ("if mode & 0o077:", "if mode & 0o007:"),
        ("unfinished.touch(mode=0o600)", "unfinished.touch()"),
        ('PARTS = ("", "-wal", "-shm")', 'PARTS = ("", "-wal")'),
    ),
    *in_file(
        "beian/store/schema/sole.py",
        "tests/store/schema/test_sole.py",
        ("fcntl.LOCK_EX | fcntl.LOCK_NB", "fcntl.LOCK_SH | fcntl.LOCK_NB"),
    ),
    *in_file(
        "beian/store/turns.py",
        "tests/store/test_conversations.py",
        ('"text": mask(turn.text)', '"text": turn.text'),
        ("row[name] = row[name][:length]", "pass"),
    ),
    *in_file(
        "beian/store/keeping.py",
        "tests/store/test_conversations.py",
        ("turns.c.at < before)", "turns.c.at > before)"),
        (
            "for table in (feedback, ticks, satisfaction, pending, turns, messages):",
            "for table in (feedback, ticks, satisfaction, pending, messages):",
        ),
    ),
)
