"""Checks that somebody started: the newest pre-check, a connection test and whose addresses it tested."""
