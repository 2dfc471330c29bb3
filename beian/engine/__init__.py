"""All that touches Rasa: the model's components, the assistant in this process, its events, the training."""
