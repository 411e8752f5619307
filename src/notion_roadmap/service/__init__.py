"""The story in verbs: what a command does, from looking to writing. Decisions are made in the pure rooms below."""
