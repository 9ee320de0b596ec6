"""Proof by mutation: each test that SECURITY.md names fails when its promise is broken in the code.

`tables/` holds the regressions, one module for each item of SECURITY.md; `runner` makes each of them
in a copy of this checkout and sees to it that the tests notice.
"""
