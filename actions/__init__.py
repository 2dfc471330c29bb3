"""Custom actions, one module for each job a customer wants done; thin: the work is in beian."""
