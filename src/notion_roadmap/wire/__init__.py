"""Notion's JSON, API version 2026-03-11, to and from our values. Pure: no I/O, no clock, no decisions."""
