"""Faults in the label model, the reading in context and the engine."""

from bench.faults.fault import in_file

FAULTS = (
    *in_file(
        "beian/engine/training_data.py",
        "tests/engine/test_training_data.py",
        ("if place and len(folded) >= SENTENCE:", "if place:"),
        ("if not KNOWN.fullmatch(bare):", "if not KNOWN.match(bare):"),
    ),
    *in_file(
        "beian/engine/training_sources.py",
        "tests/engine/test_training_sources.py",
        ("            digest.update(file.read_bytes())\n", ""),
        ("found.add(file)", "found.add(file)\n            continue"),
        words="domain or labels or is_all",
    ),
    *in_file(
        "beian/meaning/focus.py",
        "tests/meaning/test_advance.py",
        (
            "focus = Matter(focus.change_type, subject_kind=focus.subject_kind, client=focus.client)",
            "focus = replace(focus, item=None)",
        ),
        (
            "focus = Matter(subject_kind=focus.subject_kind, client=focus.client)\n",
            "focus = replace(focus, item=None, change_type=None)\n",
        ),
        trained=True,
    ),
    *in_file(
        "beian/meaning/slots.py",
        "tests/meaning/test_slots.py",
        ("Discourse(focus=focus, reason=slots.get(REASON))", "Discourse(focus=focus)"),
        ('    "rejected_on": "rejected",\n', '    "rejected_on": "submitted",\n'),
    ),
    *in_file(
        "beian/meaning/state.py",
        "tests/meaning/test_state.py",
        ('slot.get("version") != VERSION', "False"),
        ("after if one == matter else one for one", "matter for"),
        ("return bool(self.change_type or self.item)", "return bool(self.item)"),
    ),
    *in_file(
        "beian/nlu/decide.py",
        "tests/nlu/test_decide.py",
        ("BOTH = 0.65", "BOTH = 0.85"),
        ("TIED = 0.1", "TIED = 0.0"),
        ("MOST_CHOICES = 3", "MOST_CHOICES = 5"),
        ("FEWEST_CHOICES = 2", "FEWEST_CHOICES = 0"),
        ("and chance >= LIKELY:", ":"),
    ),
    *in_file(
        "beian/nlu/adaptive.py",
        "tests/nlu/test_adaptive.py",
        ("self.values[rows] -= self._step", "self.values[rows] += self._step"),
        ("self._shown[rows] += shown", "self._shown[rows] = shown"),
        ("FIRST_SLOPE**2, dtype=np.float32)", "FIRST_SLOPE, dtype=np.float32)"),
        ("self.values[rows] - self._start[rows]", "self.values[rows]"),
        ("penalty / np.maximum(met, 1)", "penalty"),
        ("_LOTS_ROUNDED * max(1,", "max(1,"),
        ("shown = slope * slope if self._apart else", "shown ="),
    ),
    *in_file(
        "beian/nlu/draw.py",
        "tests/nlu/test_draw.py",
        ('f"{purpose}\\0{text}"', 'f"{text}"'),
        ("float(1 << (8 * _BYTES))", "float(1 << (7 * _BYTES))"),
        ("        self._taken.add(place)\n", ""),
        ("            self._taken.clear()\n", "            raise ValueError\n"),
    ),
    *in_file(
        "beian/nlu/data_check.py",
        "tests/nlu/test_data_check.py",
        ("if len(labels) > 1:", "if len(labels) > 2:"),
        ("if len(texts) < FEWEST[kind]:", "if False:"),
        ("if report.likeness > MOST_LIKENESS:", "if False:"),
        ("if foreign < FEWEST_OUT_OF_SCOPE:", "if False:"),
    ),
    *in_file(
        "beian/nlu/side_by_side.py",
        "tests/nlu/test_side_by_side.py",
        ("for part in pool.map(_done", "for part in pool.imap_unordered(_done"),
        ("range(0, len(items), portion)]", "range(0, len(items) - 1, portion)]"),
    ),
    *in_file(
        "beian/nlu/softmax.py",
        "tests/nlu/test_softmax.py",
        ("scores - scores.max(axis=-1, keepdims=True)", "scores"),
        ("error *= counted[lot]", "pass"),
    ),
    *in_file(
        "beian/nlu/lexical.py",
        "tests/nlu/test_lexical.py",
        ("count >= MINIMUM_MESSAGES", "count > MINIMUM_MESSAGES"),
        ("weight / np.linalg.norm(weight)", "weight"),
        ('framed = f"\\x02{text}\\x03"', "framed = text"),
    ),
    *in_file(
        "beian/nlu/vector_cache.py",
        "tests/nlu/test_vector_cache.py",
        ("if key not in known}", "}"),
        ('f"vectors-{name}-{kind}.npz"', 'f"vectors-{name}.npz"'),
    ),
)
