"""What the model is made from, as one digest: after an edit of anything else there is nothing to train."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

from beian.kb.trained import training_version
from beian.nlu.encoders import ENCODER, encoder_installed
from beian.project import ROOT

_FILES = ("config.yml", "domain.yml", "requirements.lock", "data/*.yml", "data/contextual/*.txt")
# The components and the reader that config.yml names; what they import trains along.
_COMPONENTS = (
    "beian.engine.training_messages",
    "beian.engine.components.normalizer",
    "beian.engine.components.case_entities",
    "beian.engine.components.label_classifier",
    "beian.engine.components.contextual_meaning",
)
# These only read a trained model, keep what can be made again, or say how far it is.
_NOT_TRAINED = ("nlu/decide", "nlu/vector_cache", "meaning/slots", "progress")
_READS = "reading"
# The work of beian.kb is in what it hands on, which counts by itself; how cells are compared does not show.
_KNOWLEDGE, _COMPARED = "kb", "kb/cells"
# What is set changes how a trained model is used.
_SETTINGS = "settings"


def sources_digest(root: Path = ROOT) -> str:
    """A digest of everything the model of a checkout is made from. Raises KnowledgeError."""
    digest = hashlib.sha256(f"encoder: {encoder_installed(ENCODER)}".encode())
    digest.update(training_version(root / "kb").encode())
    for pattern in _FILES:
        for file in sorted(root.glob(pattern)):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    for file in training_code(root):
        digest.update(file.relative_to(root).as_posix().encode())
        # Comments and layout do nothing.
        digest.update(ast.dump(_parsed(file)).encode())
    return digest.hexdigest()


def training_code(root: Path = ROOT) -> list[Path]:
    """The modules that training runs: the components, and whatever they import of this project."""
    found: set[Path] = set()
    wanted = list(_COMPONENTS)
    while wanted:
        module = wanted.pop()
        file = _file_of(module, root)
        if file is not None and file not in found:
            found.add(file)
            # Python runs the packages that a module lies in before the module.
            wanted += [*_imported(file), module.rpartition(".")[0]]
    return sorted(file for file in found if _trains(file.relative_to(root / "beian").with_suffix("")))


def _trains(module: Path) -> bool:
    name = module.as_posix()
    return name == _COMPARED or (
        module.parts[0] not in (_KNOWLEDGE, _SETTINGS, _READS) and name not in _NOT_TRAINED
    )


def _file_of(module: str, root: Path) -> Path | None:
    """The file of a module or package of this project; None for a name in a module, or another's."""
    if module.partition(".")[0] != "beian":
        return None
    place = root.joinpath(*module.split("."))
    files = (place.with_suffix(".py"), place / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(_parsed(file)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))
