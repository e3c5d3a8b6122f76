"""Graders: how a submission is turned into a reward, as a real project would do it."""
