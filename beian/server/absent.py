"""Keep TensorFlow out of processes that only serve: it costs seconds and hundreds of megabytes.

Rasa imports it at module level in places that serving never calls (training callbacks, batch generators,
the check of a training configuration), and thinc imports it when it is merely installed. In a process
that has called `keep_tensorflow_out()`, those modules of Rasa are replaced by empty classes, and
`import tensorflow` fails as if it were not installed, which every optional user of it handles. Rasa's
own commands never call this and are not changed.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType

ABSENT = frozenset({"tensorflow", "tensorflow_hub", "tensorflow_text", "keras"})
PLACEHOLDERS = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator", "RasaDataGenerator"),
    # A model's metadata names it, and it imports every TensorFlow component to check their settings.
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
}


class TensorFlowNeededError(ImportError):
    """Something that only TensorFlow can do was used in a process that serves without it."""


class _Placeholder:
    """Stands for a class that only training uses."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        raise TensorFlowNeededError(
            f"{type(self).__name__} needs TensorFlow, which serving leaves out; train with `rasa train`"
        )


class _PlaceholderLoader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        for name in PLACEHOLDERS[module.__name__]:
            setattr(module, name, type(name, (_Placeholder,), {"__module__": module.__name__}))


class _AbsentFinder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname in PLACEHOLDERS:
            return importlib.machinery.ModuleSpec(fullname, _PlaceholderLoader())
        if fullname.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"{fullname} is left out of this process", name=fullname)
        return None


def keep_tensorflow_out() -> bool:
    """Leave TensorFlow out of this process from now on; False when it is loaded already. Idempotent."""
    if "tensorflow" in sys.modules:
        return False
    if not any(isinstance(finder, _AbsentFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _AbsentFinder())
    return True


def allow_tensorflow() -> None:
    """Undo `keep_tensorflow_out` for imports from now on."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _AbsentFinder)]
