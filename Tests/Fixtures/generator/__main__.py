"""Writes every fixture below Tests/Fixtures and the sample in Samples; see Tests/Fixtures/README.md.

script/fixtures                         all that is kept in the repository
script/fixtures --check                 says what the repository holds otherwise than it would be made; exit 1
script/fixtures --scan PAGES FILE       an image-only PDF (--dpi, 200 if not said); --forty FILE is --scan 40 FILE
script/fixtures --prose PAGES FILE      a born-digital PDF
"""

import argparse
import filecmp
import json
import shutil
import sys
import tempfile
from pathlib import Path

import fonts

ROOT = Path(__file__).resolve().parents[3]

# Its encryption key is random by nature: compared by nobody, made only where it is missing.
UNREPEATABLE = {Path("Tests/Fixtures/encrypted/source.pdf")}


def write_all(root: Path) -> None:
    import business
    import images
    import oddities
    import sample
    import scans

    def case(name: str, file: str) -> Path:
        folder = root / "Tests/Fixtures" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / file

    def truth(name: str, pages: list[str] | str | None = None, fields: dict | None = None) -> None:
        folder = root / "Tests/Fixtures" / name / "truth"
        folder.mkdir(exist_ok=True)
        for number, text in enumerate([pages] if isinstance(pages, str) else pages or [], 1):
            (folder / f"{number:04}.txt").write_text(text)
        if fields:
            (folder / "fields.json").write_text(json.dumps(fields, indent=2, ensure_ascii=False) + "\n")

    shipped = root / "Samples/sample.pdf"
    shipped.parent.mkdir(parents=True, exist_ok=True)
    sample.write_sample(shipped)
    shutil.copyfile(shipped, case("sample", "source.pdf"))
    facts = root / "Tests/Fixtures/sample/truth/document.json"
    facts.parent.mkdir(exist_ok=True)
    facts.write_text(json.dumps(sample.truth(), indent=2, ensure_ascii=False) + "\n")

    truth("hello", oddities.write_plain(case("hello", "source.pdf"), oddities.HELLO))
    truth("scan8", [leaf.text for leaf in scans.write_scan(8, case("scan8", "source.pdf"))])
    truth("cards8", scans.write_cards(case("cards8", "source.pdf")))
    truth("invoice", fields=business.write_invoice(case("invoice", "source.pdf")))
    fields, text = business.write_receipt(case("receipt", "source.png"))
    truth("receipt", text, fields)
    truth("form", fields=business.write_form(case("form", "source.pdf")))

    truth("two-frames", images.write_two_frames(case("two-frames", "source.tiff")))
    truth("turned-jpeg", images.write_turned_jpeg(case("turned-jpeg", "source.jpeg")))
    truth("webp", images.write_webp(case("webp", "source.webp")))
    truth("bmp", images.write_bmp(case("bmp", "source.bmp")))
    images.write_bomb(case("bomb", "source.png"))

    encrypted = case("encrypted", "source.pdf")
    if encrypted.exists():
        truth("encrypted", "\n\n".join(oddities.SECRET) + "\n")
    else:
        truth("encrypted", oddities.write_encrypted(encrypted))
    truth("rotated", oddities.write_rotated(case("rotated", "source.pdf")))
    oddities.write_damaged(case("damaged", "source.pdf"), root / "Tests/Fixtures/scan8/source.pdf")
    case("empty", "source.pdf").write_bytes(b"")
    case("not-a-document", "source.txt").write_text("This is a text file. Its name may say .pdf; its bytes do not.\n")


def check() -> int:
    """How many files differ from what would be made now."""
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        write_all(Path(folder))
        for made in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            name = made.relative_to(folder)
            kept = ROOT / name
            if not kept.exists():
                print(f"missing: {name}")
            elif name in UNREPEATABLE or filecmp.cmp(made, kept, shallow=False):
                continue
            else:
                print(f"differs: {name}")
            differing += 1
    return differing


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="script/fixtures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--scan", nargs=2, metavar=("PAGES", "FILE"))
    parser.add_argument("--forty", metavar="FILE")
    parser.add_argument("--prose", nargs=2, metavar=("PAGES", "FILE"))
    parser.add_argument("--photographs", action="store_true", help="with --prose: one on each page")
    parser.add_argument("--dpi", type=int, default=200)
    given = parser.parse_args()
    fonts.register()

    import scans

    if given.check:
        return 1 if check() else 0
    if given.forty:
        given.scan = ("40", given.forty)
    if given.scan:
        scans.write_scan(int(given.scan[0]), Path(given.scan[1]), given.dpi)
    if given.prose:
        scans.write_prose(int(given.prose[0]), Path(given.prose[1]), given.photographs)
    if not given.scan and not given.prose:
        write_all(ROOT)
    return 0


sys.exit(main())
