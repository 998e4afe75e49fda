"""The sample: eight pages about lighthouses with all that a document can bring.

Contents, numbered headings, two columns, a ruled table with spans, an unruled and a half-ruled table, a photograph
and a drawing with captions, nested lists, a footnote, links, a listing, a scanned page, bookmarks and page labels.
"""

import re
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    FrameBreak,
    Image,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Preformatted,
    Spacer,
    Table,
    TableStyle,
)

import sample_text as text
from drawings import FresnelLens, Lighthouse, seascape
from paper import draw_leaf, scanned
from scans import jpeg_reader

INK, BLUE, PALE, GREY = HexColor("#1d232b"), HexColor("#1f4e79"), HexColor("#e9eff6"), HexColor("#5c6670")
WIDTH, HEIGHT = A4
MARGIN = 68
GUTTER = 22
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
TOP, BOTTOM = 80, 76

BODY = ParagraphStyle(
    "body", fontName="Serif", fontSize=11, leading=15.4, alignment=TA_JUSTIFY, textColor=INK, spaceAfter=7
)
NARROW = ParagraphStyle("narrow", BODY, fontSize=10, leading=13.4, spaceAfter=6)
H1 = ParagraphStyle(
    "h1", fontName="Sans-Bold", fontSize=16, leading=20, textColor=BLUE, spaceBefore=10, spaceAfter=8, keepWithNext=1
)
H2 = ParagraphStyle(
    "h2", fontName="Sans-Bold", fontSize=12, leading=15, textColor=INK, spaceBefore=8, spaceAfter=5, keepWithNext=1
)
CAPTION = ParagraphStyle(
    "caption", fontName="Sans", fontSize=8.5, leading=11, textColor=GREY, spaceBefore=5, spaceAfter=10
)
CELL = ParagraphStyle("cell", fontName="Sans", fontSize=9, leading=11.5, textColor=INK)
HEAD = ParagraphStyle("head", CELL, fontName="Sans-Bold", alignment=TA_CENTER)
CODE = ParagraphStyle("code", fontName="Mono", fontSize=9, leading=12, textColor=INK, leftIndent=12, spaceAfter=8)


class Heading(Paragraph):
    """A heading that also enters the bookmarks."""

    def __init__(self, title: str, level: int):
        super().__init__(title, H1 if level == 0 else H2)
        self.title, self.level = title, level

    def draw(self):
        key = "s" + self.title.split()[0]
        self.canv.bookmarkPage(key, fit="XYZ", top=self.canv.absolutePosition(0, self.height)[1] + 12)
        self.canv.addOutlineEntry(self.title, key, self.level, closed=False)
        super().draw()


def furniture(canvas, document) -> None:
    """The running header, the footer with the page's label, and the footnote where the page has one."""
    number = document.page - 1
    canvas.addPageLabel(document.page - 1, "ARABIC", start=number)
    canvas.setFont("Sans", 8)
    canvas.setFillColor(GREY)
    canvas.drawString(MARGIN, HEIGHT - 48, text.TITLE)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 48, text.SERIES)
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.4)
    canvas.line(MARGIN, HEIGHT - 54, WIDTH - MARGIN, HEIGHT - 54)
    canvas.drawCentredString(WIDTH / 2, 38, str(number))
    if document.page == 2:
        canvas.line(MARGIN, 92, MARGIN + 120, 92)
        note = Paragraph(text.FOOTNOTE, ParagraphStyle("note", BODY, fontSize=8.2, leading=10.4))
        _, height = note.wrap(WIDTH - 2 * MARGIN, 60)
        note.drawOn(canvas, MARGIN, 88 - height)


