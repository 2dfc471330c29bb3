"""Looking up answers, for the desk and for `python -m beian ask`: what fits a question, and how well."""
