"""How well each field that crosses the wire is known."""
