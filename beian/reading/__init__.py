"""From the model's probabilities to one meaning. Nothing here is read by the training."""
