"""The library behind the filing-change assistant (备案变更助手)."""
