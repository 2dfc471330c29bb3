"""Understanding: from a message's text to a label, the case it speaks of, and how sure that is."""
