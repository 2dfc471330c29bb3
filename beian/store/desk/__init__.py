"""What the agents' desk keeps: accounts and log-ins, who is there, notes, labels, handoffs, its log."""