def cover(canvas, document) -> None:
    """The first page: numbered i, with the drawing of a lighthouse at its side."""
    canvas.addPageLabel(0, "ROMAN_LOWER", start=1)
    canvas.setFillColor(PALE)
    canvas.rect(0, HEIGHT - 330, WIDTH, 330, stroke=0, fill=1)
    Lighthouse(150, 290).drawOn(canvas, WIDTH - 220, HEIGHT - 330)
    canvas.setFont("Sans", 8)
    canvas.setFillColor(GREY)
    canvas.drawCentredString(WIDTH / 2, 38, "i")
    canvas.bookmarkPage("contents", fit="Fit")


def scanned_page(canvas, document) -> None:
    """A whole page that is one image: text typed, printed, laid askew on the glass and scanned at 200 dpi."""
    number = document.page - 1
    canvas.addPageLabel(document.page - 1, "ARABIC", start=number)
    page = scanned(draw_leaf(text.LOG_LEAF, 200, points=13, family="Mono"), seed=6, degrees=0.7, specks=60, tone=True)
    canvas.drawImage(jpeg_reader(page, quality=30), 0, 0, WIDTH, HEIGHT)


def contents() -> list:
    rows = [
        [
            Paragraph(f'<link href="#s{title.split()[0]}">{title}</link>', ParagraphStyle("toc", BODY, spaceAfter=0)),
            page,
        ]
        for title, page in text.CONTENTS
    ]
    table = Table(rows, colWidths=[WIDTH - 2 * MARGIN - 30, 30], rowHeights=17)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (1, 0), (1, -1), "Serif", 10.5),
                ("ALIGN", (1, 0), (1, -1), "RIGHT"),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return [Paragraph("Contents", H2), table]


def bullets(items: list, kind: str = "bullet", start: str | None = "•") -> ListFlowable:
    """A list whose entries are strings, or pairs of a string and the entries below it."""
    entries = []
    for item in items:
        if isinstance(item, str):
            entries.append(ListItem(Paragraph(item, BODY)))
        else:
            entries.append(ListItem([Paragraph(item[0], BODY), bullets(item[1], start="–")]))
    return ListFlowable(
        entries,
        bulletType=kind,
        start=start if kind == "bullet" else None,
        leftIndent=20,
        bulletFontName="Serif",
        bulletFontSize=10.5,
        bulletColor=INK,
        bulletFormat="%s." if kind == "1" else None,
    )


def ruled_table() -> Table:
    """Every cell ruled; the head spans two rows on the left and three columns on the right."""
    rows = [[Paragraph(cell, HEAD) if cell else "" for cell in row] for row in text.ORDERS_HEAD]
    rows += [
        [Paragraph(cell, CELL) if column in (0, 4) else cell for column, cell in enumerate(row)] for row in text.ORDERS
    ]
    table = Table(rows, colWidths=[74, 78, 78, 64, 165])
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, INK),
                ("BACKGROUND", (0, 0), (-1, 1), PALE),
                ("SPAN", (0, 0), (0, 1)),
                ("SPAN", (1, 0), (3, 0)),
                ("SPAN", (4, 0), (4, 1)),
                ("SPAN", (4, 6), (4, 8)),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("ALIGN", (1, 2), (3, -1), "RIGHT"),
                ("FONT", (1, 2), (3, -1), "Sans", 9),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ]
        )
    )
    return table


def open_table() -> Table:
    """No rule at all: columns stand by alignment alone."""
    rows = [[Paragraph(cell, ParagraphStyle("left", HEAD, alignment=0)) for cell in text.CHARACTERS[0]]]
    rows += [[Paragraph(cell, CELL) for cell in row] for row in text.CHARACTERS[1:]]
    return Table(
        rows,
        colWidths=[84, 60, 315],
        style=[
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ],
    )


def half_ruled_table() -> Table:
    """Rules above, below and under the head only, as books have them."""
    table = Table(text.HORIZON, colWidths=[150, 110, 110], hAlign="CENTER")
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, 0), "Sans-Bold", 9),
                ("FONT", (0, 1), (-1, -1), "Sans", 9),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
                ("LINEABOVE", (0, 0), (-1, 0), 1, INK),
                ("LINEBELOW", (0, 0), (-1, 0), 0.5, INK),
                ("LINEBELOW", (0, -1), (-1, -1), 1, INK),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ]
        )
    )
    return table


