"""The second layer in use: whether it is shown, which facts a message asks for, how they are worded."""
