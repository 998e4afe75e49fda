"""Single-page images, each in a format or a pose of its own."""

import struct
import zlib
from pathlib import Path

from PIL import Image

from paper import Leaf, bilevel, draw_leaf, scanned

CARD = Leaf(
    "Notice to Mariners",
    [
        "The light on the outer breakwater will be put out for repairs from the first to the ninth of May. A temporary "
        "lantern shows two white flashes every ten seconds from a pole beside the tower.",
        "Vessels entering by night are asked to keep well to the west of the fairway buoy and to listen on channel 12.",
    ],
    1,
)
SECOND = Leaf(
    "Tide Table",
    [
        "High water at the bridge comes forty minutes after high water at the harbour mouth. At springs the stream "
        "runs at three knots through the middle arch, and no boat should try it before the turn of the tide.",
    ],
    2,
)


def card(leaf: Leaf, dpi: int = 150) -> Image.Image:
    """The upper half of a scanned page, in grey."""
    page = scanned(draw_leaf(leaf, dpi, points=14), seed=leaf.number, degrees=0.4, specks=12)
    return page.crop((0, 0, page.width, page.height // 2))


def write_two_frames(path: Path) -> list[str]:
    first, second = (bilevel(card(leaf, 200)) for leaf in (CARD, SECOND))
    first.save(path, "TIFF", compression="group4", dpi=(200, 200), save_all=True, append_images=[second])
    return [upper_text(CARD), upper_text(SECOND)]


def write_turned_jpeg(path: Path) -> str:
    """The pixels lie on their side; the EXIF orientation 6 says that they are to be turned by 90 degrees clockwise."""
    exif = Image.Exif()
    exif[0x0112] = 6
    card(CARD).transpose(Image.Transpose.ROTATE_90).save(path, "JPEG", quality=55, dpi=(150, 150), exif=exif)
    return upper_text(CARD)


def write_webp(path: Path) -> str:
    card(SECOND).save(path, "WEBP", lossless=False, quality=40, method=6)
    return upper_text(SECOND)


def write_bmp(path: Path) -> str:
    bilevel(card(CARD)).save(path, "BMP", dpi=(150, 150))
    return upper_text(CARD)


def write_bomb(path: Path) -> None:
    """A PNG whose head claims 60,000 × 60,000 pixels, 10.8 GB once decoded; its data are a little over nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(180_001), 9))
        + chunk(b"IEND", b"")
    )


def upper_text(leaf: Leaf) -> str:
    """The truth of a card: its page number stood on the half that was cut off."""
    return "\n\n".join([leaf.heading, *leaf.paragraphs]) + "\n"
