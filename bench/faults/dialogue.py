"""Faults in the dialogue."""

from bench.faults.fault import in_file

FAULTS = (
    *in_file(
        "beian/dialogue/surely.py",
        "tests/dialogue/test_surely.py",
        ("return replace(taken, meaning=meaning)", "return taken"),
        ("if chance < SURELY and meaning.agreed(target) < BOTH_SAY_SO:", "if False:"),
        ('taken.meaning.manner == "answer" or taken', "taken"),
        trained=True,
    ),
    *in_file(
        "beian/dialogue/stating.py",
        "tests/dialogue/test_surely.py",
        ("if lead and lead.missing else None", "if None else None"),
        trained=True,
    ),
    *in_file(
        "beian/answers/decided_first.py",
        "tests/dialogue/test_surely.py",
        ("if named and not in_time else", "if named else"),
        trained=True,
    ),
    *in_file(
        "beian/answers/unwritten.py",
        "tests/dialogue/test_surely.py",
        ("if not thing and not _asks(heard.said.text):", "if False:"),
        trained=True,
    ),
    *in_file(
        "beian/meaning/naming.py",
        "tests/meaning/test_said.py",
        ("|不(?:{_VERB}+(?:的|了|是)?)?|", "|不{_VERB}*(?:的|了|是)?|"),
        trained=True,
    ),
    *in_file(
        "beian/answers/brief.py",
        "tests/answers/test_brief.py",
        ("leads and leads[-1].endswith(_OPEN_LEAD)", "False"),
        ('_STEP_SEPARATOR if kind == "steps" else _LIST_SEPARATOR', "_LIST_SEPARATOR"),
        ("for figure in _FIGURE.findall(rest) if figure not in name]", "for figure in ()]"),
    ),
    *in_file(
        "beian/hearing/roles.py",
        "tests/hearing/test_days.py",
        ("if span and span.first <= today < span.last:", "if False:"),
        trained=True,
    ),
    *in_file(
        "beian/hearing/day_words.py",
        "tests/hearing/test_days.py",
        ("return bool(_NOT_THEN.search(heard.said.written[: found.start]))", "return False"),
        trained=True,
    ),
    *in_file(
        "beian/hearing/matters.py",
        "tests/hearing/test_matters.py",
        (" if matter.item is None or matter.item not in denied]", "]"),
        trained=True,
    ),
    *in_file(
        "beian/hearing/day_questions.py",
        "tests/hearing/test_questions.py",
        ('return None if first == last else "first"', 'return "first"'),
    ),
    *in_file(
        "beian/hearing/questions.py",
        "tests/hearing/test_questions.py",
        ('bool(_WITHOUT.search(_EITHER.sub("", text)))', "bool(_WITHOUT.search(text))"),
        ('return not _OPEN.search(_EITHER.sub("", clause))', "return True"),
    ),
    *in_file(
        "beian/answers/definitions.py",
        "tests/answers/test_definitions.py::test_every_name_in_every_form"
        " tests/answers/test_definitions.py::test_a_change_that_is_named_is_not_told_by_asking_what_it_means"
        " tests/answers/test_definitions.py::test_other_questions_are_left_alone",
        ("bare in {name.casefold() for name in one.names}", "bare == one.term.casefold()"),
        ("bare = word.strip(_EDGES)", "bare = word"),
        ("focus=state.focus, matters=state.matters)", "matters=state.matters)"),
        trained=True,
    ),
    *in_file(
        "beian/answers/repeated.py",
        "tests/answers/test_repeated.py",
        ("if _digest(reply.text) not in before.replies:", "if False:"),
        ("if picked or heard.meaning.manner in _MAY_REPEAT or", "if"),
        ("earlier = before.replies if after.stated == before.stated else ()", "earlier = before.replies"),
        ("if _digest(still) in before.replies else still", "if False else still"),
        ("(in_full and not is_polar(said.text))", "in_full"),
        ("[-_REMEMBERED:]", "[-1:]"),
        ('reply.card["type"] in ("deadline", "verdict")', "False"),
        ("    reply.card = None\n", ""),
        words="not list and not summed",
    ),
    *in_file(
        "beian/answers/unwritten.py",
        "tests/answers/test_unwritten_words.py",
        ("if not 1 < len(point) <= _LONGEST_NAMED or", "if len(point) > _LONGEST_NAMED or"),
        ("return typed if len(typed) == len(point) else point", "return point"),
        ("or heard.said.ordinal is not None or in_full:", "or in_full:"),
        ("if heard.said.written in kb.questions or heard.said.ordinal", "if heard.said.ordinal"),
        ("_LONGEST_NAMED = 20", "_LONGEST_NAMED = 200"),
        ('partly = manner == "what_if" or', "partly ="),
        ("if not all(lacks_quantity(text, fact_text(fact)) for fact in found):", "if False:"),
        ("limit = MAYBE_IN_FULL if short is None else MAYBE_ABOUT_IT", "limit = MAYBE_IN_FULL"),
    ),
    *in_file(
        "beian/answers/compare.py",
        "tests/answers/test_compare.py::test_both_are_told_in_a_line_each"
        " tests/answers/test_compare.py::test_every_pair_is_of_facts"
        " tests/answers/test_compare.py::test_the_order_does_not_matter",
        ("pair = (_BESIDE.join(facts), _BESIDE.join(reversed(facts)))", "pair = (_BESIDE.join(facts),)"),
        ('reply.text = "\\n".join([title, *lines])', 'reply.text = "\\n".join(lines)'),
    ),
    *in_file(
        "beian/answers/reply.py",
        "tests/answers/test_reply.py::test_every_fact_is_stated_with_its_source"
        " tests/answers/test_reply.py::test_an_open_theme_names_whom_to_ask",
        ('"sources": [source_of(kb.facts[fact]) for fact in self.facts],', '"sources": [],'),
        trained=True,
    ),
)