def story() -> list:
    def prose(paragraphs, style=BODY):
        return [Paragraph(paragraph, style) for paragraph in paragraphs]

    title = ParagraphStyle("title", fontName="Sans-Bold", fontSize=30, leading=35, textColor=BLUE)
    subtitle = ParagraphStyle("subtitle", fontName="Sans", fontSize=13, leading=18, textColor=INK, spaceBefore=10)
    byline = ParagraphStyle("byline", fontName="Sans", fontSize=9.5, leading=13, textColor=GREY, spaceBefore=22)
    flow = [
        Paragraph(text.TITLE, title),
        Paragraph(text.SUBTITLE, subtitle),
        Paragraph(text.BYLINE, byline),
        FrameBreak(),
        Paragraph("Abstract", H2),
        Paragraph(text.ABSTRACT, BODY),
        Spacer(1, 8),
        *contents(),
        NextPageTemplate("single"),
        PageBreak(),
        Heading("1 How far a light is seen", 0),
        *prose(text.RANGE),
        Heading("1.1 The horizon", 1),
        *prose(text.HORIZON_PROSE),
        Paragraph(
            text.FORMULA,
            ParagraphStyle("formula", BODY, fontName="Serif-Italic", alignment=TA_CENTER, spaceBefore=4, spaceAfter=10),
        ),
        *prose(text.AFTER_FORMULA),
        Heading("1.2 What shortens the range", 1),
        *prose(text.WEATHER),
        bullets(text.CAUSES),
        NextPageTemplate("double-figure"),
        PageBreak(),
        Image(seascape(), width=WIDTH - 2 * MARGIN, height=205),
        Paragraph(text.FIGURE_1, CAPTION),
        FrameBreak(),
        Heading("2 From fire to lens", 0),
        *prose(text.FIRE, NARROW),
        Heading("2.1 Mirrors", 1),
        *prose(text.MIRRORS, NARROW),
        Heading("2.2 The lens of Fresnel", 1),
        *prose(text.FRESNEL, NARROW),
        NextPageTemplate("double"),
        *prose(text.FRESNEL_MORE, NARROW),
        Heading("2.3 Turning the beam", 1),
        *prose(text.TURNING[:1], NARROW),
        FresnelLens(COLUMN, 232),
        Paragraph(text.FIGURE_2, CAPTION),
        *prose(text.TURNING[1:], NARROW),
        Heading("2.4 Gas and electricity", 1),
        *prose(text.GAS, NARROW),
        Heading("2.5 Sound and radio", 1),
        *prose(text.SOUND, NARROW),
        NextPageTemplate("single"),
        PageBreak(),
        Heading("3 The orders of lenses", 0),
        *prose(text.ORDERS_PROSE),
        Paragraph(text.TABLE_1, CAPTION),
        ruled_table(),
        Spacer(1, 10),
        Heading("3.1 How lights are told apart", 1),
        *prose(text.CHARACTER_PROSE),
        Paragraph(text.TABLE_2, CAPTION),
        open_table(),
        PageBreak(),
        Heading("4 Reading a light from the bridge", 0),
        *prose(text.READING),
        bullets(text.STEPS, kind="1"),
        Spacer(1, 4),
        *prose(text.EXAMPLE),
        Paragraph(text.TABLE_3, CAPTION),
        half_ruled_table(),
        Spacer(1, 8),
        Heading("4.1 A small program", 1),
        *prose(text.PROGRAM_PROSE),
        Preformatted(text.PROGRAM, CODE),
        NextPageTemplate("scan"),
        PageBreak(),
        Spacer(1, 1),
        NextPageTemplate("single"),
        PageBreak(),
        Heading("5 The last keepers", 0),
        *prose(text.KEEPERS),
        Heading("Glossary", 1),
        *prose(text.GLOSSARY, ParagraphStyle("glossary", BODY, leftIndent=14, firstLineIndent=-14)),
        Heading("Further reading", 1),
        *prose(text.READING_LIST, ParagraphStyle("list", BODY, leftIndent=14, firstLineIndent=-14)),
    ]
    return [*flow, CondPageBreak(1)]


