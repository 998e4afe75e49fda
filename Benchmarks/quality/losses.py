"""Where the truth of a document was lost: the first stage whose checkpoint lacks it."""

import json
import subprocess
from pathlib import Path


class Losses:
    """Reads a finished job's checkpoints and compares them with the truth, in the scorer's own terms."""

    def __init__(self, scorer, program: Path, scratch: Path):
        self.scorer, self.program, self.scratch = scorer, program, scratch

    def stage(self, row: dict, job: str | None, scores: dict, root: Path) -> str:
        if job is None:
            return "ingest: no job"
        out = self.scratch / "out" / f"{row['docid']}.md"
        written = self.scorer.plain(out.read_text(encoding="utf8", errors="replace")) if out.exists() else ""
        truth = (root / row["truth"]).read_text(encoding="utf8")
        kind = row["truth_kind"]
        if kind.startswith("tables_html"):
            return self.table(truth, job, scores)
        if kind.startswith("unit_tests"):
            return self.assertions(truth, out.read_text(encoding="utf8") if out.exists() else "", job)
        if kind.startswith("kv"):
            return self.fields(truth, written, job, scores)
        return self.text(truth, written, job, scores)

    def checkpoint(self, job: str, stage: str, *page: str):
        command = [self.program, "show", job, stage, *page, "--raw", "--data", self.scratch / "data"]
        told = subprocess.run(list(map(str, command)), capture_output=True, check=False)
        return json.loads(told.stdout)["payload"] if told.returncode == 0 else None

    def read(self, job: str) -> str:
        """All words that the ocr stage has, in its order."""
        words, page = [], 1
        while payload := self.checkpoint(job, "ocr", str(page)):
            words += [word["text"] for word in payload["words"]]
            page += 1
        return " ".join(words)

    def missing(self, truth: str, job: str) -> float:
        """The share of the truth's words that the ocr stage does not have."""
        return 1 - self.scorer.prf(self.scorer.toks(truth), self.scorer.toks(self.scorer.plain(self.read(job))))[1]

    def text(self, truth: str, written: str, job: str, scores: dict) -> str:
        plain = self.scorer.plain(truth)
        lost = 1 - self.scorer.prf(self.scorer.toks(plain), self.scorer.toks(written))[1]
        unread = self.missing(plain, job)
        if unread > 0.02:
            return f"ocr: {unread:.1%} of the words are not in it"
        if lost > unread + 0.01:
            return f"regions, assembly: {lost - unread:.1%} of the words were read and are not in the text"
        if (scores.get("read_order") or 1) < 0.98:
            return f"reading-order: {scores['read_order']:.3f} of the sentences are found in order"
        if (scores.get("head_f1") or 1) < 0.9:
            return f"regions, sections: headings, precision {scores['head_p']:.2f}, recall {scores['head_r']:.2f}"
        if (scores.get("w_p") or 1) < 0.97:
            return f"regions: {1 - scores['w_p']:.1%} of the words written are not in the truth"
        return "ocr: letters within words" if "cer" in scores else "reading-order, export: joints and order"

    def table(self, truth: str, job: str, scores: dict) -> str:
        cells = " ".join(cell[2] for table in self.scorer.tables(truth) for row in table for cell in row)
        unread = self.missing(cells, job)
        if unread > 0.1:
            return f"ocr: {unread:.1%} of the cells' words are not in it"
        found, there = scores["tab_n_pred"], scores["tab_n_true"]
        if found != there:
            return f"tables: {found} found where {there} are"
        if scores.get("teds_s", 1) < 0.95:
            return f"tables: the grid, {scores['teds_s']:.3f} of its structure"
        return "ocr, tables: text of cells"

    def assertions(self, truth: str, written: str, job: str) -> str:
        tests = {test["id"]: test for test in map(json.loads, truth.splitlines()) if test["type"] != "math"}
        _, told = self.scorer.unit(list(tests.values()), written)
        failed = [tests[name] for name, good in told if not good]
        letters = self.scorer.an(self.read(job))
        stages: dict[str, int] = {}
        for test in failed:
            parts = [test.get(key) for key in ("text", "before", "after", "cell")]
            if test["type"] == "absent":
                stage = "regions"
            elif any(part and self.scorer.an(self.scorer.plain(part)) not in letters for part in parts):
                stage = "ocr"
            else:
                stage = {"order": "reading-order", "table": "tables"}.get(test["type"], "assembly")
            stages[stage] = stages.get(stage, 0) + 1
        return ", ".join(f"{stage}: {count}" for stage, count in sorted(stages.items())) + f" of {len(told)} assertions"

    def fields(self, truth: str, written: str, job: str, scores: dict) -> str:
        told = json.loads(truth)
        if scores.get("class_ok") == 0:
            return f"classification: it is a {told.get('doc_class')}"
        text = told.get("text") or ""
        if text and scores.get("w_r", 1) < 0.97:
            unread = self.missing(self.scorer.plain(text), job)
            if unread > 0.03:
                return f"ocr: {unread:.1%} of the words are not in it"
            return f"regions, assembly: {1 - scores['w_r']:.1%} of the words are not in the text"
        if scores.get("kv_in_text", 1) < 1:
            return f"ocr, reading-order: {scores['kv_in_text']:.2f} of the values are in the text as one"
        return f"extraction: {scores.get('kv_r') or 0:.2f} of the fields are right"
