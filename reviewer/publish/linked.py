"""Whose the pictures are, as JSON-LD for search engines: schema.org's ImageObject.

The properties are those that Google's “Image metadata” reads: creditText, copyrightNotice, license, acquireLicensePage.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from reviewer.review.licences import licence
from reviewer.review.values import Plain, Still


def rights(still: Still) -> dict[str, str]:
    """What may be said in public of a still's rights: copyright notice, licence, and where one asks for a licence."""
    permission = still.permission
    found = licence(permission.licence) if permission.basis == "licence" else None
    holder = permission.holder or still.credit
    public = permission.basis == "public-domain" or (found is not None and not found.names)
    page = {"press-terms": still.source.url, "own": still.reuse.terms}.get(permission.basis, "")
    made = {
        "copyright": f"© {holder}"
        if holder and not public and not holder.startswith("©")
        else ""
        if public
        else holder,
        "license": found.url if found else "",
        "acquire": page if re.match(r"https?://", page) else "",
    }
    return {name: value for name, value in made.items() if value}


def image(still: Still, address: str) -> dict[str, Plain]:
    """A published picture as an ImageObject. `still` has the caption and credit that the post prints."""
    said = rights(still)
    made: dict[str, Plain] = {
        "@type": "ImageObject",
        "contentUrl": address,
        "caption": still.caption or still.alt,
        "creditText": still.credit or still.permission.holder,
        "copyrightNotice": said.get("copyright", ""),
        "license": said.get("license", ""),
        "acquireLicensePage": said.get("acquire", ""),
    }
    return {name: value for name, value in made.items() if value}


def script(things: Sequence[Mapping[str, Plain]]) -> str:
    """A script element that holds JSON-LD: nothing inside ends the element, and no text means anything to a template.

    An address may be a template's own expression; it is the only text in which braces stay.
    """
    lines = ['{"@context": "https://schema.org", "@graph": [']
    for place, thing in enumerate(things):
        rows = (f"{json.dumps(key)}: {_text(value, key == 'contentUrl')}" for key, value in thing.items())
        lines.append(" { " + ",\n   ".join(rows) + " }" + ("," if place < len(things) - 1 else ""))
    return '<script type="application/ld+json">\n' + "\n".join([*lines, "] }"]) + "\n</script>"


def _text(value: Plain, expression: bool) -> str:
    made = json.dumps(value, ensure_ascii=False)
    signs = r"[<>&\u2028\u2029]" if expression else r"[<>&{}%\u2028\u2029]"
    return re.sub(signs, lambda found: f"\\u{ord(found[0]):04x}", made)
