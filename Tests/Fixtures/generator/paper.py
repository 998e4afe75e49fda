"""Pages as a scanner sees them: text drawn into pixels, set a little askew, with specks."""

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from fonts import image_font

A4_INCHES = (8.27, 11.69)


@dataclass(frozen=True)
class Leaf:
    """What stands on one scanned page."""

    heading: str
    paragraphs: list[str]
    number: int

    @property
    def text(self) -> str:
        """The page's truth: heading, paragraphs and number, a blank line between."""
        return "\n\n".join([self.heading, *self.paragraphs, f"— {self.number} —"]) + "\n"


def wrapped(text: str, font, width: float) -> list[str]:
    """The words of a paragraph in lines no wider than `width` pixels."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) > width and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def draw_leaf(leaf: Leaf, dpi: int, points: float = 12.5, family: str = "Serif") -> Image.Image:
    """A grey page: black on white, paragraphs with a first-line indent, the number at the foot."""
    width, height = (round(side * dpi) for side in A4_INCHES)
    pixel = dpi / 72
    page = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(page)
    margin, y = 1.1 * dpi, 1.1 * dpi
    title = image_font(family, round(20 * pixel), "Bold")
    body = image_font(family, round(points * pixel))
    draw.text((margin, y), leaf.heading, fill=20, font=title)
    y += 40 * pixel
    for paragraph in leaf.paragraphs:
        # An em space opens every paragraph, as in a printed book.
        indent = points * pixel
        lines = wrapped(paragraph, body, width - 2 * margin - indent)
        for index, line in enumerate(lines):
            draw.text((margin + (indent if index == 0 else 0), y), line, fill=20, font=body)
            y += points * pixel * 1.45
        y += points * pixel * 0.6
    foot = f"— {leaf.number} —"
    draw.text(((width - body.getlength(foot)) / 2, height - 0.9 * dpi), foot, fill=20, font=body)
    return page


def scanned(page: Image.Image, seed: int, degrees: float, specks: int, tone: bool = False) -> Image.Image:
    """The page after a scanner: turned, softened, with specks of dust; with `tone`, the grey of the paper."""
    chance = random.Random(seed)
    page = page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    draw = ImageDraw.Draw(page)
    for _ in range(specks):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        draw.ellipse((x, y, x + chance.randrange(2), y + chance.randrange(2)), fill=chance.randrange(40, 160))
    if tone:
        # Paper is not white, and a lid that does not close lets light in from one side.
        shade = Image.linear_gradient("L").rotate(90).resize(page.size).point(lambda value: 226 + value // 16)
        ink = page.point(lambda value: round(value * 0.86))
        page = Image.composite(shade, ink, page.point(lambda value: 255 if value > 250 else value))
    return page


def bilevel(page: Image.Image) -> Image.Image:
    """Black and white by a fixed threshold."""
    return page.point(lambda value: 255 if value > 150 else 0).convert("1", dither=Image.Dither.NONE)
