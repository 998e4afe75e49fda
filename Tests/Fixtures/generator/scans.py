"""Image-only PDFs: eight pages for the repository, any number of pages for tests and measurements."""

import io
import random
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen import canvas
import pikepdf

from essays import ESSAYS
from fonts import image_font
from paper import Leaf, bilevel, draw_leaf, scanned, wrapped


def leaves(count: int) -> list[Leaf]:
    """As many different pages as asked for; after the eighth the essays come again, their paragraphs in other order."""
    result = []
    for index in range(count):
        title, paragraphs = ESSAYS[index % len(ESSAYS)]
        turn = index // len(ESSAYS)
        heading = title if turn == 0 else f"{title}, Part {turn + 1}"
        order = paragraphs[turn % 3 :] + paragraphs[: turn % 3]
        result.append(Leaf(heading, order, index + 1))
    return result


def scan_image(leaf: Leaf, dpi: int) -> Image.Image:
    """A black-and-white page, askew by at most 0.9 degrees, another angle on each page."""
    degrees = ((leaf.number * 7) % 13 - 6) * 0.15
    return bilevel(scanned(draw_leaf(leaf, dpi), seed=leaf.number, degrees=degrees, specks=40))


def write_scan(count: int, path: Path, dpi: int = 200) -> list[Leaf]:
    """An image-only PDF of `count` pages, each one CCITT G4 image over the whole page."""
    pages = leaves(count)
    title = "Essays on Paper, Stone and Light" if count == 8 else f"Essays, {count} leaves"
    save_scans((scan_image(leaf, dpi) for leaf in pages), dpi, title, path)
    return pages


CARDS = [
    ("Anchor", "It holds where the chain lies flat along the ground, and fails where the chain is short."),
    ("Barometer", "It falls before the wind does. Tap the glass once, read it twice, and write down the hour."),
    ("Compass", "It points near the pole and never at it; the difference is printed on every chart we carry."),
    ("Ditty box", "A needle, some thread, a letter from home and whatever else a sailor will not lend."),
    ("Ensign", "It is flown at the stern by day, lowered at dusk, and dipped to ships that dip theirs first."),
    ("Fender", "Old rope between the ship and the quay is cheaper than paint, and paint is cheaper than planks."),
    ("Gangway", "Keep it clear at every tide, lit at every hour, and never tie it to anything that moves."),
    ("Hawser", "A rope too thick for one hand to hold, so it is handled by four people and one who counts."),
]
CARD_INCHES = (5.83, 4.13)  # A6 on its side


def write_cards(path: Path, dpi: int = 150) -> list[str]:
    """Eight index cards, image only: as many pages as `scan8` for an eighth of the recognition."""
    images = []
    for number, (word, meaning) in enumerate(CARDS, 1):
        card = Image.new("L", tuple(round(side * dpi) for side in CARD_INCHES), 255)
        draw = ImageDraw.Draw(card)
        draw.text((0.4 * dpi, 0.5 * dpi), word, fill=20, font=image_font("Serif", round(20 * dpi / 72), "Bold"))
        body = image_font("Serif", round(12 * dpi / 72))
        for line, text in enumerate(wrapped(meaning, body, 5 * dpi)):
            draw.text((0.4 * dpi, (1.1 + 0.25 * line) * dpi), text, fill=20, font=body)
        images.append(bilevel(scanned(card, seed=number, degrees=0.3, specks=4)))
    save_scans(images, dpi, "Index Cards", path)
    return [f"{word}\n\n{meaning}\n" for word, meaning in CARDS]


def save_scans(images: Iterable[Image.Image], dpi: int, title: str, path: Path) -> None:
    """A PDF of nothing but images, each on a page of its size; A4 where that is meant."""
    pdf = pikepdf.new()
    for image in images:
        size = page_size(image, dpi)
        stream = pikepdf.Stream(pdf, group_four(image))
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height = image.size
        stream.BitsPerComponent, stream.ColorSpace = 1, pikepdf.Name.DeviceGray
        stream.Filter = pikepdf.Name.CCITTFaxDecode
        stream.DecodeParms = pikepdf.Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=True)
        page = pdf.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(stream)))
        page.Contents = pdf.make_stream(f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Im0 Do Q".encode())
    pdf.docinfo["/Title"] = title
    pdf.save(path, deterministic_id=True)


def page_size(image: Image.Image, dpi: int) -> tuple[float, float]:
    """Points; a page whose pixels are A4 rounded is A4 to the last digit."""
    size = (image.width * 72 / dpi, image.height * 72 / dpi)
    return A4 if all(abs(side - exact) < 1 for side, exact in zip(size, A4)) else size


def group_four(image: Image.Image) -> bytes:
    """The CCITT G4 data of a black-and-white image: the single strip of a TIFF file."""
    buffer = io.BytesIO()
    image.save(buffer, "TIFF", compression="group4", strip_size=image.width * image.height)
    with Image.open(io.BytesIO(buffer.getvalue())) as tiff:
        offsets, lengths = tiff.tag_v2[273], tiff.tag_v2[279]
    if len(offsets) != 1:
        raise RuntimeError("the image came in more than one strip")
    return buffer.getvalue()[offsets[0] : offsets[0] + lengths[0]]


def photograph(number: int, width: int = 1400, height: int = 900) -> Image.Image:
    """Hills in a haze with a film's grain: compresses as a photograph does, to about 400 kB."""
    chance = random.Random(number)
    coarse = Image.frombytes("RGB", (16, 10), chance.randbytes(16 * 10 * 3)).resize((width, height), Image.BICUBIC)
    grain = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    return Image.blend(coarse, Image.merge("RGB", (grain, grain, grain)), 0.12)


def write_prose(count: int, path: Path, photographs: bool = False) -> None:
    """A born-digital PDF of `count` pages: each a leaf, its paragraphs twice over to fill the page, or once and a
    photograph."""
    sheet = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    sheet.setTitle(f"Essays, {count} pages")
    width, height = A4
    for leaf in leaves(count):
        sheet.setFont("Serif-Bold", 18)
        sheet.drawString(72, height - 90, leaf.heading)
        y = height - 124
        sheet.setFont("Serif", 11)
        for paragraph in leaf.paragraphs * (1 if photographs else 2):
            for line in simpleSplit(paragraph, "Serif", 11, width - 144):
                sheet.drawString(72, y, line)
                y -= 14.5
            y -= 8
        if photographs:
            sheet.drawImage(jpeg_reader(photograph(leaf.number), quality=85), 72, 90, width - 144, (width - 144) * 9 / 14)
        sheet.setFont("Serif", 9)
        sheet.drawCentredString(width / 2, 40, str(leaf.number))
        sheet.showPage()
    sheet.save()


def jpeg_reader(image: Image.Image, quality: int) -> ImageReader:
    """The image as a JPEG that reportlab embeds as it is."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    buffer.seek(0)
    return ImageReader(buffer)
