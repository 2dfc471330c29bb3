"""Faults in the desk and what is kept."""

from bench.faults.fault import in_file

FAULTS = (
    *in_file(
        "beian/desk/hours.py",
        "tests/desk/test_hours.py",
        ("begin <= now.time() < end", "begin <= now.time() <= end"),
        ("if begin >= end:", "if begin > end:"),
        ("or self.every_day or is_working_day", "or is_working_day"),
    ),
    *in_file(
        "beian/store/desk/lockout.py",
        "tests/store/desk/test_lockout.py",
        ("for made, most in locks if len(made) >= most]", "for made, most in locks if len(made) > most]"),
        ("failures.c.n <= attempt, ", ""),
    ),
    *in_file(
        "beian/desk/outcome.py",
        "tests/desk/test_outcome.py",
        ("if block.size > 2)", ")"),
        ('return "".join(text.split())[:_MOST_COMPARED]', "return text[:_MOST_COMPARED]"),
    ),
    *in_file(
        "beian/desk/passwords.py",
        "tests/desk/test_passwords.py",
        ("if len(password) < LEAST_CHARACTERS:", "if len(password) < LEAST_CHARACTERS - 1:"),
        ("plain = password.lower()", "plain = password"),
        ('plain = plain.replace(name.lower(), "\\0")', "pass"),
        ("if self._begun >= self._most:", "if self._begun > self._most:"),
        ("            self._begun -= 1\n", "            pass\n"),
    ),
    *in_file(
        "beian/retention/guard.py",
        "tests/retention/test_guard.py",
        ("if old * 2 > every:", "if old > every:"),
        ("abs(now - then) <= FAR_DAYS", "now - then <= FAR_DAYS"),
    ),
    *in_file(
        "beian/store/desk/absences.py",
        "tests/store/desk/test_absences.py",
        ("if until - now > LONGEST_SECONDS:", "if False:"),
        ("absence.begin <= self._clock()}", "absence.until}"),
        (
            "absences.c.agent == agent))\n            connection.execute(absences.insert()",
            "absences.c.agent == ''))\n            connection.execute(absences.insert()",
        ),
        ("or not max(begin, now) < until:", "or not begin < until:"),
    ),
)
