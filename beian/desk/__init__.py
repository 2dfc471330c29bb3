"""The agents' desk: look-up, conversations and numbers for support agents."""
