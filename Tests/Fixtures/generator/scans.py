"""Image-only PDFs: eight pages for the repository, any number of pages for tests and measurements."""

import io
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen import canvas
import pikepdf

from essays import ESSAYS
from paper import Leaf, bilevel, draw_leaf, scanned


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
    pdf = pikepdf.new()
    for leaf in pages:
        image = scan_image(leaf, dpi)
        stream = pikepdf.Stream(pdf, group_four(image))
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height = image.size
        stream.BitsPerComponent, stream.ColorSpace = 1, pikepdf.Name.DeviceGray
        stream.Filter = pikepdf.Name.CCITTFaxDecode
        stream.DecodeParms = pikepdf.Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=True)
        page = pdf.add_blank_page(page_size=A4)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(stream)))
        page.Contents = pdf.make_stream(f"q {A4[0]:.2f} 0 0 {A4[1]:.2f} 0 0 cm /Im0 Do Q".encode())
    pdf.docinfo["/Title"] = "Essays on Paper, Stone and Light" if count == 8 else f"Essays, {count} leaves"
    pdf.save(path, deterministic_id=True)
    return pages


def group_four(image: Image.Image) -> bytes:
    """The CCITT G4 data of a black-and-white image: the single strip of a TIFF file."""
    buffer = io.BytesIO()
    image.save(buffer, "TIFF", compression="group4", strip_size=image.width * image.height)
    with Image.open(io.BytesIO(buffer.getvalue())) as tiff:
        offsets, lengths = tiff.tag_v2[273], tiff.tag_v2[279]
    if len(offsets) != 1:
        raise RuntimeError("the image came in more than one strip")
    return buffer.getvalue()[offsets[0] : offsets[0] + lengths[0]]


def write_prose(count: int, path: Path) -> None:
    """A born-digital PDF of `count` pages: each a leaf, its paragraphs twice over to fill the page."""
    sheet = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    sheet.setTitle(f"Essays, {count} pages")
    width, height = A4
    for leaf in leaves(count):
        sheet.setFont("Serif-Bold", 18)
        sheet.drawString(72, height - 90, leaf.heading)
        y = height - 124
        sheet.setFont("Serif", 11)
        for paragraph in leaf.paragraphs * 2:
            for line in simpleSplit(paragraph, "Serif", 11, width - 144):
                sheet.drawString(72, y, line)
                y -= 14.5
            y -= 8
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
