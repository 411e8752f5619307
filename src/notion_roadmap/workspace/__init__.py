"""What a Notion workspace is, in our words, its limits included. Values only; no Notion JSON, no I/O."""
