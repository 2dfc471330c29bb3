"""How long data is kept: gone when its time is over or when it is to be forgotten, out when asked for."""
