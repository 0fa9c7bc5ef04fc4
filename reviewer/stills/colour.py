"""Colours: from a picture's own profile into sRGB (IEC 61966-2-1)."""

from __future__ import annotations

import importlib
import io
from typing import Any


def to_srgb(picture: Any, profile: bytes) -> Any:
    """A Pillow picture in sRGB. Without a profile, or with a damaged one, RGB is taken as sRGB and CMYK is turned plainly."""
    cms = importlib.import_module("PIL.ImageCms")
    clear = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
    solid = picture.convert("RGB") if clear is not None else picture
    if profile:
        try:
            source = cms.ImageCmsProfile(io.BytesIO(profile))
            solid = cms.profileToProfile(solid, source, cms.createProfile("sRGB"), outputMode="RGB")
        except (cms.PyCMSError, OSError, ValueError):
            profile = b""
    if solid.mode != "RGB":
        solid = solid.convert("RGB")
    if clear is not None:
        solid.putalpha(clear)
    return solid
