"""Notion's formula language: its common part is evaluated, the rest is answered as `unsupported`, never wrong.

https://www.notion.com/help/formula-syntax
"""