def write_sample(path: Path) -> None:
    wide = WIDTH - 2 * MARGIN
    tall = HEIGHT - TOP - BOTTOM

    def frame(x, y, width, height):
        return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    second = MARGIN + COLUMN + GUTTER
    short = tall - 245
    document = BaseDocTemplate(
        str(path),
        pagesize=A4,
        invariant=1,
        title=text.TITLE,
        author=text.AUTHOR,
        subject=text.SUBTITLE,
        lang="en-GB",
        initialFontName="Serif",
    )
    document.addPageTemplates(
        [
            PageTemplate(
                "cover",
                [frame(MARGIN, HEIGHT - 310, 310, 230), frame(MARGIN, BOTTOM, wide, HEIGHT - 360 - BOTTOM)],
                onPage=cover,
            ),
            PageTemplate("single", [frame(MARGIN, BOTTOM + 18, wide, tall - 18)], onPage=furniture),
            PageTemplate(
                "double-figure",
                [
                    frame(MARGIN, BOTTOM + short, wide, 245),
                    frame(MARGIN, BOTTOM, COLUMN, short),
                    frame(second, BOTTOM, COLUMN, short),
                ],
                onPage=furniture,
            ),
            PageTemplate(
                "double", [frame(MARGIN, BOTTOM, COLUMN, tall), frame(second, BOTTOM, COLUMN, tall)], onPage=furniture
            ),
            PageTemplate("scan", [frame(MARGIN, BOTTOM, wide, tall)], onPage=scanned_page),
        ]
    )
    document.build(story())


def truth() -> dict:
    """What a reader finds in the sample: enough to judge the stages by, page by page where it matters."""
    headings = [item for item in story() if isinstance(item, Heading)]
    return {
        "title": text.TITLE,
        "pages": 8,
        "labels": ["i", "1", "2", "3", "4", "5", "6", "7"],
        "headings": [{"level": heading.level + 1, "text": heading.title} for heading in headings],
        "captions": [text.FIGURE_1, text.FIGURE_2, text.TABLE_1, text.TABLE_2, text.TABLE_3],
        "footnote": {"page": 2, "text": plain(text.FOOTNOTE).removeprefix("1 ")},
        "lists": [
            {"page": 2, "ordered": False, "items": outline(text.CAUSES)},
            {"page": 6, "ordered": True, "items": outline(text.STEPS)},
        ],
        "links": ["https://www.iala.int/", "https://www.gutenberg.org/ebooks/280"],
        "tables": [
            {"page": 5, "rows": text.ORDERS_HEAD + text.ORDERS},
            {"page": 5, "rows": text.CHARACTERS},
            {"page": 6, "rows": text.HORIZON},
        ],
        "figures": [3, 4],
        "scannedPage": {"page": 7, "text": text.LOG_LEAF.text},
        "paragraphs": {
            "2": [plain(p) for p in text.RANGE + text.HORIZON_PROSE + text.AFTER_FORMULA + text.WEATHER],
            "3": [plain(p) for p in text.FIRE + text.MIRRORS + text.FRESNEL + text.FRESNEL_MORE],
            "8": [plain(p) for p in text.KEEPERS],
        },
    }


def plain(markup: str) -> str:
    """The words without their tags."""
    return re.sub(r"<[^>]*>", "", markup).replace("&amp;", "&")


def outline(items: list) -> list:
    """List entries as text, those with entries below them as an object."""
    return [item if isinstance(item, str) else {"text": item[0], "items": outline(item[1])} for item in items]
