"""What we know about a workspace between runs, behind one port. It can always be rebuilt from Notion."""
