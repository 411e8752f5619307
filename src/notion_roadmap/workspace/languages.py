"""The languages of a code block. https://developers.notion.com/reference/block#code"""

from __future__ import annotations

from typing import Final

PLAIN: Final = "plain text"

LANGUAGES: Final = frozenset({
    "abap", "agda", "arduino", "assembly", "bash", "basic", "c", "c#", "c++", "clojure", "coffeescript", "css", "dart",
    "diff", "docker", "elixir", "elm", "erlang", "f#", "flow", "fortran", "gherkin", "glsl", "go", "graphql", "groovy",
    "haskell", "html", "java", "javascript", "json", "julia", "kotlin", "latex", "less", "lisp", "livescript", "lua",
    "makefile", "markdown", "markup", "matlab", "mermaid", "nix", "objective-c", "ocaml", "pascal", "perl", "php",
    "powershell", "prolog", "protobuf", "r", "reason", "ruby", "rust", "sass", "scala", "scheme", "scss", "shell",
    "sql", "swift", "typescript", "vb.net", "verilog", "vhdl", "visual basic", "webassembly", "xml", "yaml", "python",
})  # fmt: skip
"""Those that every version of the page names."""

_ALIASES: Final = {
    "bat": "powershell", "cpp": "c++", "cs": "c#", "csharp": "c#", "dockerfile": "docker", "fsharp": "f#",
    "golang": "go", "hs": "haskell", "js": "javascript", "jsx": "javascript", "kt": "kotlin", "make": "makefile",
    "md": "markdown", "objc": "objective-c", "pl": "perl", "proto": "protobuf", "ps1": "powershell", "py": "python",
    "python3": "python", "rb": "ruby", "rs": "rust", "sh": "shell", "tex": "latex", "ts": "typescript",
    "tsx": "typescript", "vb": "visual basic", "wasm": "webassembly", "yml": "yaml", "zsh": "shell",
}  # fmt: skip
"""What people write behind a fence."""


def language_of(words: str) -> str:
    """Notion's name of a language as people write it behind a fence; plain text where it knows none."""
    name = words.split()[0].casefold() if words.split() else PLAIN
    name = _ALIASES.get(name, name)
    return name if name in LANGUAGES else PLAIN
