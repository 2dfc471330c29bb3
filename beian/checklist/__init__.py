"""The guided checklist: its steps, its questions and the finished list."""
