"""Attacks on the box, in groups, each with what has to come of it.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2

An attack is a script that runs in a box beside `tools.py`. It prints the name of whatever it
managed to do that it should not, so that one that fails prints nothing. `tests/test_escapes.py`
runs each in every sandbox that promises what the attack goes for, looks at the host before and
after (`host.py`), and then has the same slot run a clean script.
"""
