"""Faults in the knowledge base, the original document and the contract."""

from bench.faults.fault import in_file

FAULTS = (
    *in_file(
        "beian/kb/cells.py",
        "tests/kb/test_cells.py",
        ("return any(known) or not known", "return any(known)"),
        ("for cell in cells if cell.fits(case)]", "for cell in cells]"),
    ),
    *in_file(
        "beian/kb/references.py",
        "tests/kb/test_load_faults.py",
        ("if shortest > longest:", "if False:"),
        ("elif other:", "elif False:"),
        ("if fact in text and value not in text[fact]:", "if fact not in text:"),
        words="longest or alias or phone or forbidden",
    ),
    *in_file(
        "beian/kb/said.py",
        "tests/kb/test_load_faults.py",
        ("for name in sorted(found - known - ALWAYS):", "for name in ():"),
        ("            if name not in held:\n", "            if False:\n"),
        words="placeholder or phrase",
    ),
    *in_file(
        "beian/kb/trained.py",
        "tests/engine/test_training_sources.py",
        (' | {"text": ""}', ""),
        ('        "foreign": kb.foreign_objects,\n', ""),
        words="foreign or section",
    ),
    *in_file(
        "beian/original/align.py",
        "tests/original/test_align.py",
        ("for number in sorted(lost - counted):", "for number in ():"),
        ("mark.start + by, mark.end + by)", "mark.start, mark.end)"),
    ),
    *in_file(
        "beian/original/sections.py",
        "tests/original/test_sections.py",
        ("if grade and grade >= best:", "if grade and grade > best:"),
        ("line.indent <= lines[start].indent", "line.indent < lines[start].indent"),
    ),
    *in_file(
        "beian/contract/about.py",
        "tests/contract/test_schema.py",
        ("if any(isinstance(one, About)", "if all(isinstance(one, About)"),
        (
            "return About(text, named, values or {}, parts_of, keywords)",
            "return About(text, named, {}, parts_of, keywords)",
        ),
    ),
    *in_file(
        "beian/contract/generate/schema.py",
        "tests/contract/test_schema.py",
        ("        if required:\n", "        if False:\n"),
        ('schema["additionalProperties"] = is_open or are_parts', 'schema["additionalProperties"] = True'),
        ("and self._types[name] != described:", "and False:"),
        ("tuple(about.values) != values:", "False:"),
        ('return {"enum": [*first["enum"], None]}', "return first"),
        ("if not is_optional and not are_parts:", "if not are_parts:"),
    ),
    *in_file(
        "beian/contract/generate/typescript.py",
        "tests/contract/test_typescript.py",
        ('f"({inner})[]" if " | " in inner else', 'f"{inner}[]" if " | " in inner else'),
        ("'' if field in required else '?'", "''"),
        ("'never' if inside is False else", "'unknown' if inside is False else"),
    ),
    *in_file(
        "beian/contract/generate/files.py",
        "tests/contract/test_generated.py::test_a_change_by_hand_is_noticed_and_taken_back[reply.schema.json]",
        ('return path.is_file() and path.read_text(encoding="utf-8") == text', "return path.is_file()"),
        (
            "        path.write_text(texts[path], encoding",
            "        path.write_text(texts[path][:9], encoding",
        ),
    ),
    *in_file(
        "beian/contract/route.py",
        "tests/contract/test_generated.py::test_nothing_is_stale",
        ('if self.need != "nothing":', 'if self.need == "key":'),
        ('and self.need != "key":', "or False:"),
    ),
    *in_file(
        "beian/kb/definitions.py",
        "tests/kb/test_definitions.py",
        ("if name.casefold() in seen:", "if False:"),
        ('entry["facts"], known, "事实")', 'entry["facts"], {*known, *entry["facts"]}, "事实")'),
        ('tuple(entry.get("aliases", ())))', "())"),
    ),
    *in_file(
        "beian/kb/current.py",
        "tests/kb/test_current.py",
        ("    if folder not in _in_use:\n", "    if True:\n"),
        ("_in_use[path or default_path()] = kb", "_in_use[default_path()] = kb"),
    ),
)
