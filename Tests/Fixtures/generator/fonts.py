"""The fonts that fixtures are set in: Debian's fonts-liberation, embedded as subsets."""

from pathlib import Path

from PIL import ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path("/usr/share/fonts/truetype/liberation")
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


def register() -> None:
    """Makes Serif, Sans and Mono known to reportlab, each with bold and italic."""
    for family in ("Serif", "Sans", "Mono"):
        names = []
        for style in STYLES:
            name = family if style == "Regular" else f"{family}-{style}"
            pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"Liberation{family}-{style}.ttf")))
            names.append(name)
        pdfmetrics.registerFontFamily(family, *names)


def image_font(family: str, size: int, style: str = "Regular") -> ImageFont.FreeTypeFont:
    """A font for drawing into pixels; basic layout, so that no other library's version shows in the result."""
    path = FOLDER / f"Liberation{family}-{style}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
