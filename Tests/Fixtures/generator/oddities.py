"""Small documents that are hard in one way each: protected, cut off, empty, turned, or no document at all."""

from pathlib import Path

import pikepdf
from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen import canvas

PASSWORD = "sesame"

HELLO = [
    "Hello, Reader",
    "This is the smallest document that has a heading, a paragraph and a page. It is here so that a test which needs "
    "a document, and does not care which, need not wait for a large one.",
]
SECRET = [
    "The Combination",
    "The key to the lamp room hangs behind the barometer. Whoever reads this has given the right word at the door.",
]
TURNED = [
    "The Chart Table",
    "This page lies on its side in the file and is turned upright by its rotation of {} degrees.",
]


def page(c: canvas.Canvas, heading: str, paragraph: str, width: float, height: float) -> None:
    c.setFont("Serif-Bold", 18)
    c.drawString(48, height - 72, heading)
    c.setFont("Serif", 12)
    for index, line in enumerate(simpleSplit(paragraph, "Serif", 12, width - 96)):
        c.drawString(48, height - 100 - 16 * index, line)


def write_plain(path: Path, content: list[str]) -> str:
    c = canvas.Canvas(str(path), pagesize=A5, invariant=1)
    c.setTitle(content[0])
    page(c, *content, *A5)
    c.showPage()
    c.save()
    return "\n\n".join(content) + "\n"


def write_encrypted(path: Path) -> str:
    """Opens with the user password only. The file key is random, so it is written once and then kept."""
    plain = path.with_suffix(".plain")
    truth = write_plain(plain, SECRET)
    with pikepdf.open(plain) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="open " + PASSWORD, user=PASSWORD, R=6))
    plain.unlink()
    return truth


def write_rotated(path: Path) -> list[str]:
    """Three pages with /Rotate 90, 180 and 270, drawn so that a viewer shows all of them upright."""
    c = canvas.Canvas(str(path), pagesize=A5, invariant=1)
    c.setTitle(TURNED[0])
    width, height = A5
    truth = []
    for degrees in (90, 180, 270):
        # reportlab swaps the sides of the page where it stands on its side.
        c.setPageRotation(degrees)
        # The content is turned the other way about, so that the two cancel.
        c.rotate(degrees)
        if degrees == 90:
            c.translate(0, -height)
        elif degrees == 180:
            c.translate(-width, -height)
        else:
            c.translate(-width, 0)
        paragraph = TURNED[1].format(degrees)
        page(c, TURNED[0], paragraph, width, height)
        c.showPage()
        truth.append(f"{TURNED[0]}\n\n{paragraph}\n")
    c.save()
    return truth


def write_damaged(path: Path, whole: Path) -> None:
    """The first three fifths of another fixture: no cross-reference table, no trailer, a stream that breaks off."""
    data = whole.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 5])
