"""Other programs for the same work, from PyPI, in a virtual environment of their own; each as a process from start to end."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".build/bench/peers"


@dataclass
class Peer:
    name: str
    package: str
    loads: tuple[str, ...]
    # What runs it: `{file}` is the document, `{out}` a folder that exists.
    words: tuple[str, ...]
    programs: tuple[str, ...] = ()  # of the system, without which it does nothing
    versions: str = ""  # which of its versions will do


PYTHON = str(FOLDER / "bin/python")
PEERS = [
    Peer(
        "pymupdf4llm",
        "pymupdf4llm",
        ("born-digital",),
        (PYTHON, "-c", "import sys, pymupdf4llm; pymupdf4llm.to_markdown(sys.argv[1])", "{file}"),
        versions="<2",  # 2.0 is a package without a module
    ),
    Peer(
        "kreuzberg",
        "kreuzberg",
        ("born-digital",),
        (PYTHON, "-c", "import sys, kreuzberg; kreuzberg.extract_file_sync(sys.argv[1])", "{file}"),
    ),
    Peer(
        "opendataloader-pdf",
        "opendataloader-pdf",
        ("born-digital",),
        (
            PYTHON,
            "-c",
            "import sys, opendataloader_pdf as o; o.convert(input_path=[sys.argv[1]], output_dir=sys.argv[2], format='markdown')",
            "{file}",
            "{out}",
        ),
        ("java",),
    ),
    Peer(
        "ocrmypdf",
        "ocrmypdf",
        ("scan",),
        (
            str(FOLDER / "bin/ocrmypdf"),
            *("-q", "--output-type", "pdf", "--sidecar", "{out}/text.txt", "{file}", "{out}/scan.pdf"),
        ),
    ),
]


def installed(peer: Peer) -> str | None:
    """Installs a peer unless it is there; says why it cannot be measured, or nothing."""
    for program in peer.programs:
        if subprocess.run(["which", program], capture_output=True).returncode:
            return f"needs {program}"
    if not Path(PYTHON).exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "-q"]
    if subprocess.run([*pip, "show", peer.package], capture_output=True).returncode == 0:
        return None
    done = subprocess.run([*pip, "install", peer.package + peer.versions], capture_output=True, text=True)
    return None if done.returncode == 0 else (done.stderr.strip().splitlines() or ["not to be installed"])[-1][:120]


def version(peer: Peer) -> str:
    told = subprocess.run([PYTHON, "-m", "pip", "show", peer.package], capture_output=True, text=True).stdout
    return next((line.split(": ", 1)[1] for line in told.splitlines() if line.startswith("Version: ")), "?")


def measured(load: str, file: Path, pages: int, bench, rounds: int) -> list[dict]:
    """One row for each peer of a load; sheaf takes its turn before each of a peer's."""
    rows = []
    for peer in PEERS:
        if load not in peer.loads:
            continue
        row = {"name": peer.name, "load": load, "pages": pages}
        rows.append(row)
        if missing := installed(peer):
            row["missing"] = missing
            continue
        out = bench.scratch / f"peer-{peer.name}"
        out.mkdir(exist_ok=True)
        words = [word.format(file=file, out=out) if "{" in word else word for word in peer.words]
        try:
            ours, theirs = bench.beside(lambda: bench.run_sheaf([file]), lambda w=words: bench.run_peer(w), rounds)
        except SystemExit as failure:
            row["missing"] = str(failure).splitlines()[-1][:120]
            continue
        row |= {
            "version": version(peer),
            "wall": round(theirs.wall, 3),
            "cpu": round(theirs.cpu, 3),
            "seconds_per_page": round(theirs.wall / pages, 4),
            "sheaf_wall": round(ours.wall, 3),
            "sheaf_cpu": round(ours.cpu, 3),
            "wall_ratio": round(theirs.wall / ours.wall, 2),
            "cpu_ratio": round(theirs.cpu / ours.cpu, 2),
        }
    return rows


def show(rows: list[dict]) -> None:
    print(f"\n{'peer':20}{'load':14}{'wall s':>9}{'s a page':>10}{'cpu s':>9}{'sheaf wall':>12}{'cpu':>8}{'wall ×':>9}{'cpu ×':>8}")
    for row in rows:
        if "missing" in row:
            print(f"{row['name']:20}{row['load']:14}  not measured: {row['missing']}")
            continue
        print(
            f"{row['name']:20}{row['load']:14}{row['wall']:9}{row['seconds_per_page']:10}{row['cpu']:9}"
            f"{row['sheaf_wall']:12}{row['sheaf_cpu']:8}{row['wall_ratio']:9}{row['cpu_ratio']:8}"
        )
