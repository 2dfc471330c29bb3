"""How facts become an answer: worded, worked out for one customer, the verdict first. Without Rasa."""
