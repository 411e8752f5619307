"""Benchmarks: what a run costs, beside what it could cost at the least."""
