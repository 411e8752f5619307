"""Desired, last applied and live: what has to change, why, in which order, at what price. Pure; no Notion JSON."""
