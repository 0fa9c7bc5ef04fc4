"""Pictures in lists and grids, and the badge that says how a picture's permission stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from reviewer.review.rights import Verdict
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.thumbnails import crop

BADGES = {
    Verdict.UNKNOWN: ("?", "blocks"),
    Verdict.REFUSED: ("×", "blocks"),
    Verdict.EXPIRED: ("×", "blocks"),
    Verdict.WAITING: ("…", "waits"),
    Verdict.INCOMPLETE: ("!", "waits"),
    Verdict.MAY: ("✓", "may"),
}

TOKENS = {
    Verdict.MAY: "may", Verdict.INCOMPLETE: "waits", Verdict.WAITING: "waits",
    Verdict.UNKNOWN: "blocks", Verdict.REFUSED: "blocks", Verdict.EXPIRED: "blocks",
}  # fmt: skip
"""The colour of each verdict's words."""


def paint_badge(
    painter: QPainter,
    centre_x: float,
    centre_y: float,
    verdict: Verdict,
    theme: Theme,
    around: QColor,
    size: float = 15,
) -> None:
    """A permission's badge: a disc with a sign, in a ring of the ground's colour."""
    sign, token = BADGES[verdict]
    disc = QRectF(centre_x - size / 2, centre_y - size / 2, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(around)
    painter.drawEllipse(disc.adjusted(-1.5, -1.5, 1.5, 1.5))
    painter.setBrush(theme.colour(token))
    painter.drawEllipse(disc)
    painter.setPen(theme.colour("paper"))
    painter.setFont(theme.font(size * 0.72, semibold=True))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, sign)
    painter.restore()


def paint_picture(painter: QPainter, place: QRectF, image: QImage | None, theme: Theme, radius: float = 3) -> None:
    """A thumbnail cropped to its place with round corners, or an empty frame until it comes."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    painter.setClipPath(path)
    if image is None:
        painter.fillRect(place, theme.colour("hairline"))
    else:
        ratio = painter.device().devicePixelRatioF()
        size = (place.size() * ratio * 1.0).toSize()
        source = crop(image, place.width() / place.height()).toRect()
        small = image.copy(source).scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(place, small)
    painter.restore()
