"""Faults to put into the program, one at a time, each with the tests that are nearest to the place.

Kinds, mixed: a bound off by one, a condition turned round or left out, a wrong unit, a case forgotten,
a secret shortened, something kept that should go or gone that should stay.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Replace `old`, which stands in `file` once, by `new`; `tests` should fail then.

    `trained`: they understand messages with the trained model.
    """

    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    trained: bool = False


def _in(file: str, tests: str, *changes: tuple[str, str], trained: bool = False) -> tuple[Fault, ...]:
    return tuple(Fault(file, old, new, tuple(tests.split()), trained) for old, new in changes)


FAULTS = (
    *_in(
        "beian/calendar/deadlines.py",
        "tests/calendar/test_deadlines.py",
        ("return self.days_left < 0", "return self.days_left <= 0"),
        ("start + timedelta(days=days)", "start + timedelta(days=days - 1)"),
        ("if days < 0:", "if days < -1:"),
        ("kb.calendar.resubmit_days, today", "kb.calendar.resubmit_days + 1, today"),
        ("(last - today).days", "(last - start).days"),
    ),
    *_in(
        "beian/calendar/working_days.py",
        "tests/calendar/test_working_days.py",
        ("day.weekday() < SATURDAY, False", "day.weekday() <= SATURDAY, False"),
        ("known = known and sure", "known = sure"),
        ("n -= works", "n -= 1"),
        (
            "Window(submitted, first, last, first_known and last_known)",
            "Window(submitted, first, last, True)",
        ),
    ),
    *_in(
        "beian/calendar/span.py",
        "tests/calendar/test_span.py",
        ("date.fromisoformat(last or first)", "date.fromisoformat(first)"),
        ("return self.first == self.last", "return True"),
    ),
    *_in(
        "beian/names/check.py",
        "tests/names/test_check.py",
        ("plain = letters_only(name)", "plain = name"),
        ("place += len(word) if word else 1", "place += 1"),
        ("if word and word not in broken:", "if word:"),
    ),
    *_in(
        "beian/text/acceptable.py",
        "tests/text/test_acceptable.py",
        ('return "／" + plain[1:] if plain.startswith("/") else plain', "return plain"),
        ("if len(plain) > limit:", "if len(plain) >= limit:"),
        ('("Cc", "Cs", "Co", "Cn")', '("Cs", "Co", "Cn")'),
        (".strip()\n\n\ndef acceptable", "\n\n\ndef acceptable"),
    ),
    *_in(
        "beian/server/limits.py",
        "tests/server/test_limits.py",
        ("return 0 if level >= 1 else", "return 0 if level > 0 else"),
        ("level = min(float(self._burst), level", "level = (level"),
        ("(level - 1 if allowed else level, now)", "(level - 1, now)"),
        ("while len(self._buckets) > self._keys:", "while False:"),
        ("if taken >= self._most:", "if taken > self._most:"),
        ("allowed = level >= 1", "allowed = level > 1"),
    ),
    *_in(
        "beian/tokens.py",
        "tests/test_tokens.py",
        ("_ID_BYTES, _SIGNATURE_BYTES = 18, 18", "_ID_BYTES, _SIGNATURE_BYTES = 18, 4"),
        ("_ID_BYTES, _SIGNATURE_BYTES = 18, 18", "_ID_BYTES, _SIGNATURE_BYTES = 4, 18"),
        ('f"{purpose}:{text}".encode()', "text.encode()"),
        ("[_key(old)] if old else []", "[]"),
        ("return any(found)", "return found[-1]"),
    ),
    *_in(
        "beian/masking/check_digits.py",
        "tests/masking/test_check_digits.py",
        ("% 10 == 0", "% 10 < 2"),
        ("% 31 == 0", "% 31 < 2"),
        ("and min(values) >= 0", "and min(values) >= -1"),
        ("== one[-1]", "is not None"),
    ),
    *_in(
        "beian/masking/replace.py",
        "tests/masking/test_masking.py tests/masking/test_personal_numbers.py",
        ("_SHORTEST_NUMBER, _LATEST_TIME = 10**9, 10**10", "_SHORTEST_NUMBER, _LATEST_TIME = 10**12, 10**10"),
        ("return [mask_value(item) for item in value]", "return list(value)"),
        ("isinstance(value, float) and 0 < value < _LATEST_TIME", "isinstance(value, float)"),
        ('masked = mask(f"0{digits}")', "masked = mask(digits)"),
        ("_MOST_LOOKS = 4", "_MOST_LOOKS = 1"),
    ),
    *_in(
        "beian/masking/emails.py",
        "tests/masking/test_emails.py",
        ("_local(flat, at.start(), end)", "_local(flat, at.start(), 0)"),
        ("_MOST_LABELS = 6", "_MOST_LABELS = 1"),
        ("@|艾特|", "@|"),
    ),
    *_in(
        "beian/desk/passwords.py",
        "tests/desk/test_passwords.py",
        ("if len(password) < LEAST_CHARACTERS:", "if len(password) < LEAST_CHARACTERS - 1:"),
        ("plain = password.lower()", "plain = password"),
        ('plain = plain.replace(name.lower(), "\\0")', "pass"),
        ("if self._begun >= self._most:", "if self._begun > self._most:"),
        ("            self._begun -= 1\n", "            pass\n"),
    ),
    *_in(
        "beian/text/normalize.py",
        "tests/text/test_normalize.py",
        ("_MOST_OF_ONE = 3", "_MOST_OF_ONE = 4"),
        (".convert(text).lower()", ".convert(text)"),
        ('text[:half] + " " + text[-half:]', "text[:limit]"),
        ('[0] in "LN"', '[0] in "L"'),
        ("for char in normalize(text)", "for char in text"),
        ('("Cc", "Cf", "Cs", "Co", "Cn")', '("Cc", "Cs", "Co", "Cn")'),
    ),
    *_in(
        "beian/nlu/decide.py",
        "tests/nlu/test_decide.py",
        ("BOTH = 0.65", "BOTH = 0.85"),
        ("TIED = 0.1", "TIED = 0.0"),
        ("MOST_CHOICES = 3", "MOST_CHOICES = 5"),
        ("FEWEST_CHOICES = 2", "FEWEST_CHOICES = 0"),
        ("and chance >= LIKELY:", ":"),
    ),
    *_in(
        "beian/text/clauses.py",
        "tests/text/test_clauses.py",
        ("return lines[:MOST_LINES], True", "return lines, True"),
        ("lines[-1] = _SENTENCE_END.split(lines[-1])[0]", "pass"),
        ("and not _WHAT.search(text)", ""),
        ("and not looks_like_question(clause)", ""),
    ),
    *_in(
        "beian/kb/load.py",
        "tests/kb/test_load_faults.py",
        ("if shortest > longest:", "if False:"),
        ("elif other:", "elif False:"),
        ("if fact in text and value not in text[fact]:", "if fact not in text:"),
    ),
    *_in(
        "beian/kb/said.py",
        "tests/kb/test_load_faults.py",
        ("for name in sorted(found - known - ALWAYS):", "for name in ():"),
        ("            if name not in held:\n", "            if False:\n"),
    ),
    *_in(
        "beian/meaning/state.py",
        "tests/meaning/test_state.py",
        ('slot.get("version") != VERSION', "False"),
        ("focus if matter == self.focus else matter for", "matter for"),
        ("return bool(self.change_type or self.item)", "return bool(self.item)"),
    ),
    *_in(
        "beian/dialogue/questions.py",
        "tests/dialogue/test_questions.py",
        ('return None if first == last else "first"', 'return "first"'),
        ('bool(_WITHOUT.search(_EITHER.sub("", text)))', "bool(_WITHOUT.search(text))"),
        ('return not _OPEN.search(_EITHER.sub("", clause))', "return True"),
    ),
    *_in(
        "beian/dialogue/brief.py",
        "tests/dialogue/test_brief.py",
        ("leads and leads[-1].endswith(_OPEN_LEAD)", "False"),
        ('_STEP_SEPARATOR if kind == "steps" else _LIST_SEPARATOR', "_LIST_SEPARATOR"),
        ("for figure in _FIGURE.findall(rest) if figure not in name]", "for figure in ()]"),
    ),
    *_in(
        "beian/dialogue/matters.py",
        "tests/dialogue/test_matters.py",
        ("if matter.item not in denied]", "]"),
        trained=True,
    ),
    *_in(
        "beian/dialogue/days.py",
        "tests/dialogue/test_days.py",
        ("if span and span.first <= today < span.last:", "if False:"),
        ("_NOT_THEN.search(before) or ", ""),
        trained=True,
    ),
    *_in(
        "beian/meaning/advance.py",
        "tests/meaning/test_advance.py",
        (
            "focus = Matter(focus.change_type, subject_kind=focus.subject_kind)",
            "focus = replace(focus, item=None)",
        ),
        (
            "focus = Matter(subject_kind=focus.subject_kind)\n",
            "focus = replace(focus, item=None, change_type=None)\n",
        ),
        trained=True,
    ),
    *_in(
        "beian/meaning/slots.py",
        "tests/meaning/test_slots.py",
        ("Discourse(focus=focus, reason=slots.get(REASON))", "Discourse(focus=focus)"),
        ('    "rejected_on": "rejected",\n', '    "rejected_on": "submitted",\n'),
    ),
    *_in(
        "beian/kb/cells.py",
        "tests/kb/test_cells.py",
        ("return any(known) or not known", "return any(known)"),
        ("for cell in cells if cell.fits(case)]", "for cell in cells]"),
    ),
    *_in(
        "beian/engine/training_sources.py",
        "tests/engine/test_training_sources.py",
        ("            digest.update(file.read_bytes())\n", ""),
        ("found.add(file)", "found.add(file)\n            continue"),
    ),
    *_in(
        "beian/kb/trained.py",
        "tests/engine/test_training_sources.py",
        (' | {"text": ""}', ""),
        ('        "foreign": kb.foreign_objects,\n', ""),
    ),
    *_in(
        "beian/original/sections.py",
        "tests/original/test_sections.py",
        ("if grade and grade >= best:", "if grade and grade > best:"),
        ("line.indent <= lines[start].indent", "line.indent < lines[start].indent"),
    ),
    *_in(
        "beian/original/align.py",
        "tests/original/test_align.py",
        ("for number in sorted(lost - counted):", "for number in ():"),
        ("mark.start + by, mark.end + by)", "mark.start, mark.end)"),
    ),
    *_in(
        "beian/desk/outcome.py",
        "tests/desk/test_outcome.py",
        ("if block.size > 2)", ")"),
        ('return "".join(text.split())[:_MOST_COMPARED]', "return text[:_MOST_COMPARED]"),
    ),
    *_in(
        "beian/desk/lockout.py",
        "tests/desk/test_lockout.py",
        ("for made, most in locks if len(made) >= most]", "for made, most in locks if len(made) > most]"),
        ("failures.c.n <= attempt, ", ""),
    ),
    *_in(
        "beian/masking/signs.py",
        "tests/masking/test_signs.py",
        ("if char in _FILLERS or", "if"),
        ("plain if len(plain) == 1 and plain.isascii() else char", "char"),
    ),
    *_in(
        "beian/retention/guard.py",
        "tests/retention/test_guard.py",
        ("if old * 2 > every:", "if old > every:"),
        ("abs(now - then) <= FAR_DAYS", "now - then <= FAR_DAYS"),
    ),
    *_in(
        "beian/server/downloads.py",
        "tests/server/test_downloads.py",
        ("'x' if place in message.ticked", "'x' if message.ticked"),
        ('"\\r\\n".join', '"\\n".join'),
    ),
    *_in(
        "beian/cli/faults.py",
        "tests/cli/test_faults.py",
        ("isinstance(error, MemoryError) or ", ""),
        ("error = error.__cause__ or error.__context__", "error = None"),
    ),
    *_in(
        "beian/engine/training_data.py",
        "tests/engine/test_training_data.py",
        ("if place and len(fold(text)) >= SENTENCE:", "if place:"),
        ("if not KNOWN.fullmatch(bare):", "if not KNOWN.match(bare):"),
    ),
    *_in(
        "beian/desk/hours.py",
        "tests/desk/test_hours.py",
        ("begin <= now.time() < end", "begin <= now.time() <= end"),
        ("if begin >= end:", "if begin > end:"),
        ("if not self.every_day and not", "if not"),
    ),
    *_in(
        "beian_suite/checks.py",
        "tests/suite/test_checks.py",
        ("message.text.strip() == check.want.strip()", "check.want.strip() in message.text"),
        ("set(wants) <= set(turn.facts)", "set(wants) & set(turn.facts)"),
        ("len(turn.facts) <= most", "len(turn.facts) <= most + 1"),
        ("self.next = index + 1", "self.next = index"),
        ("        result.seen += 1\n", ""),
    ),
    *_in(
        "beian_suite/contract.py",
        "tests/suite/test_contract.py",
        ("if named != facts:", "if named and named != facts:"),
        ("len(facts) > MOST_FACTS", "len(facts) > MOST_FACTS + 1"),
    ),
    *_in(
        "beian_suite/remote.py",
        "tests/suite/test_remote.py",
        (
            "            begun = time.perf_counter()\n            try:",
            "            begun = 0\n            try:",
        ),
        ("if response.status_code != 429 or attempt == _TRIES:", "if True:"),
        ("if slots:\n", "if False:\n"),
    ),
    *_in(
        "beian_suite/refused.py",
        "tests/suite/test_remote.py",
        ("if status in (401, 403):", "if status == 403:"),
        ("if 300 <= status < 400:", "if False:"),
        ("if isinstance(error, requests.exceptions.SSLError):", "if False:"),
    ),
    *_in(
        "beian_suite/files.py",
        "tests/suite/test_files.py",
        ("            if asserted:\n", "            if False:\n"),
        ("if key in ASSERTIONS and self.rasa_pro:", "if key in ASSERTIONS:"),
        ("while case.name in seen:", "while False:"),
    ),
    *_in(
        "beian_suite/nodes.py",
        "tests/suite/test_files.py",
        ("        if id(node) in self._open:\n", "        if False:\n"),
        ("                value.setdefault(key, located)\n", "                value[key] = located\n"),
    ),
    *_in(
        "beian_suite/botium.py",
        "tests/suite/test_convert.py",
        ("if not _VARIABLE.search(text)]", "]"),
        ("            if not said:\n", "            if False:\n"),
    ),
)
