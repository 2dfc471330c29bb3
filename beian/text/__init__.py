"""What everything that reads text stands on; imports nothing of the rest of the package."""
