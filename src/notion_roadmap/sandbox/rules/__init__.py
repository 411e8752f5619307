"""Notion's validation and behaviours, apart from routes and from storage."""
