#!/usr/bin/env python3
"""Draw the sample library's stills and the picture of the first start.

The program shows no frame of a real film, so its samples are drawn: invented scenes in soft focus, with grain. Needs
Pillow only. Each scene has a seed of its own: with one version of Pillow the same bytes come out each time.

    python script/draw_samples.py [NAME ...]        all pictures, or the ones named: boat, corridor, lane, ...
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SIZE = (1200, 800)
TALL = (1100, 1300)
SCALE = 2  # scenes are drawn larger and reduced at the end, which smooths every edge

Colour = tuple[int, int, int]
Point = tuple[float, float]
Place = tuple[float, float, float]


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour between two, `share` of the way to the other."""
    share = min(1.0, max(0.0, share))
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def lit(colour: Colour, light: Colour, strength: float) -> Colour:
    """A surface's colour under a light of that strength; much light runs towards the light's own colour."""
    direct = tuple(c * l * strength / 255 for c, l in zip(colour, light, strict=True))
    return tuple(round(255 * (1 - math.exp(-v / 180))) for v in direct)  # type: ignore[return-value]


def curve(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A closed smooth line through the points (Catmull-Rom)."""
    found = []
    for n in range(len(points)):
        a, b, c, d = (points[(n + k) % len(points)] for k in (-1, 0, 1, 2))
        for t in (step / steps for step in range(steps)):
            found.append(tuple(
                0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                       + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3)
                for k in (0, 1)
            ))  # fmt: skip
    return found


class Scene:
    """A picture in the making. All measures are in pixels of the finished picture."""

    def __init__(self, size: tuple[int, int], seed: int, colour: Colour = (0, 0, 0)) -> None:
        self.width, self.height = size
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (self.width * SCALE, self.height * SCALE), colour)

    # Masks

    def mask(self, fill: int = 0) -> Image.Image:
        return Image.new("L", self.image.size, fill)

    def outline(self, shapes: Iterable[Sequence[Point]], blur: float = 0) -> Image.Image:
        """A mask of filled polygons."""
        mask = self.mask()
        draw = ImageDraw.Draw(mask)
        for points in shapes:
            draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)
        return mask.filter(ImageFilter.GaussianBlur(blur * SCALE)) if blur else mask

    def noise(self, cells: Sequence[tuple[float, float]]) -> Image.Image:
        """Clouds of several sizes, widths and heights of a cell given; grey 128 in the mean."""
        total = self.mask(128)
        for n, (wide, high) in enumerate(cells):
            size = (max(2, round(self.width / wide)), max(2, round(self.height / high)))
            octave = Image.frombytes("L", size, self.random.randbytes(size[0] * size[1]))
            total = Image.blend(total, octave.resize(self.image.size, Image.Resampling.BICUBIC), 1 / (n + 1))
        return total

    # Paint

    def paint(self, mask: Image.Image, colour: Colour, opacity: float = 1, at: tuple[int, int] = (0, 0)) -> None:
        """A colour through a mask; `at` is where a mask that is smaller than the picture lies."""
        mask = mask if opacity == 1 else mask.point(lambda v: round(v * opacity))
        self.image.paste(colour, (*at, at[0] + mask.width, at[1] + mask.height), mask)

    def shape(self, points: Sequence[Point], colour: Colour, blur: float = 0.8, opacity: float = 1) -> None:
        """A filled polygon. Only the part of the picture that it covers is worked on."""
        pad = round(3 * blur + 2) * SCALE
        xs, ys = [x * SCALE for x, _ in points], [y * SCALE for _, y in points]
        left, top = max(round(min(xs)), 0) - pad, max(round(min(ys)), 0) - pad
        size = min(round(max(xs)), self.image.width) + pad - left, min(round(max(ys)), self.image.height) + pad - top
        if min(size) <= 2 * pad:
            return
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in zip(xs, ys, strict=True)], fill=255)
        self.paint(mask.filter(ImageFilter.GaussianBlur(blur * SCALE)), colour, opacity, (left, top))

    def box(self, x: float, y: float, wide: float, high: float, colour: Colour, blur: float = 0.8, opacity: float = 1) -> None:
        self.shape([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], colour, blur, opacity)

    def line(self, points: Sequence[Point], wide: float, colour: Colour, blur: float = 0.6, opacity: float = 1) -> None:
        mask = self.mask()
        ImageDraw.Draw(mask).line([(x * SCALE, y * SCALE) for x, y in points], 255, max(1, round(wide * SCALE)), "curve")
        self.paint(mask.filter(ImageFilter.GaussianBlur(blur * SCALE)), colour, opacity)

    def ramp(self, top: float, bottom: float, *colours: Colour) -> None:
        """Evenly spaced colours from a height to another, as wide as the picture."""
        draw = ImageDraw.Draw(self.image)
        for y in range(round(top * SCALE), round(bottom * SCALE)):
            at = (y / SCALE - top) / (bottom - top) * (len(colours) - 1)
            n = min(int(at), len(colours) - 2)
            draw.line([(0, y), (self.image.width, y)], mix(colours[n], colours[n + 1], at - n))

    def light(self, x: float, y: float, wide: float, high: float, colour: Colour, strength: float = 1) -> None:
        """A round glow added to what is there; `wide` and `high` are its radii."""
        size = (round(wide * 2 * SCALE), round(high * 2 * SCALE))
        fall = Image.radial_gradient("L").point(lambda v: round(255 * max(0, 1 - v / 181) ** 2.2 * strength))
        fall = fall.resize(size, Image.Resampling.BICUBIC)
        self.screen(fall, colour, (round((x - wide) * SCALE), round((y - high) * SCALE)))

    def screen(self, mask: Image.Image, colour: Colour, at: tuple[int, int] = (0, 0)) -> None:
        """Light of a colour through a mask, which may be smaller than the picture."""
        light = Image.merge("RGB", [mask.point(lambda v, c=c: round(v * c / 255)) for c in colour])
        box = (*at, at[0] + mask.width, at[1] + mask.height)
        self.image.paste(ImageChops.screen(self.image.crop(box), light), box)

    def texture(self, cells: Sequence[tuple[float, float]], amount: float, mask: Image.Image | None = None) -> None:
        """Lighten and darken by clouds, within a mask."""
        clouds = self.noise(cells).point(lambda v: round(min(255, max(0, 128 + (v - 128) * amount))))
        worked = ImageChops.soft_light(self.image, Image.merge("RGB", [clouds] * 3))
        self.image = Image.composite(worked, self.image, mask) if mask else worked

    def blur(self, radius: float, mask: Image.Image | None = None) -> None:
        soft = self.image.filter(ImageFilter.GaussianBlur(radius * SCALE))
        self.image = Image.composite(soft, self.image, mask) if mask else soft

    def above(self, y: float, soft: float = 0) -> Image.Image:
        return self.outline([[(-9, -9), (self.width + 9, -9), (self.width + 9, y), (-9, y)]], soft)

    def below(self, y: float, soft: float = 0) -> Image.Image:
        return ImageChops.invert(self.above(y, soft))

    # The lens and the film

    def develop(
        self, *, glow: float = 0.25, soft: float = 0.35, edge: float = 0.4, grain: float = 0.17,
        black: Colour = (14, 16, 15), white: Colour = (246, 246, 240),
    ) -> Image.Image:  # fmt: skip
        """The finished picture: light bleeds, corners fall off, blacks are lifted, grain lies over it."""
        wide = self.image.filter(ImageFilter.GaussianBlur(26 * SCALE))
        self.image = Image.blend(self.image, ImageChops.screen(self.image, wide), glow)
        self.image = Image.blend(self.image, self.image.filter(ImageFilter.GaussianBlur(2.2 * SCALE)), soft)
        fall = Image.radial_gradient("L").point(lambda v: round(255 * (1 - edge * (v / 255) ** 2.2)))
        fall = fall.resize(self.image.size, Image.Resampling.BICUBIC)
        image = ImageChops.multiply(self.image, Image.merge("RGB", [fall] * 3))
        ramps = [[round(lo + (hi - lo) * v / 255) for v in range(256)] for lo, hi in zip(black, white, strict=True)]
        image = image.point([v for ramp in ramps for v in ramp])
        image = image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        return self._grained(image, grain)

    def _grained(self, image: Image.Image, amount: float) -> Image.Image:
        count = image.width * image.height
        layers = [Image.frombytes("L", image.size, self.random.randbytes(count)) for _ in range(2)]
        grain = Image.blend(layers[0], layers[1], 0.5).filter(ImageFilter.GaussianBlur(0.7))
        strength = Image.merge("RGB", [grain.point(lambda v: round(128 + (v - 128) * amount))] * 3)
        return ImageChops.add(image, strength, 1, -128)


class Camera:
    """Turns places in a room (x right, y up, z away, in metres; the eye is at 0, 0, 0) into points of the picture."""

    def __init__(self, scene: Scene, x: float, y: float, focal: float) -> None:
        self.scene, self.x, self.y, self.focal = scene, x, y, focal

    def point(self, place: Place) -> Point:
        x, y, z = place
        return self.x + self.focal * x / z, self.y - self.focal * y / z

    def surface(self, at: Callable[[float, float], Place], colour: Callable[[Place], Colour], across: int, along: int) -> None:
        """A surface in small pieces, each in the colour of its place. `at` takes two shares from 0 to 1."""
        draw = ImageDraw.Draw(self.scene.image)
        for u in range(across):
            for v in range(along - 1, -1, -1):
                a, b, c, d = u / across, (u + 1) / across, v / along, (v + 1) / along
                corners = [self.point(at(*share)) for share in ((a, c), (b, c), (b, d), (a, d))]
                draw.polygon([(x * SCALE, y * SCALE) for x, y in corners], colour(at((a + b) / 2, (c + d) / 2)))


# People. A body is limbs and clothes in units of its height: x right of the spine, y up from the soles.

Limb = Sequence[Place]  # joints: x, y, and how thick the limb is there
Cloth = Sequence[Point]

LEGS: list[Limb] = [
    [(-0.048, 0.5, 0.056), (-0.05, 0.285, 0.039), (-0.05, 0.05, 0.025), (-0.062, 0.016, 0.017)],
    [(0.05, 0.5, 0.056), (0.06, 0.285, 0.039), (0.066, 0.05, 0.025), (0.082, 0.016, 0.017)],
]
NECK: Limb = [(0, 0.9, 0.03), (0, 0.85, 0.033), (0, 0.8, 0.06)]
HEAD: list[Limb] = [[(0, 0.951, 0.047), (0.001, 0.926, 0.045), (0.001, 0.902, 0.035)], NECK]
SHOULDERS: list[Limb] = [[(-0.1, 0.782, 0.034), (0, 0.826, 0.036)], [(0.1, 0.784, 0.034), (0, 0.826, 0.036)]]
Body = tuple[list[Limb], list[Cloth]]

COAT: Body = (
    [
        *HEAD, *LEGS, *SHOULDERS,
        [(-0.104, 0.776, 0.036), (-0.13, 0.63, 0.032), (-0.124, 0.5, 0.027), (-0.118, 0.455, 0.02)],
        [(0.104, 0.778, 0.036), (0.136, 0.64, 0.032), (0.118, 0.52, 0.028), (0.098, 0.485, 0.024)],
    ],
    [[(-0.1, 0.8), (0.1, 0.8), (0.112, 0.68), (0.096, 0.59), (0.106, 0.46), (0.118, 0.275), (0.02, 0.266), (-0.112, 0.274), (-0.102, 0.46), (-0.092, 0.59), (-0.11, 0.68)]],
)  # fmt: skip
"""A man in an overcoat, one hand in a pocket, from behind."""

JACKET: Body = (
    [
        *HEAD, *SHOULDERS,
        [(-0.045, 0.5, 0.062), (-0.056, 0.285, 0.042), (-0.066, 0.05, 0.027), (-0.084, 0.015, 0.018)],
        [(0.045, 0.5, 0.062), (0.05, 0.285, 0.042), (0.044, 0.05, 0.027), (0.054, 0.015, 0.019)],
        [(-0.1, 0.778, 0.035), (-0.128, 0.63, 0.03), (-0.136, 0.5, 0.024), (-0.136, 0.45, 0.02), (-0.13, 0.425, 0.016)],
        [(0.1, 0.78, 0.035), (0.132, 0.645, 0.03), (0.114, 0.54, 0.027), (0.088, 0.5, 0.026)],
    ],
    [[(-0.098, 0.8), (0.098, 0.8), (0.1, 0.68), (0.084, 0.59), (0.102, 0.475), (0.06, 0.452), (-0.06, 0.452), (-0.102, 0.472), (-0.084, 0.59), (-0.1, 0.68)]],
)  # fmt: skip
"""A slight young man in a jacket, one hand in a pocket, from behind."""

SKIRT: Body = (
    [
        [(0, 0.9, 0.024), (0, 0.85, 0.026), (0, 0.805, 0.05)],
        [(0, 0.951, 0.047), (0, 0.92, 0.053), (0, 0.898, 0.049)],
        [(-0.086, 0.78, 0.03), (0, 0.822, 0.03)], [(0.086, 0.78, 0.03), (0, 0.822, 0.03)],
        [(-0.09, 0.774, 0.031), (-0.11, 0.635, 0.027), (-0.108, 0.51, 0.023), (-0.1, 0.46, 0.016), (-0.096, 0.44, 0.014)],
        [(0.09, 0.774, 0.031), (0.113, 0.64, 0.027), (0.1, 0.53, 0.024), (0.084, 0.495, 0.022)],
        [(-0.034, 0.32, 0.033), (-0.037, 0.225, 0.031), (-0.036, 0.06, 0.019), (-0.044, 0.016, 0.017)],
        [(0.036, 0.32, 0.033), (0.042, 0.225, 0.031), (0.044, 0.06, 0.019), (0.056, 0.016, 0.017)],
    ],
    [[(-0.086, 0.8), (0.086, 0.8), (0.09, 0.69), (0.07, 0.605), (0.09, 0.5), (0.118, 0.292), (0, 0.28), (-0.116, 0.292), (-0.088, 0.5), (-0.068, 0.605), (-0.09, 0.69)]],
)  # fmt: skip
"""A young woman with short hair, in a belted coat, from behind."""

DRESS: Body = (
    [
        [(0, 0.953, 0.045), (0, 0.925, 0.042), (0, 0.9, 0.03)], [(-0.002, 0.93, 0.036), (-0.004, 0.905, 0.03)],
        [(0, 0.9, 0.022), (0, 0.845, 0.024), (0, 0.808, 0.042)],
        [(-0.078, 0.782, 0.027), (0, 0.818, 0.027)], [(0.078, 0.778, 0.027), (0, 0.818, 0.027)],
        [(-0.08, 0.778, 0.028), (-0.094, 0.64, 0.023), (-0.104, 0.53, 0.018), (-0.106, 0.47, 0.014), (-0.104, 0.445, 0.013)],
        [(0.08, 0.774, 0.028), (0.098, 0.64, 0.023), (0.112, 0.53, 0.018), (0.118, 0.475, 0.014), (0.118, 0.45, 0.012)],
        [(-0.028, 0.3, 0.032), (-0.032, 0.24, 0.03), (-0.03, 0.075, 0.017), (-0.03, 0.04, 0.014), (-0.033, 0.014, 0.013)],
        [(0.032, 0.32, 0.032), (0.038, 0.28, 0.03), (0.042, 0.13, 0.018), (0.044, 0.1, 0.014), (0.046, 0.08, 0.012)],
    ],
    [[(-0.076, 0.8), (0.076, 0.796), (0.082, 0.7), (0.064, 0.612), (0.086, 0.5), (0.078, 0.36), (0.068, 0.232), (0, 0.222), (-0.058, 0.23), (-0.07, 0.37), (-0.09, 0.5), (-0.066, 0.615), (-0.084, 0.7)]],
)  # fmt: skip
"""A slender woman with her hair up, in a narrow dress, going up a step, from behind."""

def person(
    scene: Scene, body: Body, x: float, feet: float, tall: float, *, turned: bool = False, lean: float = 0
) -> Image.Image:
    """A mask of a body standing at x, its joints melted together. `turned` mirrors it."""
    side = -1 if turned else 1
    mask = scene.mask()
    draw = ImageDraw.Draw(mask)

    def at(px: float, py: float) -> Point:
        return (x + (side * px + lean * py * py) * tall) * SCALE, (feet - py * tall) * SCALE

    limbs, clothes = body
    for limb in limbs:
        for (ax, ay, ar), (bx, by, br) in zip(limb, limb[1:], strict=False):
            for step in range(41):
                t = step / 40
                cx, cy = at(ax + (bx - ax) * t, ay + (by - ay) * t)
                r = (ar + (br - ar) * t) * tall * SCALE
                draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=255)
    for cloth in clothes:
        draw.polygon([at(*point) for point in curve(cloth, 8)], fill=255)
    melted = mask.filter(ImageFilter.GaussianBlur(tall * 0.008 * SCALE))
    return melted.point(lambda v: min(255, max(0, (v - 96) * 4)))


def stand(
    scene: Scene, mask: Image.Image, colour: Colour, *, blur: float = 0.8, rim: Colour | None = None,
    shift: Point = (1.5, 1.5), opacity: float = 1,
) -> None:  # fmt: skip
    """Paint a person, with light along the edge that `shift` points away from."""
    soft = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
    scene.paint(soft, colour, opacity)
    if rim:
        edge = ImageChops.subtract(mask, moved(mask, *shift)).filter(ImageFilter.GaussianBlur(max(1.0, blur) * SCALE))
        scene.screen(ImageChops.multiply(edge, soft), rim)


def mirrored(mask: Image.Image, y: float) -> Image.Image:
    """What a wet floor at that height shows of a mask."""
    return moved(mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM), 0, 2 * y - mask.height / SCALE)


def moved(mask: Image.Image, x: float, y: float) -> Image.Image:
    """A mask pushed aside; what leaves the picture is gone."""
    found = Image.new("L", mask.size)
    found.paste(mask, (round(x * SCALE), round(y * SCALE)))
    return found


# Scenes


def boat() -> Image.Image:
    """Three people before a stranded boat, low tide, mist."""
    s = Scene(SIZE, 11)
    s.ramp(0, 392, (172, 176, 170), (190, 193, 185), (214, 215, 205))
    s.texture([(700, 160), (260, 70), (110, 34)], 0.9, s.above(385, 20))
    s.ramp(386, 424, (186, 191, 184), (168, 174, 168))
    s.ramp(420, 800, (176, 175, 162), (146, 143, 128), (112, 109, 96), (86, 84, 74))
    s.texture([(420, 14), (160, 7), (60, 3)], 1.5, s.below(424, 6))
    for _ in range(15):
        y = 432 + 330 * s.random.random() ** 1.6
        wide, x = 110 + (y - 420) * 1.1, s.random.uniform(-80, 1200)
        high = 2 + (y - 420) * 0.035
        water = curve([(x - wide, y), (x - wide * 0.3, y - high), (x + wide * 0.7, y - high * 0.6), (x + wide, y + high * 0.2), (x + wide * 0.2, y + high), (x - wide * 0.6, y + high * 0.7)])
        s.shape(water, (206, 208, 200), 2 + (y - 420) * 0.014, 0.5)
    s.blur(1.6)
    s.light(420, 392, 760, 60, (210, 212, 204), 0.5)
    _hull(s)
    people = [(SKIRT, 330, 626, 208, False), (COAT, 402, 632, 236, True), (SKIRT, 262, 634, 214, True)]
    for (body, x, feet, tall, turned), colour in zip(people, [(74, 52, 46), (42, 46, 48), (52, 58, 62)], strict=True):
        mask = person(s, body, x, feet, tall, turned=turned)
        shade = mirrored(mask, feet - 3).filter(ImageFilter.GaussianBlur(5 * SCALE))
        s.paint(ImageChops.multiply(shade, s.above(feet + tall * 0.62, 50)), (58, 58, 52), 0.5)
        s.shape(curve([(x - 40, feet), (x, feet - 5), (x + 42, feet), (x, feet + 7)]), (52, 50, 44), 4, 0.55)
        stand(s, mask, colour, blur=1.1, rim=(120, 122, 116), shift=(-2, 2.5))
    s.light(600, 400, 1000, 130, (200, 204, 198), 0.16)
    return s.develop(glow=0.2, edge=0.22, grain=0.17, black=(26, 28, 26), white=(238, 238, 228))


def _hull(s: Scene) -> None:
    """The boat: it leans a little, its bow to the right."""
    tilt = math.radians(-4.5)

    def at(points: Sequence[Point]) -> list[Point]:
        c, n = math.cos(tilt), math.sin(tilt)
        return [(815 + x * c - y * n, 560 + x * n + y * c) for x, y in points]

    rail = [(-238, -62), (-150, -50), (-20, -46), (110, -58), (200, -82), (268, -112)]
    keel = [(236, -34), (204, 20), (176, 46), (60, 56), (-90, 56), (-196, 48), (-224, 10)]
    hull = at(rail + keel)
    mask = s.outline([hull], 0)
    shadow = mirrored(mask, 606).filter(ImageFilter.GaussianBlur(9 * SCALE))
    s.paint(ImageChops.multiply(shadow, s.above(706, 40)), (66, 66, 58), 0.62)
    s.shape(curve(at([(-250, 58), (0, 48), (230, 46), (270, 60), (60, 76), (-180, 76)])), (46, 46, 40), 6, 0.75)
    for a, b in [((-8, -330), (250, -108)), ((-8, -330), (-226, -66)), ((-8, -322), (-128, -58)), ((-8, -250), (120, -62))]:
        s.line(at([a, b]), 1.1, (88, 90, 86), 0.7, 0.75)
    s.line(at([(-8, -338), (-4, -50)]), 5, (78, 74, 66))
    s.line(at([(-6, -128), (-150, -164)]), 3.4, (84, 80, 72))
    house = at([(-176, -50), (-170, -132), (-58, -138), (-48, -48)])
    s.shape(house, (198, 195, 180), 1)
    s.shape(at([(-86, -48), (-92, -136), (-58, -138), (-48, -48)]), (160, 158, 146), 1.2)
    s.shape(at([(-188, -130), (-184, -141), (-46, -147), (-44, -136)]), (104, 98, 86), 0.9)
    for x in (-160, -128, -100):
        s.shape(at([(x, -118), (x + 20, -119), (x + 20, -92), (x, -92)]), (62, 68, 66), 1)
    s.shape(hull, (206, 201, 184), 1)
    band = at([(-240, -30), (-150, -18), (-20, -14), (110, -26), (200, -48), (250, -70), (236, -34), (204, 20), (176, 46), (60, 56), (-90, 56), (-196, 48), (-224, 10)])
    s.shape(band, (50, 62, 64), 1.2)
    s.shape(at([(-226, 18), (-140, 26), (40, 26), (150, 18), (208, 8), (176, 46), (60, 56), (-90, 56), (-196, 48)]), (104, 62, 50), 1.6)
    s.line(at(rail), 3.2, (70, 62, 52), 0.8)
    s.texture([(90, 60), (24, 90), (5, 40)], 1.7, mask)
    s.texture([(50, 30), (9, 40)], 0.9, s.outline([house], 1))
    for n in range(16):
        x = -205 + n * 26
        top = -22 - max(0, x - 60) * 0.16
        s.line(at([(x, top), (x + s.random.uniform(-3, 3), top + s.random.uniform(18, 60))]), 3, (96, 64, 46), 2.2, 0.32)
    dark = s.outline([at([(-250, 20), (0, 34), (190, 20), (250, -60), (260, 90), (-250, 90)])], 16)
    s.paint(ImageChops.multiply(dark, mask), (22, 24, 22), 0.55)
    s.line(at([(-222, 6), (-252, 10), (-250, 54)]), 5, (62, 54, 46), 1)


def corridor(size: tuple[int, int] = SIZE) -> Image.Image:
    """Somebody in a long green corridor, seen against the light at its end."""
    s = Scene(size, 23)
    tall = size[1] > size[0]
    eye = Camera(s, size[0] * (0.515 if tall else 0.53), size[1] * (0.47 if tall else 0.43), 1020 if tall else 830)
    _hall(s, eye, -1)
    s.image = s.image.resize((s.image.width, s.image.height // 20)).resize(s.image.size, Image.Resampling.BICUBIC)
    s.blur(4)
    ground = s.outline([[eye.point((x, FLOOR, z)) for x, z in ((-HALF, 0.5), (-HALF, END), (HALF, END), (HALF, 0.5))]], 0.7)
    shine = s.image.copy()
    _hall(s, eye, 1)
    eye.surface(
        lambda u, v: (HALF * (2 * u - 1), FLOOR, 0.6 * (END / 0.6) ** v),
        lambda p: mix(lit((104, 116, 102), PALE, _bright(p[2], -1) / 60), GLOW, 0.7 * (p[2] / END) ** 0.9), 12, 120,
    )  # fmt: skip
    s.image.paste(shine, mask=ground.point(lambda v: v // 2))
    s.texture([(700, 30), (220, 12), (80, 5)], 0.4, ground)
    for x in (-HALF, HALF):
        s.line([eye.point((x, FLOOR, 0.5)), eye.point((x, FLOOR, 9))], 3, (40, 52, 46), 1.6, 0.55)
    s.texture([(500, 420), (180, 200), (50, 60)], 0.5)
    s.blur(1.4)
    centre = eye.point((0, -0.2, END))
    s.light(*centre, 150, 160, (240, 246, 232), 0.95)
    s.light(*centre, 400, 380, (196, 210, 190), 0.4)
    z = 3.9 if tall else 4.3
    x, feet = eye.point((0.12 if tall else 0.16, FLOOR, z))
    height = eye.focal * 1.64 / z
    mask = person(s, SKIRT, x, feet, height)
    gleam = mirrored(mask, feet - 4).filter(ImageFilter.BoxBlur((3 * SCALE, 20 * SCALE)))
    s.paint(ImageChops.multiply(gleam, s.above(feet + height * 0.6, height * 0.2)), (30, 40, 35), 0.6)
    s.shape(curve([(x - height * 0.15, feet + 1), (x, feet - 6), (x + height * 0.16, feet + 1), (x, feet + 10)]), (26, 34, 30), 6, 0.65)
    stand(s, mask, (24, 30, 27), blur=1.2, rim=(84, 94, 82), shift=(0, 2.5))
    s.light(centre[0], centre[1], 250, 240, (214, 226, 208), 0.22)
    return s.develop(glow=0.22, edge=0.6, black=(17, 22, 20), white=(240, 244, 233))


HALF, FLOOR, CEILING, DADO, END = 1.35, -1.45, 1.25, -0.5, 26.0  # the corridor, in metres from the eye
LAMPS = [1.9 + 2.6 * n for n in range(9)]
PALE, GLOW = (228, 238, 220), (238, 244, 230)


def _bright(z: float, y: float) -> float:
    """How much light there is in the corridor: under each lamp, and more towards the end."""
    lamps = sum(1 / (0.9 + ((z - lamp) ** 2 + (CEILING - y) ** 2) / 1.1) for lamp in LAMPS)
    return 26 + 26 * lamps + 330 * (max(0.0, z - 2) / END) ** 1.5


def _hall(s: Scene, eye: Camera, way: int) -> None:
    """Walls, doors, ceiling, lamps and the bright end; with way -1 their picture in the floor."""

    def high(y: float) -> float:
        return y if way > 0 else 2 * FLOOR - y

    def far(colour: Colour, z: float) -> Colour:
        return mix(colour, GLOW, 0.92 * (z / END) ** 1.1)

    def wall(place: Place) -> Colour:
        y = high(place[1])
        base = (62, 78, 69) if y < DADO else mix((128, 142, 126), (142, 154, 138), (y - DADO) / 2)
        return far(lit(base, PALE, _bright(place[2], y) / 56), place[2])

    def ceiling(place: Place) -> Colour:
        return far(lit((112, 126, 112), PALE, _bright(place[2], 0.5) * (1 - 0.22 * abs(place[0]) / HALF) / 62), place[2])

    def door(x: float, z: float) -> None:
        tone = far(lit((40, 52, 46), PALE, _bright(z, 0) / 62), z)
        for grow, paint in ((0.07, mix(tone, (176, 190, 170), 0.28)), (0, tone)):
            corners = [(FLOOR, z - grow), (0.62 + grow, z - grow), (0.62 + grow, z + 0.84 + grow), (FLOOR, z + 0.84 + grow)]
            s.shape([eye.point((x * 0.985, high(y), d)) for y, d in corners], paint, 1.2)

    eye.surface(lambda u, v: (HALF * (2 * u - 1), high(CEILING), 0.6 * (END / 0.6) ** v), ceiling, 16, 150)
    for z in LAMPS:
        corners = [eye.point((x, high(CEILING), d)) for x, d in ((-0.55, z - 0.42), (0.55, z - 0.42), (0.5, z + 0.42), (-0.5, z + 0.42))]
        s.shape(corners, (246, 250, 240), 2 if z < 6 else 1)
        s.shape(corners, (246, 250, 240), 40 / z, 0.5)
    for x in (-HALF, HALF):
        eye.surface(lambda u, v, x=x: (x, high(FLOOR + (CEILING - FLOOR) * u), 0.75 * (END / 0.75) ** v), wall, 54, 150)  # type: ignore[misc]
        for n in range(9, -1, -1):
            door(x, 2.35 + 2.2 * n)
    a, b = eye.point((-HALF, high(CEILING), END)), eye.point((HALF, high(FLOOR), END))
    s.shape([a, (b[0], a[1]), b, (a[0], b[1])], (232, 240, 226), 1)


def lane() -> Image.Image:
    """Somebody on a lane at night, in the headlights of a car."""
    s = Scene(SIZE, 37)
    x, y = 640.0, 470.0
    s.ramp(0, 480, (6, 10, 14), (12, 18, 22), (26, 34, 36))
    s.ramp(478, 800, (30, 36, 36), (18, 22, 24), (8, 10, 12))
    s.texture([(380, 200), (120, 90), (50, 40)], 1.2)
    s.light(x, y - 20, 620, 420, (150, 166, 162), 0.55)
    s.light(x, y - 20, 260, 230, (206, 214, 204), 0.5)
    for far, tone, base in ((1.0, (38, 46, 46), 120), (0.55, (20, 26, 27), 220), (0.0, (7, 10, 12), 380)):
        _hedge(s, -1, x, y, far, tone, base)
        _hedge(s, 1, x, y, far, tone, base)
        s.light(x, y, 300, 220, (190, 202, 192), 0.2 * far)
    road = [(x - 74, y + 34), (x + 74, y + 34), (x + 620, 830), (x - 680, 830)]
    ground = s.outline([road], 14)
    s.paint(ground, (40, 45, 45), 0.7)
    s.texture([(90, 10), (36, 5), (14, 3)], 1.8, ground)
    beam = s.mask()
    beam.paste(Image.radial_gradient("L").point(lambda v: round(255 * max(0, 1 - v / 181) ** 1.5)).resize((1100 * SCALE, 520 * SCALE)), (round((x - 550) * SCALE), round((y - 200) * SCALE)))
    s.screen(ImageChops.multiply(beam, ground), (196, 204, 190))
    stand_x = x - 46
    mask = person(s, JACKET, stand_x, 672, 372)
    fall = s.outline([[(stand_x - 40, 660), (stand_x + 30, 660), (stand_x + 10, 830), (stand_x - 260, 830)]], 9)
    s.paint(fall, (6, 8, 10), 0.85)
    for lamp in (x - 52, x + 66):
        s.light(lamp, y + 6, 46, 44, (255, 252, 238), 1)
        s.light(lamp, y + 6, 330, 9, (210, 216, 204), 0.4)
        s.light(lamp, y + 6, 150, 140, (230, 234, 220), 0.6)
    s.light(x, y - 30, 210, 220, (214, 222, 210), 0.35)
    stand(s, mask, (9, 12, 14), blur=1.2, rim=(150, 160, 150), shift=(-1.5, 2))
    s.light(x + 20, y, 230, 200, (190, 200, 188), 0.22)
    mist = s.noise([(300, 60), (120, 26), (50, 14)]).point(lambda v: max(0, v - 116))
    s.screen(ImageChops.multiply(mist, beam.filter(ImageFilter.GaussianBlur(30))), (190, 202, 194))
    return s.develop(glow=0.3, soft=0.4, edge=0.35, grain=0.17, black=(9, 13, 15), white=(242, 243, 232))


def _hedge(s: Scene, side: int, x: float, y: float, far: float, tone: Colour, reach: float) -> None:
    """Bushes and bare trees beside the lane, one depth of them."""
    near = 1 - far
    inner = x + side * (88 + reach * 0.62)
    for _ in range(round(50 + 60 * near)):
        out = s.random.random() ** 1.3
        cx = inner + side * out * 620
        r = (18 + 46 * near) * s.random.uniform(0.5, 1.2)
        top = y + 40 + near * 130 - out * (130 + 120 * near) + s.random.uniform(0, 150)
        s_points = [(cx + r * math.cos(a) * s.random.uniform(0.7, 1.25), top + r * math.sin(a) * s.random.uniform(0.7, 1.25)) for a in (k * math.tau / 9 for k in range(9))]
        s.shape(curve(s_points, 4), tone, 1.5 + 3.5 * near)
    edge = inner - side * 10
    s.shape([(edge, y + 60 + near * 160), (edge + side * 900, y - 40), (edge + side * 900, 830), (edge + side * (100 * near + 20), 830)], tone, 9)
    for n in range(3):
        foot = inner + side * (60 + 190 * n * (0.6 + near) + s.random.uniform(0, 60))
        _tree(s, foot, y + 60 + near * 60, -math.pi / 2 + side * -0.06, (120 + 110 * near) * s.random.uniform(0.8, 1.15), 6 + 13 * near, tone, 1 + 2.2 * near)


def _tree(s: Scene, x: float, y: float, way: float, long: float, wide: float, tone: Colour, blur: float) -> None:
    """A bare tree: branches drawn on one mask."""
    mask = s.mask()
    draw = ImageDraw.Draw(mask)

    def branch(x: float, y: float, way: float, long: float, wide: float) -> None:
        if wide < 0.7 or long < 8:
            return
        bend = way + s.random.uniform(-0.16, 0.16)
        mid = (x + math.cos(bend) * long * 0.5, y + math.sin(bend) * long * 0.5)
        tip = (mid[0] + math.cos(way) * long * 0.5, mid[1] + math.sin(way) * long * 0.5)
        draw.line([(x * SCALE, y * SCALE), (mid[0] * SCALE, mid[1] * SCALE), (tip[0] * SCALE, tip[1] * SCALE)], 255, max(1, round(wide * SCALE)), "curve")
        for turn in (-0.42, 0.38, s.random.uniform(-0.1, 0.1)):
            branch(*tip, way + turn * s.random.uniform(0.6, 1.5), long * s.random.uniform(0.6, 0.78), wide * s.random.uniform(0.45, 0.62))

    branch(x, y, way, long, wide)
    s.paint(mask.filter(ImageFilter.GaussianBlur(blur * SCALE)), tone)


def cafe() -> Image.Image:
    """Three people at a café table, against large windows."""
    s = Scene(SIZE, 41, (34, 30, 27))
    s.ramp(0, 800, (44, 40, 36), (34, 31, 28), (20, 19, 18))
    street = s.outline([[(96, 92), (1104, 92), (1104, 478), (96, 478)]], 0.8)
    day = Scene(SIZE, 42)
    day.ramp(0, 480, (240, 238, 222), (246, 242, 224), (214, 209, 190))
    for x, wide, top, tone in ((90, 250, 200, (196, 195, 181)), (330, 130, 250, (210, 207, 191)), (450, 240, 160, (186, 186, 174)), (700, 200, 230, (202, 199, 184)), (890, 260, 180, (192, 191, 178))):
        day.box(x, top, wide, 320, tone, 6)
        for n in range(int(wide / 44)):
            for row in range(3):
                day.box(x + 16 + n * 44, top + 30 + row * 62, 18, 32, mix(tone, (120, 122, 114), 0.5), 4)
    day.box(0, 424, 1200, 80, (172, 168, 152), 7)
    day.shape(curve([(770, 432), (790, 402), (838, 376), (912, 376), (950, 402), (996, 412), (1004, 440), (890, 446), (780, 446)]), (120, 92, 80), 5)
    day.texture([(300, 200), (90, 90)], 0.6)
    day.blur(4)
    s.image.paste(day.image, mask=street)
    s.light(600, 260, 640, 360, (226, 216, 188), 0.22)
    for x in (420, 772):
        s.box(x, 86, 13, 396, (38, 34, 30), 1.2)
    s.box(90, 196, 1020, 8, (40, 36, 32), 1.2)
    for x, y, wide, high in ((84, 82, 1032, 12), (84, 474, 1032, 20), (84, 82, 13, 408), (1103, 82, 13, 408)):
        s.box(x, y, wide, high, (36, 32, 28), 1.2)
    s.box(70, 492, 1060, 9, (118, 110, 94), 1.6, 0.7)
    for x, way in ((0, 1), (1200, -1)):
        s.shape([(x, 60), (x + way * 172, 60), (x + way * 150, 512), (x, 512)], (50, 41, 35), 3)
        for n in range(7):
            s.line([(x + way * (18 + n * 24), 62), (x + way * (16 + n * 21), 508)], 7, (84, 69, 56), 5, 0.5)
    for x in (300, 596, 900):
        s.line([(x, 0), (x, 112)], 2, (20, 18, 16))
        s.shape(curve([(x - 9, 110), (x + 9, 110), (x + 22, 132), (x + 46, 152), (x, 158), (x - 46, 152), (x - 22, 132)]), (30, 27, 24), 1)
        s.light(x, 160, 84, 34, (236, 200, 140), 0.75)
    s.texture([(260, 200), (70, 60), (22, 18)], 0.7)
    s.blur(1.8)
    _table(s)
    return s.develop(glow=0.3, soft=0.4, edge=0.36, grain=0.17, black=(17, 16, 15), white=(240, 236, 222))


def _table(s: Scene) -> None:
    """Three at a table, seen from behind a little: backs, heads, chair backs, and what stands between them."""
    trunk: list[Limb] = [*HEAD, *SHOULDERS]
    man = ([*trunk, [(-0.104, 0.77, 0.038), (-0.14, 0.64, 0.036), (-0.1, 0.56, 0.03)], [(0.104, 0.77, 0.038), (0.142, 0.64, 0.036), (0.1, 0.56, 0.03)]], [JACKET[1][0]])
    woman = ([*SKIRT[0][:4], [(-0.09, 0.77, 0.033), (-0.128, 0.65, 0.03), (-0.07, 0.57, 0.026)], [(0.09, 0.77, 0.033), (0.124, 0.64, 0.03), (0.06, 0.57, 0.026)]], [SKIRT[1][0]])
    for body, x, top, tall, turned, lean, colour in (
        (woman, 402, 332, 640, False, 0.06, (29, 25, 23)), (man, 606, 306, 660, True, 0.0, (23, 22, 21)), (woman, 806, 340, 630, True, -0.07, (30, 27, 25)),
    ):  # fmt: skip
        mask = person(s, body, x - lean * tall, top + tall, tall, turned=turned, lean=lean)
        stand(s, mask, colour, blur=1.5, rim=(150, 142, 122), shift=(0, 3.5))
        s.paint(s.outline([curve([(x - 92, 640), (x - 70, 586), (x + 70, 586), (x + 92, 640), (x + 84, 830), (x - 84, 830)])], 2), (15, 14, 13))
        s.line([(x - 66, 590), (x, 583), (x + 66, 590)], 3, (92, 84, 70), 1.4, 0.7)
    s.shape([(180, 612), (1020, 612), (1110, 664), (90, 664)], (52, 45, 38), 2.4)
    s.shape([(90, 662), (1110, 662), (1110, 680), (90, 680)], (26, 23, 20), 1.6)
    s.box(60, 678, 1080, 140, (13, 12, 11), 6)
    s.light(560, 628, 420, 26, (226, 212, 180), 0.42)
    for x, y, size in ((300, 634, 1.0), (500, 642, 1.05), (706, 640, 1.05), (914, 634, 1.0)):
        s.shape(curve([(x - 26 * size, y + 8), (x, y + 3), (x + 26 * size, y + 8), (x, y + 15)]), (150, 142, 124), 1.2)
        s.shape(curve([(x - 15 * size, y - 16), (x + 15 * size, y - 16), (x + 12 * size, y + 4), (x, y + 9), (x - 12 * size, y + 4)]), (176, 169, 150), 1.1)
        s.shape(curve([(x - 14 * size, y - 16), (x, y - 19), (x + 14 * size, y - 16), (x, y - 12)]), (56, 46, 38), 0.8)
    s.box(592, 574, 17, 62, (96, 44, 34), 1.3)
    s.shape([(595, 574), (606, 574), (603, 558), (598, 558)], (168, 160, 142), 1)
    s.box(618, 604, 12, 32, (178, 172, 156), 1.3)
    s.shape([(626, 596), (676, 590), (680, 636), (632, 640)], (188, 180, 158), 1.2, 0.85)


def lunar() -> Image.Image:
    """A machine at work on the Moon, the Earth above it."""
    s = Scene(SIZE, 53)
    for _ in range(130):
        x, y, b = s.random.uniform(0, 1200), s.random.uniform(0, 400), s.random.random() ** 4
        s.light(x, y, 2.4, 2.4, (220, 226, 236), 0.15 + 0.5 * b)
    _earth(s, 884, 150, 62)
    hills = [(-20, 430)]
    for n in range(26):
        x = n * 50
        hills.append((x, 396 - 46 * math.exp(-(((x - 250) / 170) ** 2)) - 62 * math.exp(-(((x - 1010) / 210) ** 2)) + s.random.uniform(-7, 7)))
    ridge = s.outline([[*hills, (1260, 400), (1260, 520), (-20, 520)]], 1.2)
    s.paint(ridge, (84, 84, 86))
    s.texture([(120, 40), (46, 22), (18, 10)], 1.1, ridge)
    slope = ImageChops.subtract(ridge, moved(ridge, 16, 9)).filter(ImageFilter.GaussianBlur(5 * SCALE))
    s.screen(ImageChops.multiply(slope, s.above(470)), (90, 90, 88))
    ground = s.below(424, 3)
    plain = Scene(SIZE, 54)
    plain.ramp(420, 800, (150, 149, 145), (124, 123, 120), (88, 88, 87), (50, 50, 52))
    s.image.paste(plain.image, mask=ground)
    s.texture([(300, 26), (110, 12), (40, 6), (12, 3)], 1.7, ground)
    craters = sorted(((s.random.random() ** 2.0, s.random.uniform(-60, 1260)) for _ in range(95)), key=lambda c: c[0])
    for depth, x in craters:
        y = 430 + 360 * depth
        _crater(s, x, y, (5 + 62 * depth) * s.random.uniform(0.35, 1.25))
    _crater(s, 930, 668, 150)
    s.blur(1.0)
    for gap in (-9, 24):
        s.line([(-20, 596 + gap), (180, 578 + gap * 0.9), (360, 560 + gap * 0.7), (470, 548 + gap * 0.6)], 5, (48, 48, 49), 2.2, 0.75)
        s.line([(-20, 592 + gap), (180, 574 + gap * 0.9), (360, 556 + gap * 0.7), (470, 544 + gap * 0.6)], 2, (150, 149, 145), 1.4, 0.5)
    _harvester(s)
    return s.develop(glow=0.2, soft=0.3, edge=0.3, grain=0.17, black=(7, 8, 10), white=(240, 240, 236))


def _earth(s: Scene, x: float, y: float, r: float) -> None:
    disc = s.mask()
    ImageDraw.Draw(disc).ellipse([(v) * SCALE for v in (x - r, y - r, x + r, y + r)], fill=255)
    disc = disc.filter(ImageFilter.GaussianBlur(0.7 * SCALE))
    night = s.mask()
    ImageDraw.Draw(night).ellipse([v * SCALE for v in (x - r * 0.44, y - r * 1.0, x + r * 1.7, y + r * 1.14)], fill=255)
    day = ImageChops.subtract(disc, night.filter(ImageFilter.GaussianBlur(r * 0.13 * SCALE)))
    s.paint(disc, (8, 11, 16))
    s.light(x - r * 0.5, y, r * 2.2, r * 2.2, (90, 120, 150), 0.16)
    s.paint(day, (104, 140, 168))
    clouds = s.noise([(64, 26), (28, 12), (12, 6)]).point(lambda v: min(255, max(0, (v - 122) * 6)))
    s.paint(ImageChops.multiply(clouds, day), (222, 228, 230), 0.85)


def _crater(s: Scene, x: float, y: float, r: float) -> None:
    """A bowl with the sun low at the left: its left wall dark, its right wall and its left rim bright."""
    flat = 0.16 + 0.16 * (y - 430) / 370
    wide, high = 1.5 * r + 4, 1.9 * r * flat + 4
    tile = Scene((round(2 * wide), round(2 * high)), 0)
    ring = [(wide + r * math.cos(a) * s.random.uniform(0.93, 1.07), high + r * flat * math.sin(a)) for a in (k * math.tau / 14 for k in range(14))]
    bowl = tile.outline([curve(ring, 5)], max(0.7, r * 0.02))
    step, drop = r * 0.34, r * flat * 0.25

    def soft(mask: Image.Image, share: float) -> Image.Image:
        return mask.filter(ImageFilter.GaussianBlur(max(0.7, r * share) * SCALE))

    at = (round((x - wide) * SCALE), round((y - high) * SCALE))
    s.paint(bowl, (58, 58, 59), 0.35, at)
    s.paint(soft(ImageChops.subtract(bowl, moved(bowl, step, drop)), 0.05), (14, 14, 16), 0.85, at)
    s.screen(soft(ImageChops.subtract(bowl, moved(bowl, -step / 2, -drop)), 0.04), (92, 92, 88), at)
    s.screen(soft(ImageChops.subtract(moved(bowl, -step / 5, -max(1, drop / 3)), bowl), 0.02), (96, 96, 92), at)


def _harvester(s: Scene) -> None:
    """A tracked vehicle with a cabin, a drum, an aerial and a lamp; its shadow falls to the right."""
    s.shape(curve([(470, 566), (600, 552), (760, 556), (900, 572), (760, 584), (560, 586)]), (12, 12, 14), 3, 0.92)
    for n in range(46):
        x, r = 468 - n * 6.2, 6 + n * 1.05
        s.light(x + s.random.uniform(-9, 9), 548 - n * 0.9 + s.random.uniform(-14, 6), r * 1.6, r, (150, 149, 145), 0.13)
    body = [(486, 540), (500, 494), (560, 486), (572, 462), (640, 458), (662, 494), (690, 502), (694, 544)]
    s.shape(body, (176, 175, 170), 0.9)
    s.shape([(486, 540), (694, 544), (694, 524), (489, 520)], (96, 96, 95), 1)
    s.shape([(640, 458), (662, 494), (690, 502), (694, 544), (650, 543), (646, 498)], (92, 92, 92), 1)
    s.shape([(580, 468), (622, 466), (630, 488), (576, 490)], (22, 26, 30), 0.9)
    s.box(512, 500, 40, 14, (132, 66, 44), 0.9, 0.85)
    s.box(512, 500, 40, 2, (206, 200, 190), 0.8, 0.5)
    for x in (586, 606):
        s.line([(x + 40, 500), (x + 40, 538)], 1.4, (60, 60, 60), 0.7, 0.7)
    s.line([(536, 490), (528, 426)], 1.8, (196, 195, 190))
    s.shape(curve([(512, 430), (528, 420), (546, 424), (530, 434)]), (186, 185, 180), 0.8)
    track = curve([(488, 548), (506, 532), (590, 530), (668, 532), (686, 548), (668, 570), (590, 573), (506, 570)], 8)
    s.shape(track, (20, 20, 22), 1)
    s.line([*track[4:38]], 2, (104, 104, 102), 1, 0.7)
    for x in (510, 543, 576, 609, 642, 668):
        s.shape(curve([(x + 10 * math.cos(a), 553 + 10 * math.sin(a)) for a in (k * math.tau / 8 for k in range(8))], 4), (52, 52, 53), 1.2)
    s.line([(500, 532), (672, 533)], 4, (52, 52, 53), 0.9)
    s.shape(curve([(690, 530), (722, 522), (740, 544), (726, 564), (700, 560)]), (70, 70, 70), 1)
    s.line([(682, 516), (716, 526)], 5, (140, 139, 135))
    s.light(676, 506, 22, 20, (255, 250, 232), 1)
    s.light(676, 506, 90, 70, (240, 236, 216), 0.5)
    s.light(840, 566, 190, 26, (236, 232, 214), 0.62)
    s.light(780, 548, 150, 54, (226, 222, 204), 0.22)


def stairs() -> Image.Image:
    """A woman goes up a narrow stair at night; somebody stands below, out of focus."""
    s = Scene(SIZE, 67, (18, 8, 7))
    eye = Camera(s, 560, 476, 820)
    half, rise, run, first, count = 1.35, 0.165, 0.36, 3.1, 15
    base = -1.28
    lamp: Place = (1.02, 1.62, 5.3)
    warm = (255, 192, 116)

    def shine(place: Place, facing: float = 1.0) -> float:
        gap = sum((a - b) ** 2 for a, b in zip(place, lamp, strict=True))
        return 0.12 + 5.6 * facing / (0.8 + gap)

    def nose(z: float) -> float:
        return base + max(0.0, (z - first) / run) * rise

    def wall(x: float, colour: Colour, share: float) -> None:
        def deep(v: float) -> float:
            return 1.5 * (9.5 / 1.5) ** v

        def band(low: float, high: float, colour: Colour) -> None:
            eye.surface(
                lambda u, v: (x, (lo := nose(deep(v)) + low) + (max(nose(deep(v)) + high, 7 * (high > 2)) - lo) * u, deep(v)),
                lambda p: lit(colour, warm, shine(p, share)), 60, 110,
            )  # fmt: skip

        band(0.9, 3, colour)
        band(-0.4, 0.9, mix(colour, (42, 60, 52), 0.8))

    wall(-half, (120, 44, 38), 1)
    wall(half, (112, 50, 40), 0.7)
    back = first + count * run
    eye.surface(lambda u, v: (half * (2 * u - 1), -1 + 8 * v, back + 1.0), lambda p: lit((104, 40, 34), warm, shine(p) * 0.8), 40, 60)
    x0, y0 = eye.point((-0.62, base + count * rise + 2.05, back + 1))
    x1, y1 = eye.point((0.28, base + count * rise, back + 1))
    s.box(x0, y0, x1 - x0, y1 - y0, (16, 10, 9), 2)
    s.texture([(160, 240), (60, 100), (22, 40), (8, 14)], 1.5)
    s.blur(1.2)
    for n in range(count - 1, -1, -1):
        z, y = first + n * run, base + n * rise
        top = y + rise
        eye.surface(lambda u, v, z=z, y=y: (half * (2 * u - 1), y + rise * v, z), lambda p: lit((92, 66, 54), warm, shine(p, 0.5)), 40, 3)
        if top < 0:
            eye.surface(lambda u, v, z=z, t=top: (half * (2 * u - 1), t, z + run * v), lambda p: lit((150, 118, 92), warm, shine(p, 1.15)), 40, 4)
        s.line([eye.point((-half, top, z)), eye.point((half, top, z))], 14 / z / 2, (214, 150, 96), 1.2, 0.2 + 0.05 * n * (n < 8))
    foot = eye.point((0, base, first))[1]
    eye.surface(lambda u, v: (half * (2 * u - 1), base, 1.5 + (first - 1.5) * v), lambda p: lit((96, 76, 66), warm, shine(p, 1.2)), 40, 10)
    s.texture([(90, 24), (30, 9), (10, 5)], 1.2, s.below(foot - 260, 40))
    rail = [eye.point((half - 0.07, nose(z) + 0.9, z)) for z in (first, back)]
    s.line(rail, 6, (36, 16, 12), 1.4)
    s.line([(x, y - 2) for x, y in rail], 1.4, (224, 160, 100), 1, 0.5)
    lx, ly = eye.point(lamp)
    s.line([(lx + 46, ly - 60), (lx + 10, ly - 62), (lx, ly - 34)], 3.4, (26, 14, 11), 0.9)
    s.shape(curve([(lx - 8, ly - 38), (lx + 8, ly - 38), (lx + 22, ly - 18), (lx + 44, ly - 8), (lx, ly - 3), (lx - 44, ly - 8), (lx - 22, ly - 18)]), (30, 34, 30), 1)
    s.light(lx, ly + 2, 34, 28, (255, 240, 200), 1)
    s.light(lx, ly + 10, 150, 130, (255, 196, 120), 0.8)
    s.light(lx, ly + 60, 400, 360, (190, 110, 66), 0.26)
    n = 3
    x, feet = eye.point((0.02, base + n * rise + 0.005, first + (n - 0.55) * run))
    tall = eye.focal * 1.66 / (first + (n - 0.55) * run)
    mask = person(s, DRESS, x, feet, tall, turned=False)
    cast = moved(mask, -116, 20).filter(ImageFilter.GaussianBlur(9 * SCALE))
    s.paint(cast, (24, 8, 7), 0.55)
    s.shape(curve([(x - 80, feet + 1), (x, feet - 7), (x + 46, feet), (x - 20, feet + 9)]), (20, 10, 8), 5, 0.75)
    _dress(s, mask)
    bulk = person(s, COAT, 122, 1360, 1180, turned=True).filter(ImageFilter.GaussianBlur(9 * SCALE))
    s.paint(bulk, (10, 6, 6), 0.97)
    edge = ImageChops.subtract(bulk, moved(bulk, -7, 5)).filter(ImageFilter.GaussianBlur(5 * SCALE))
    s.screen(edge, (110, 52, 32))
    return s.develop(glow=0.32, soft=0.4, edge=0.55, grain=0.17, black=(15, 9, 9), white=(246, 234, 212))


def _dress(s: Scene, mask: Image.Image) -> None:
    """Dark green cloth with a faint pattern, lit from the right."""
    stand(s, mask, (20, 28, 25), blur=1.1, rim=(190, 128, 78), shift=(-2.4, 1.8))
    pattern = s.noise([(7, 9), (4, 5)]).point(lambda v: min(255, max(0, (v - 138) * 4)))
    s.screen(ImageChops.multiply(pattern, mask), (20, 27, 22))


SAMPLES: dict[str, tuple[str, Callable[[], Image.Image]]] = {
    "boat": ("sample/never-let-me-go-2010/stills/boat.jpg", boat),
    "corridor": ("sample/never-let-me-go-2010/stills/corridor.jpg", corridor),
    "lane": ("sample/never-let-me-go-2010/stills/lane.jpg", lane),
    "cafe": ("sample/never-let-me-go-2010/stills/cafe.jpg", cafe),
    "lunar": ("sample/moon-2009/stills/lunar.jpg", lunar),
    "stairs": ("sample/in-the-mood-for-love-2000/stills/stairs.jpg", stairs),
    "welcome": ("welcome.jpg", lambda: corridor(TALL)),
}


def main(names: Sequence[str]) -> None:
    for name in names or SAMPLES:
        path, draw = SAMPLES[name]
        target = RESOURCES / path
        target.parent.mkdir(parents=True, exist_ok=True)
        draw().save(target, quality=82, optimize=True, progressive=True)
        print(f"{path}: {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
