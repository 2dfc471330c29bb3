"""Dates as people say them, the procedure's deadlines, working days and ages."""
