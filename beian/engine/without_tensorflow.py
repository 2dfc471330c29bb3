"""Keep what serving never uses out of a process that only serves: TensorFlow above all.

TensorFlow costs seconds and hundreds of megabytes. Rasa imports it at module level in places that serving
never calls (training callbacks, batch generators, the check of a training configuration), and thinc
imports it when it is merely installed. In a process that has called `keep_tensorflow_out()`, those modules
of Rasa are replaced by empty classes, and `import tensorflow` fails as if it were not installed, which
every optional user of it handles. So are Rasa's channels for chat services, each of which loads its
service's library, and its test runner, which loads plotting. Rasa's own commands never call this and are
not changed.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType

ABSENT = frozenset({"tensorflow", "tensorflow_hub", "tensorflow_text", "keras"})
_CHANNELS = {
    "botframework": "BotFrameworkInput",
    "console": "CmdlineInput",
    "facebook": "FacebookInput",
    "hangouts": "HangoutsInput",
    "mattermost": "MattermostInput",
    "rocketchat": "RocketChatInput",
    "slack": "SlackInput",
    "socketio": "SocketIOInput",
    "telegram": "TelegramInput",
    "twilio": "TwilioInput",
    "twilio_voice": "TwilioVoiceInput",
    "webexteams": "WebexTeamsInput",
}
PLACEHOLDERS = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator", "RasaDataGenerator"),
    # A model's metadata names it, and it imports every TensorFlow component to check their settings.
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
    # The rule policy takes one function from it, for training.
    "rasa.core.test": ("emulate_loop_rejection",),
    **{f"rasa.core.channels.{module}": (name,) for module, name in _CHANNELS.items()},
}


class NotInServingError(ImportError):
    """Something that serving leaves out was used."""


class _Placeholder:
    """Stands for a class or function that serving never uses."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        raise NotInServingError(f"{type(self).__name__} is left out of serving; use Rasa's own commands")

    @classmethod
    def name(cls) -> str:
        """What Rasa lists a channel under."""
        return cls.__name__


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
    """Leave it all out of this process from now on; False when TensorFlow is loaded already. Idempotent."""
    if "tensorflow" in sys.modules:
        return False
    if not any(isinstance(finder, _AbsentFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _AbsentFinder())
    return True
