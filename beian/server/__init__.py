"""The server: launcher, in-process assistant, widget channel, stores, limits, masking, metrics."""
