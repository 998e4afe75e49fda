"""An invoice, a receipt and a form, with the fields that are to be found in them."""

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen import canvas
from reportlab.platypus import Table, TableStyle

from fonts import image_font

WIDTH, HEIGHT = A4


@dataclass(frozen=True)
class Item:
    quantity: int
    name: str
    price: Decimal

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.price


INVOICE_ITEMS = [
    Item(12, "Ream of laid paper, cream, 120 g/m²", Decimal("18.50")),
    Item(4, "Bookbinder's linen, roll of 5 m", Decimal("42.00")),
    Item(2, "Bone folder", Decimal("7.25")),
    Item(1, "Delivery", Decimal("9.00")),
]
VAT = Decimal("0.19")


def write_invoice(path: Path) -> dict:
    """One page in Helvetica, which is not embedded: the viewer's own font must stand in."""
    net = sum((item.amount for item in INVOICE_ITEMS), Decimal(0))
    tax = (net * VAT).quantize(Decimal("0.01"), ROUND_HALF_UP)
    total = net + tax
    c = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    c.setTitle("Invoice 2026-0117")
    c.setFont("Helvetica-Bold", 20)
    c.drawString(20 * mm, HEIGHT - 30 * mm, "INVOICE")
    c.setFont("Helvetica-Bold", 11)
    c.drawRightString(WIDTH - 20 * mm, HEIGHT - 27 * mm, "Quire & Folio Papierhandel GmbH")
    c.setFont("Helvetica", 9)
    for index, line in enumerate(
        ["Am Sandtorkai 14, 20457 Hamburg", "rechnung@quire-folio.example", "+49 40 66969 117"]
    ):
        c.drawRightString(WIDTH - 20 * mm, HEIGHT - (32 + 4.5 * index) * mm, line)
    c.drawString(20 * mm, HEIGHT - 52 * mm, "Bill to")
    c.setFont("Helvetica", 10)
    for index, line in enumerate(["Buchbinderei Hafenstraße", "Ada Thornfeld", "Hafenstraße 3", "25813 Husum"]):
        c.drawString(20 * mm, HEIGHT - (58 + 5 * index) * mm, line)
    facts = [
        ("Invoice number:", "2026-0117"),
        ("Invoice date:", "12 March 2026"),
        ("Due date:", "11 April 2026"),
        ("Purchase order:", "PO-88213"),
    ]
    for index, (label, value) in enumerate(facts):
        y = HEIGHT - (58 + 5 * index) * mm
        c.drawString(120 * mm, y, label)
        c.drawRightString(WIDTH - 20 * mm, y, value)
    rows = [["Qty", "Description", "Unit price", "Amount"]]
    rows += [[str(item.quantity), item.name, f"{item.price:,.2f}", f"{item.amount:,.2f}"] for item in INVOICE_ITEMS]
    table = Table(rows, colWidths=[16 * mm, 96 * mm, 29 * mm, 29 * mm])
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9.5),
                ("FONT", (0, 1), (-1, -1), "Helvetica", 9.5),
                ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e9eff6")),
                ("ALIGN", (2, 0), (-1, -1), "RIGHT"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#8a949e")),
            ]
        )
    )
    _, height = table.wrapOn(c, WIDTH, HEIGHT)
    table.drawOn(c, 20 * mm, HEIGHT - 92 * mm - height)
    y = HEIGHT - 92 * mm - height - 9 * mm
    for index, (label, value) in enumerate([("Subtotal", net), ("VAT 19 %", tax), ("Total due (EUR)", total)]):
        c.setFont("Helvetica-Bold" if index == 2 else "Helvetica", 10.5)
        c.drawRightString(161 * mm, y - index * 6 * mm, label)
        c.drawRightString(WIDTH - 22 * mm, y - index * 6 * mm, f"{value:,.2f}")
    c.setFont("Helvetica", 9)
    c.drawString(20 * mm, 42 * mm, "Please pay within 30 days to IBAN DE89 3704 0044 0532 0130 00, BIC COBADEFFXXX.")
    c.drawString(20 * mm, 37 * mm, "VAT ID: DE136695976")
    c.showPage()
    c.save()
    return {
        "type": "invoice",
        "fields": {
            "invoice_number": "2026-0117",
            "issue_date": "2026-03-12",
            "due_date": "2026-04-11",
            "purchase_order": "PO-88213",
            "seller_name": "Quire & Folio Papierhandel GmbH",
            "buyer_name": "Buchbinderei Hafenstraße",
            "total_net": f"{net:.2f}",
            "total_tax": f"{tax:.2f}",
            "total_gross": f"{total:.2f}",
            "amount_due": f"{total:.2f}",
            "seller_tax_id": "DE136695976",
            "currency": "EUR",
            "iban": "DE89370400440532013000",
        },
    }


