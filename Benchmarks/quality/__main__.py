"""Reads the documents of a corpus, scores what came, and tells what became better or worse."""

import argparse
import importlib.util
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from corpus import documents, lay_out, run_each, run_together
from goals import MEASURES
from losses import Losses
from words import check

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "Benchmarks/results/quality.json"
SLACK = 0.5  # points that a category may fall without being called worse
WORST = 10
SLOW = 60  # seconds after which a document counts as one that hangs


def load(path: Path):
    """The scorer as a module, so that single documents can be looked at in its terms."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(means: dict, before: dict) -> tuple[list[str], list[str]]:
    lines = [f"{'measure':<28} {'peer':>7} {'goal':>7} {'last':>7} {'now':>7}"]
    worse = []
    for measure in MEASURES:
        value = means.get(measure.category, {}).get(measure.column)
        if value is None:
            continue
        last = before.get(measure.name)
        mark = "" if measure.met(value) else "  below the goal"
        if last is not None and measure.worse(value, last) > SLACK:
            mark += "  WORSE"
            worse.append(f"{measure.name}: {last:.4f} → {value:.4f}")
        shown = [f"{number:7.3f}" if number is not None else "      –" for number in (measure.peer, measure.goal, last, value)]
        lines.append(f"{measure.name:<28} {' '.join(shown)}{mark}")
    return lines, worse


def worst(results: list, rows: dict, jobs: dict, losses: Losses, root: Path) -> list[str]:
    gaps = []
    for category, name, _, scores in results:
        told = [measure for measure in MEASURES if measure.category == category and scores.get(measure.column) is not None]
        if not told or category.startswith("e"):
            continue
        measure = max(told, key=lambda each: each.gap(scores[each.column]))
        gaps.append((measure.gap(scores[measure.column]), name, measure.column, scores))
    lines = []
    for _, name, column, scores in sorted(gaps, key=lambda gap: (-gap[0], gap[1]))[:WORST]:
        stage = losses.stage({**rows[name], "docid": name}, jobs.get(name), scores, root)
        lines.append(f"  {name[:44]:<44} {column} {scores[column]:.3f}  {stage}")
    return lines


def claims(out: Path, root: Path, rows: dict, scorer):
    """The fields given that the truth names: category, confidence, whether it is right."""
    for name, row in sorted(rows.items()):
        told = out / f"{name}.fields.json"
        if not row["truth_kind"].startswith("kv") or not told.exists():
            continue
        truth = json.loads((root / row["truth"]).read_text(encoding="utf8")).get("kv")
        if not truth:
            continue
        truth = scorer.canon(truth)
        for field, value in json.loads(told.read_text())["fields"].items():
            if field not in truth:
                continue
            right = any(scorer.same(truth[field], value[key]) for key in ("value", "text"))
            yield row["category"], value["confidence"], right


def reliability(out: Path, root: Path, rows: dict, scorer) -> tuple[list[str], dict]:
    """What became of fields by the confidence they were given: a claim of 0.8 should hold eight times in ten; and
    for each category the share that is right of those that the truth names."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    named: dict[str, list[bool]] = {}
    for category, confidence, right in claims(out, root, rows, scorer):
        bins.setdefault(min(9, math.floor(confidence * 10)), []).append((confidence, right))
        named.setdefault(category, []).append(right)
    lines = []
    for low in sorted(bins):
        here = bins[low]
        claimed, held = sum(claim for claim, _ in here) / len(here), sum(right for _, right in here) / len(here)
        lines.append(f"  {low / 10:.1f}–{low / 10 + 0.1:.1f}  {len(here):4d} fields, claimed {claimed:.2f}, right {held:.2f}")
    shares = {category: round(sum(held) / len(held), 4) for category, held in sorted(named.items())}
    lines += [f"  {category}: of {len(named[category])} given that the truth names {share:.3f} are right" for category, share in shares.items()]
    return lines, shares


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench quality", description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="the folder of the programs")
    parser.add_argument("--corpus", type=Path, default=os.environ.get("SHEAF_CORPUS"), help="default: $SHEAF_CORPUS")
    parser.add_argument("--scorer", type=Path, default=os.environ.get("SHEAF_SCORER"), help="default: tools/score.py beside the corpus")
    parser.add_argument("--only", default="", help="the categories: a regular expression, e.g. '[ab]'")
    parser.add_argument("--scratch", type=Path, help="keep exports and checkpoints in this folder")
    parser.add_argument("--keep", action="store_true", help=f"write the figures to {KEPT.relative_to(ROOT)}")
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name a corpus: --corpus FOLDER or SHEAF_CORPUS")
    program = (arguments.bin / "sheaf").resolve()
    root = arguments.corpus.resolve()
    scorer = load(arguments.scorer or root.parent / "tools/score.py")
    scratch = arguments.scratch or Path(tempfile.mkdtemp(prefix="sheaf-quality-"))
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)

    found = documents(root, arguments.only)
    calm = [document for document in found if not document.category.startswith("e")]
    began = time.monotonic()
    jobs = run_together(program, calm, scratch) if calm else {}
    together = time.monotonic() - began
    endings = run_each(program, [document for document in found if document.category.startswith("e")], scratch)
    lay_out(found, scratch / "out")

    categories = {document.category for document in found}
    means, results = scorer.run(scratch / "out", root / "MANIFEST.tsv", "dev", categories, scratch / "scores.tsv", quiet=True)
    before = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    lines, worse = table(means, before.get("measures", {}))
    print(*lines, sep="\n")
    print(f"\n{len(calm)} documents in one batch: {together:.0f} s")

    figures: dict = {}
    if endings:
        times = sorted(ending.seconds for ending in endings)
        figures = {
            "documents": len(endings),
            "by_signal": sum(ending.code < 0 for ending in endings),
            "slow": sum(ending.seconds > SLOW for ending in endings),
            "p95_seconds": round(times[min(len(times) - 1, int(0.95 * len(times)))], 2),
            "peak_megabytes": round(max(ending.peak for ending in endings) / 1e6),
        }
        print(f"damaged, encrypted and hostile, each by itself: {json.dumps(figures)}")
        for ending in sorted(endings, key=lambda each: -each.seconds)[:3] + sorted(endings, key=lambda each: -each.peak)[:3]:
            print(f"  {ending.name[:44]:<44} {ending.seconds:6.1f} s {ending.peak / 1e6:6.0f} MB  exit {ending.code}")

    rows = {Path(row["path"]).stem: row for row in scorer.load_manifest(root / "MANIFEST.tsv")}
    lines, named = reliability(scratch / "out", root, rows, scorer)
    print("\nconfidence of fields:", *lines, sep="\n")
    losses = Losses(scorer, program, scratch)
    counts = [check(losses.checkpoint, jobs[document.name]) for document in calm if document.name in jobs]
    read, lost, twice = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0)
    print(f"\nwords read: {read}; told nowhere: {lost}; told more than once: {twice}")
    if lost or twice:
        worse.append(f"{lost} words are told nowhere, {twice} more than once")
    print("\nthe worst, and where the truth was lost:")
    print(*worst(results, rows, jobs, losses, root), sep="\n")
    if arguments.keep:
        told = {measure.name: round(means[measure.category][measure.column], 4) for measure in MEASURES if means.get(measure.category, {}).get(measure.column) is not None}
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        machine = {"cores": os.cpu_count(), "system": platform.platform()}
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "date": str(date.today()), "version": version, "machine": machine, "seconds": round(together, 1),
            "measures": {**before.get("measures", {}), **told}, "named_fields_right": {**before.get("named_fields_right", {}), **named},
            "hostile": figures or before.get("hostile", {}),
        }
        KEPT.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    if arguments.scratch is None:
        shutil.rmtree(scratch)
    if worse:
        print("\nworse than the last result kept:", *worse, sep="\n  ", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
