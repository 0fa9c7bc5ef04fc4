"""Texts that make Markdown programs slow or sink them: one of each kind that is known, some 50 KB long."""

from __future__ import annotations

KINDS: dict[str, str] = {
    # brackets and links
    "opening brackets": "[" * 30_000,
    "closing brackets": "]" * 30_000,
    "nested brackets": "[" * 10_000 + "a" + "]" * 10_000,
    "images that begin": "![" * 20_000,
    "links that begin": "[a](" * 12_000,
    "links in angle brackets": "[a](<" * 10_000,
    "link titles that begin": '[a](b "' * 8_000,
    "nested links": "[" * 5_000 + "a" + "](b)" * 5_000,
    "references to nothing": "[a][b]" * 8_000,
    "mentions that begin": "[[" * 20_000,
    "nested mentions": "[[a" * 10_000 + "]]" * 10_000,
    "footnotes that begin": "[^" * 20_000,
    "many footnotes": "".join(f"a[^{n}] " for n in range(1_500))
    + "\n\n"
    + "".join(f"[^{n}]: n\n" for n in range(1_500)),
    "one footnote, many references": "[^1]" * 3_000 + "\n\n[^1]: note\n",
    "many references": "".join(f"[{n}] " for n in range(2_000))
    + "\n\n"
    + "".join(f"[{n}]: /u\n" for n in range(2_000)),
    "many abbreviations": "a1 " * 3_000 + "\n\n" + "".join(f"*[a{n}]: title\n" for n in range(1_500)),
    # emphasis and code
    "stars": "*" * 50_000,
    "stars and letters": "*a" * 25_000,
    "stars, letters and blanks": "**a *" * 10_000,
    "underscores": "_" * 50_000,
    "underscores and letters": "_a" * 25_000,
    "stars and underscores": "*_" * 25_000,
    "stars that begin": "a **" * 12_000,
    "tildes": "~~a " * 12_000,
    "backticks of growing length": " ".join("`" * n for n in range(1, 300)),
    "backticks": "`" * 50_000,
    "backticks and letters": "`a" * 25_000,
    "backslashes": "\\" * 50_000,
    # HTML
    "tags that begin": "<a " * 16_000,
    "attributes that begin": "<a b='" * 8_000,
    "tags that are never closed": "<div>" * 5_000,
    "closing tags": "</div>" * 5_000,
    "comments that begin": "<!--" * 12_000,
    "declarations that begin": "<![" * 12_000,
    "instructions that begin": "<?" * 20_000,
    "entities that begin": "&#" * 20_000,
    "one long attribute": "<a " + "b=c " * 12_000 + ">",
    # blocks
    "quotations in quotations": ">" * 5_000 + " a",
    "lists in lists": "\n".join("    " * n + "- a" for n in range(150)),
    "list marks": "- " * 20_000,
    "numbers with dots": "1. " * 12_000,
    "deep indentation": "    " * 12_000 + "a",
    "blank lines": "\n" * 50_000,
    "blanks": " " * 50_000,
    "blanks at a line's end": "a" + " " * 50_000 + "\nb",
    "fences that begin": "```\na\n\n" * 6_000,
    "definitions": "a\n: b\n\n" * 5_000,
    "a wide table": "|" + "a|" * 4_000 + "\n|" + "-|" * 4_000 + "\n|" + "b|" * 4_000,
    "a long table": "a|b\n-|-\n" + "c|d\n" * 8_000,
    "pipes": "|" * 40_000,
    "headings": "# " * 20_000,
    "lines under lines": "=\n" * 20_000,
    "spoilers in spoilers": ">!" * 10_000,
    "one long word": "a" * 100_000,
    "one long line": "word " * 20_000,
    "capital words": "Aa " * 16_000 + "(1999",
    "brackets and braces": "{: " * 16_000,
    "marks of many kinds": "*_`[<!&\\" * 6_000,
    "combining signs": "a" + "\u0301" * 30_000,
}
