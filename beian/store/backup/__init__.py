"""Both databases and the secret as one pair of one moment: making it, checking it, putting it back."""
