"""Rights metadata as XMP, by the field names of the IPTC Photo Metadata Standard."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reviewer.review.licences import Licence, licence
from reviewer.review.values import Still


def packet(still: Still) -> bytes:
    """An XMP packet with credit line, rights, caption and alternative text; nothing of how the permission came about.

    The web statement of rights is set only for a Creative Commons licence, where it is the owner's own terms: search
    engines offer a picture with such a statement for licensing.
    """
    holder = still.permission.holder or still.credit
    found = licence(still.permission.licence) if still.permission.basis == "licence" else None
    fields = [
        _simple("photoshop:Credit", still.credit),
        _local("dc:rights", holder),
        _local("dc:description", still.caption),
        _local("Iptc4xmpCore:AltTextAccessibility", still.alt),
        _local("xmpRights:UsageTerms", _terms(still, found)),
        _simple("xmpRights:WebStatement", found.url if found else ""),
        _simple("xmpRights:Marked", _marked(still, found)),
    ]
    body = "".join(fields)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        f' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">{body}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _terms(still: Still, found: Licence | None) -> str:
    """What others may do, where that is public: a licence's name, a press page's terms, one's own terms for one's picture.

    What a holder wrote in a letter to this writer is not.
    """
    if found is not None:
        return found.name
    own = still.reuse.terms if still.permission.basis == "own" else ""
    return still.permission.terms if still.permission.basis == "press-terms" else own


def _marked(still: Still, found: Licence | None) -> str:
    """Whether rights are held (XMP part 2, 8.5): not in the public domain; nothing where nobody knows."""
    if still.permission.basis == "public-domain" or (found is not None and not found.names):
        return "False"
    return "True" if still.permission.basis not in ("", "unknown") else ""


def _simple(name: str, value: str) -> str:
    return f"<{name}>{_safe(value)}</{name}>" if value else ""


def _local(name: str, value: str) -> str:
    """A text that could have translations; ours is the default."""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_safe(value)}</rdf:li></rdf:Alt></{name}>' if value else ""


def _safe(value: str) -> str:
    return escape("".join(c for c in value if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000)))
