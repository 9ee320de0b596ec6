"""Streamable HTTP: one server for many callers, behind a load balancer or on loopback.

A request passes, in this order: `guard` (its Host and Origin), `drain` (not when the server is
leaving), `access` (who is it), `admission` (how much may it ask), and then the SDK.
"""
