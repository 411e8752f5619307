"""Benchmarks: what a run costs in requests, seconds, memory and processor time, beside what it could cost at the least."""
