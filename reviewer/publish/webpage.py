"""A review as one self-contained web page, stills inside."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from reviewer.library.resources import resource
from reviewer.review.marks import Scales
from reviewer.review.values import Review
from reviewer.stills.formats import TYPES, Refused, facts
from reviewer.stills.intake import read_picture
from reviewer.text.blocks import still_path
from reviewer.text.markdown import Renderer
from reviewer.text.page import document, pictures


def own_style() -> str:
    """The program's own style sheet for pages."""
    return resource("preview/post.css").read_text("utf-8")


def make(review: Review, text: str, folder: Path | None, style: str, scales: Scales) -> bytes:
    """The page as UTF-8. Raises `RecursionError` for a text that is nested too deeply."""
    blocks = Renderer().render(text, pictures(review.stills))
    html = document(review, blocks, style, lambda src: data_address(folder, still_path(src)), scales)
    return html.encode("utf-8", "replace")


def data_address(folder: Path | None, file: str) -> str | None:
    """A picture beside the review as a ``data:`` address; None for what is no picture, or lies elsewhere."""
    if folder is None or re.match(r"[a-z]+:|/", file) or not (folder / file).resolve().is_relative_to(folder.resolve()):
        return None
    try:
        data = read_picture(folder / file)
        kind = TYPES[facts(data, file).format]
    except Refused:
        return None
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
