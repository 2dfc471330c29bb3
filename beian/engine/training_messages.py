"""Reading the training messages the way Rasa does, without what takes it a minute with 37,000 of them.

Rasa merges the training data of several origins, also where there is only one: each time it copies every
message piece by piece, and tells doubles by a digest made anew of each value. These messages are copied and
told apart in one step, and the files are read once. What comes out is the same.
"""

from __future__ import annotations

import copy
import hashlib
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import entities_parser
from rasa.shared.nlu.training_data.formats.rasa_yaml import STRIP_SYMBOLS
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.nlu.data_check import KNOWN, read_messages

_DIGEST_BYTES = 16


class TrainingMessage(Message):
    """A message whose copies share the texts, and whose digest is made in one step."""

    def __deepcopy__(self, memo: dict[int, Any]) -> TrainingMessage:
        twin = copy.copy(self)
        twin.data = {
            name: value if isinstance(value, str) else copy.deepcopy(value, memo)
            for name, value in self.data.items()
        }
        twin.features = copy.deepcopy(self.features, memo) if self.features else []
        twin.output_properties = set(self.output_properties)
        return twin

    _cached_fingerprint: str | None

    # Rasa sets the intent again whenever it merges.
    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set an attribute; a text that is there already changes nothing."""
        if isinstance(info, str) and self.data.get(prop) == info and not add_to_output:
            return
        super().set(prop, info, add_to_output)

    def fingerprint(self) -> str:
        """A digest (hexadecimal) of all attributes and features; of those that have one, their own."""
        known: str | None = self._cached_fingerprint
        if known is None:
            parts = [(name, _told(value)) for name, value in sorted(self.data.items())]
            written = repr((parts, [_told(feature) for feature in self.features]))
            digest = hashlib.blake2b(written.encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES)
            known = digest.hexdigest()
            self._cached_fingerprint = known
        return known


def _told(value: Any) -> Any:
    return value.fingerprint() if hasattr(value, "fingerprint") else value


class TrainingFiles(RasaFileImporter):
    """Rasa's reader of files, with messages that are quick to read and merge. Named in config.yml."""

    # Rasa asks once with a language and once without, and means the same.
    @cached_property
    def _messages(self) -> TrainingData:
        return TrainingData().merge(*(_read(Path(file)) for file in self._nlu_files))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The messages of all files, which say themselves what language they are in."""
        return self._messages


def _read(file: Path) -> TrainingData:
    """A file whose lines are all plain messages by ourselves, any other by Rasa."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    plain = all(
        KNOWN.fullmatch(line.rstrip(" ")) for line in lines
    ) and not entities_parser.ENTITY_REGEX.search(text)
    if not plain:
        return load_data(str(file))
    pairs = ((message.strip(STRIP_SYMBOLS), label) for message, label in read_messages(file))
    return TrainingData([TrainingMessage.build(message, label) for message, label in pairs])
