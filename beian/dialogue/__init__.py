"""The dialogue: the customer's case, which facts answer it, and the reply. Knows nothing of Rasa."""
