"""What one message tells for the case: the form of its question, the days in it, which change it means."""