RECEIPT_ITEMS = [
    Item(1, "Tea, pot", Decimal("3.20")),
    Item(2, "Scone with butter", Decimal("2.75")),
    Item(1, "Crab sandwich", Decimal("8.40")),
    Item(1, "Lemonade", Decimal("2.60")),
]


def write_receipt(path: Path) -> tuple[dict, str]:
    """A till receipt as a phone would take it: grey, narrow, askew, a little soft."""
    total = sum((item.amount for item in RECEIPT_ITEMS), Decimal(0))
    wide = 34

    def pair(left: str, right: str) -> str:
        return left + right.rjust(wide - len(left))

    lines = [
        "THE LAMP ROOM CAFE".center(wide).rstrip(),
        "2 Lighthouse Road, Cromer".center(wide).rstrip(),
        "Tel 01632 960 204".center(wide).rstrip(),
        "",
        pair("Date 21/06/2026", "Time 15:42"),
        pair("Receipt no.", "004518"),
        "-" * wide,
    ]
    lines += [pair(f"{item.quantity} x {item.name}", f"{item.amount:.2f}") for item in RECEIPT_ITEMS]
    lines += [
        "-" * wide,
        pair("TOTAL GBP", f"{total:.2f}"),
        pair("CASH", "20.00"),
        pair("CHANGE", f"{20 - total:.2f}"),
        "",
        "Thank you, and mind the steps!".center(wide).rstrip(),
    ]
    font = image_font("Mono", 30)
    page = Image.new("L", (760, 60 + 44 * len(lines) + 60), 250)
    draw = ImageDraw.Draw(page)
    for index, line in enumerate(lines):
        draw.text((70, 60 + 44 * index), line, fill=45, font=font)
    page = page.rotate(-0.8, resample=Image.Resampling.BICUBIC, fillcolor=250).filter(ImageFilter.GaussianBlur(0.7))
    chance = random.Random(21)
    draw = ImageDraw.Draw(page)
    for _ in range(60):
        draw.point((chance.randrange(page.width), chance.randrange(page.height)), fill=chance.randrange(120, 200))
    page.quantize(24).save(path, "PNG", optimize=True, dpi=(254, 254))
    fields = {
        "type": "receipt",
        "fields": {
            "company": "THE LAMP ROOM CAFE",
            "date": "2026-06-21",
            "address": "2 Lighthouse Road, Cromer",
            "total": f"{total:.2f}",
            "currency": "GBP",
        },
    }
    return fields, "\n".join(" ".join(line.split()) for line in lines if line.strip(" -")) + "\n"


FORM_FIELDS = [
    ("Name of the vessel", "vessel", "Curlew"),
    ("Port of registry", "port", "Whitby"),
    ("Master", "master", "Ishbel Mackay"),
    ("Arrival", "arrival", "2026-05-04"),
    ("Length over all (m)", "length", "23.4"),
]


def write_form(path: Path) -> dict:
    """An AcroForm: text fields that are filled in, a ticked and an empty box, a choice."""
    c = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    c.setTitle("Notice of Arrival")
    c.setFont("Helvetica-Bold", 18)
    c.drawString(25 * mm, HEIGHT - 32 * mm, "Notice of Arrival")
    c.setFont("Helvetica", 10)
    c.drawString(25 * mm, HEIGHT - 40 * mm, "To be handed to the harbour master within two hours of mooring.")
    form = c.acroForm
    for index, (label, name, value) in enumerate(FORM_FIELDS):
        y = HEIGHT - (58 + 13 * index) * mm
        c.drawString(25 * mm, y, label)
        form.textfield(
            name=name,
            tooltip=label,
            value=value,
            x=75 * mm,
            y=y - 2 * mm,
            width=95 * mm,
            height=7 * mm,
            fontName="Helvetica",
            fontSize=10,
            borderWidth=0.5,
        )
    y = HEIGHT - (58 + 13 * len(FORM_FIELDS)) * mm
    for index, (label, name, ticked) in enumerate(
        [("Cargo on board", "cargo", True), ("Passengers on board", "passengers", False)]
    ):
        form.checkbox(
            name=name,
            tooltip=label,
            checked=ticked,
            x=(25 + 60 * index) * mm,
            y=y - 1 * mm,
            size=12,
            buttonStyle="cross",
            borderWidth=0.5,
        )
        c.drawString((31 + 60 * index) * mm, y, label)
    y -= 13 * mm
    c.drawString(25 * mm, y, "Berth")
    form.choice(
        name="berth",
        tooltip="Berth",
        value="Fish quay",
        options=["Fish quay", "North pier", "Roads"],
        x=75 * mm,
        y=y - 2 * mm,
        width=60 * mm,
        height=7 * mm,
        fontName="Helvetica",
        fontSize=10,
        borderWidth=0.5,
    )
    c.showPage()
    c.save()
    return {
        "type": "form",
        "pairs": [[label, value] for label, _, value in FORM_FIELDS]
        + [["Cargo on board", "yes"], ["Passengers on board", "no"], ["Berth", "Fish quay"]],
    }
