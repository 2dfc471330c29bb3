"""A pipeline for server tests: the command before a colon is the intent, any other text is "answer"."""

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

COMMANDS = {
    "raise",
    "hang",
    "block",
    "rubbish",
    "unknown_event",
    "silent",
    "two",
    "remember",
    "recall",
    "slow",
    "odd",
    "die",
    "endless",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FirstLetter(GraphComponent):
    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            command = (message.get("text") or "").partition(":")[0]
            name = command if command in COMMANDS else "answer"
            message.set("intent", {"name": name, "confidence": 1.0}, add_to_output=True)
            message.set("intent_ranking", [{"name": name, "confidence": 1.0}], add_to_output=True)
        return messages
