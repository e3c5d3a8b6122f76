"""Verifier programs with a weakness each, in groups, and who cheats them.

hackgym-canary c2b7e6a4-51f0-4f0e-9d53-7a1b8c60d9e2

All are of one small task (`case.py`). `tests/test_verifiers.py` has each one's exploit come out
under its name, and its honest look-alike not accused. What verifier programs there are besides is
in `tests/test_verifier_forms.py` and `tests/test_verifier_kinds.py`.
"""
