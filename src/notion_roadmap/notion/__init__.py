"""The one talker: everything that is said to Notion goes through the Gateway, and through one transport below it."""
