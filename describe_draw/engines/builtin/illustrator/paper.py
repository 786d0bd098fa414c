"""The sheet that a picture is drawn on: SVG elements, then pixels."""

import io
from collections.abc import Callable, Iterable, Sequence
from random import Random

from PIL import Image

from .colours import RGB, hue, luminance, mix, parse_hex, repaint, to_hex
from .fragments import Drawing, document, relit, unique
from .frame import Frame
from .letters import SAYS
from .light import Light
from .mixed import drawing
from .placement import Placement
from .tables import is_a, traits

# resvg_py keeps the interpreter's lock while it draws: strips let other threads in between.
STRIP_PIXELS = 1 << 18

Point = tuple[float, float]
Stops = Sequence[tuple[float, RGB | str, float]]  # offset, colour, opacity
_LAMPLIGHT: RGB = (255, 214, 110)


def colour_text(colour: RGB | str) -> str:
    return colour if isinstance(colour, str) else to_hex(colour)


class Paper:
    """Collects SVG elements from back to front."""

    def __init__(self, frame: Frame, light: Light) -> None:
        self.frame = frame
        self.light = light
        self._elements: list[str] = []
        self._count = 0
        self.placed: list[Placement] = []
        self.subjects = slice(0)
        """Which elements are the things that were asked for, not their surroundings."""

    def __len__(self) -> int:
        return len(self._elements)

    def add(self, element: str) -> None:
        self._elements.append(element)

    def next_id(self) -> str:
        self._count += 1
        return f"d{self._count}-"

    def fade(self, stops: Stops) -> str:
        """A gradient from the top down, to fill with."""
        name = self.next_id()
        ends = 'x1="0" y1="0" x2="0" y2="1"'
        self.add(f'<linearGradient id="{name}" {ends}>{_stops(stops)}</linearGradient>')
        return f"url(#{name})"

    def glow(self, x: float, y: float, radius: float, colour: RGB | str, strength: float) -> None:
        """A round light that fades to nothing at the radius."""
        stops = [(0.0, colour, strength), (0.35, colour, strength * 0.42), (1.0, colour, 0.0)]
        self._disc(x, y, radius, radius, stops)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float) -> None:
        dark = self.light.on((24, 30, 52))
        stops = [(0.0, dark, strength), (0.5, dark, strength * 0.72), (1.0, dark, 0.0)]
        self._disc(x, y, rx, ry, stops)

    def _disc(self, x: float, y: float, rx: float, ry: float, stops: Stops) -> None:
        name = self.next_id()
        self.add(f'<radialGradient id="{name}">{_stops(stops)}</radialGradient>')
        self.ellipse(x, y, rx, ry, f"url(#{name})")

    def rect(
        self, x: float, y: float, width: float, height: float, fill: RGB | str, more: str = ""
    ) -> None:
        self.add(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="{colour_text(fill)}" {more}/>'
        )

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: RGB | str, more: str = ""
    ) -> None:
        self.add(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" '
            f'fill="{colour_text(fill)}" {more}/>'
        )

    def polygon(self, points: Iterable[Point], fill: RGB | str, more: str = "") -> None:
        text = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.add(f'<polygon points="{text}" fill="{colour_text(fill)}" {more}/>')

    def path(self, d: str, fill: RGB | str) -> None:
        self.add(f'<path d="{d}" fill="{colour_text(fill)}" />')

    def stroke(self, d: str, colour: RGB | str, width: float, opacity: float = 1.0) -> None:
        self.add(
            f'<path d="{d}" fill="none" stroke="{colour_text(colour)}" stroke-width="{width:.1f}" '
            f'stroke-linecap="round" stroke-opacity="{opacity:.2f}"/>'
        )

    def overlay(
        self, name: str, colour: str | None = None, change: Callable[[RGB], RGB] | None = None
    ) -> None:
        """A drawing over the whole sheet, its colours changed; no name, none."""
        if name:
            art = drawing(name, colour)
            svg = unique(repaint(art.svg, change) if change else art.svg, self.next_id())
            across, down = self.frame.width / art.width, self.frame.height / art.height
            self.add(f'<g transform="scale({across:.4f} {down:.4f})">{svg}</g>')

    def place(self, placed: Placement, shade: float = 0.0) -> None:
        """Draws a drawing where the layout put it, `shade` of it in the dark."""
        self.placed.append(placed)
        art = drawing(placed.art, placed.colour)

        dark, luminous = self.light.dark, is_a(placed.art, "luminous")
        shines = dark and (luminous or "@of:glow" in placed.art)

        def lit(rgb: RGB) -> RGB:
            if dark and placed.art in traits().lamps and _is_glass(rgb):
                return _LAMPLIGHT
            if shines:
                return rgb
            return self.light.on(mix(rgb, (0, 0, 0), shade) if shade else rgb, placed.haze)

        more = ' opacity="0.72"' if placed.ghostly else ""
        if placed.rim:
            more += f' clip-path="url(#{self._below(placed.rim, art)})"'
        svg = relit(unique(art.svg, self.next_id()), lit)
        self.add(f'<g transform="{_transform(placed, art)}"{more}>{svg}</g>')

    def _below(self, rim: tuple[float, float, float, float], art: Drawing) -> str:
        """Cuts a drawing to what is below the front of its opening."""
        left, right = rim[0] * art.width, rim[1] * art.width
        down, hang = rim[2] * art.height, rim[3] * art.height
        name = self.next_id()
        half = (right - left) / 2
        self.add(
            f'<clipPath id="{name}"><path d="M-{art.width} {down:.1f}H{left:.1f}'
            f"a{half:.1f} {hang:.1f} 0 0 0 {2 * half:.1f} 0H{2 * art.width}V{2 * art.height}"
            f'H-{art.width}z"/></clipPath>'
        )
        return name

    def silhouette(self, placed: Placement, colour: RGB | str, margin: float) -> None:
        """A drawing in one colour, wider than itself by a margin."""
        art = drawing(placed.art, placed.colour)
        one = parse_hex(colour_text(colour))
        svg = relit(unique(art.svg, self.next_id()), lambda _: one)
        wide = margin * 2 * art.height / placed.height
        rim = f'stroke="{to_hex(one)}" stroke-width="{wide:.1f}" stroke-linejoin="round"'
        self.add(f'<g transform="{_transform(placed, art)}" {rim}>{svg}</g>')

    def float(self, placed: Placement, shore: float) -> None:
        """Draws what swims: the part above the water, and its reflection down to the shore."""
        surface = placed.waterline
        name = self.next_id()
        wide = f'x="0" width="{self.frame.width}"'
        self.add(
            f'<clipPath id="{name}a"><rect {wide} y="-999" '
            f'height="{surface + 999:.1f}"/></clipPath>'
            f'<clipPath id="{name}b"><rect {wide} y="{surface:.1f}" '
            f'height="{max(1.0, shore - surface):.1f}"/></clipPath>'
        )
        mirror = f"translate(0 {surface * 1.8:.1f}) scale(1 -0.8)"
        self.add(f'<g clip-path="url(#{name}b)" opacity="0.24"><g transform="{mirror}">')
        self.place(placed)
        self.add(f'</g></g><g clip-path="url(#{name}a)">')
        self.place(placed)
        self.add("</g>")

    def svg(self) -> str:
        """The elements so far, back to front."""
        return "".join(self._elements)

    def draw(self) -> Image.Image:
        """The pixels: RGB, of the frame's size."""
        return self._drawn(self.svg(), "RGB")

    def mask(self) -> Image.Image:
        """White where things are, black where their surroundings show."""
        return self._drawn("".join(self._elements[self.subjects]), "RGBA").getchannel("A")

    def _drawn(self, body: str, mode: str) -> Image.Image:
        import resvg_py  # noqa: PLC0415  (loaded with the first picture, not with the app)

        width, height = self.frame.width, self.frame.height
        picture = Image.new(mode, (width, height))
        rows = max(64, STRIP_PIXELS // width)
        for top in range(0, height, rows):
            down = min(rows, height - top)
            text = document(body, width, down, width, down, top)
            png = resvg_py.svg_to_bytes(
                svg_string=text, width=width, height=down, skip_system_fonts=True
            )
            with Image.open(io.BytesIO(png)) as strip:
                picture.paste(strip.convert(mode), (0, top))
        return picture


def _transform(placed: Placement, art: Drawing) -> str:
    scale = placed.height / art.height
    across = -scale if placed.flip and SAYS not in placed.art else scale
    left = placed.x - across * art.width / 2
    turn = ""
    if placed.tilt:
        middle = placed.base - placed.height / 2
        turn = f"rotate({placed.tilt:.1f} {placed.x:.1f} {middle:.1f}) "
    return f"{turn}translate({left:.1f} {placed.top:.1f}) scale({across:.4f} {scale:.4f})"


def _stops(stops: Stops) -> str:
    return "".join(
        f'<stop offset="{offset:.3f}" stop-color="{colour_text(colour)}" '
        f'stop-opacity="{opacity:.3f}"/>'
        for offset, colour, opacity in stops
    )


def smooth(points: Sequence[Point]) -> str:
    """A path through points without corners (Catmull-Rom as cubic curves), not closed."""
    text = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    befores, afters = [points[0], *points], [*points[2:], points[-1]]
    for before, start, end, after in zip(befores, points, points[1:], afters, strict=False):
        text += (
            f"C{start[0] + (end[0] - before[0]) / 6:.1f} {start[1] + (end[1] - before[1]) / 6:.1f} "
            f"{end[0] - (after[0] - start[0]) / 6:.1f} {end[1] - (after[1] - start[1]) / 6:.1f} "
            f"{end[0]:.1f} {end[1]:.1f}"
        )
    return text


def ridge(rng: Random, width: float, base: float, height: float, bumps: int) -> list[Point]:
    """A random line of hills from the left to the right edge."""
    steps = bumps * 2
    high = rng.random() < 0.5
    points = []
    for n in range(-1, steps + 2):
        up = height * (rng.uniform(0.6, 1.0) if (n % 2 == 0) == high else rng.uniform(0.05, 0.4))
        points.append((width * (n + rng.uniform(-0.2, 0.2)) / steps, base - up))
    return points


def _is_glass(rgb: RGB) -> bool:
    """Whether it is the colour of a window's panes."""
    turn, strength = hue(rgb)
    return 0.48 < turn < 0.6 and 0.1 < strength < 0.5 and luminance(rgb) > 0.6
