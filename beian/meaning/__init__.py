"""What a message means where its conversation stands: learned from data/contextual."""
