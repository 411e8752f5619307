"""Questions about Notion that only Notion can answer, asked on one throw-away page."""
