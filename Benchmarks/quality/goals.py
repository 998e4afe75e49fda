"""What is measured in each category, the best peer's figures on the same documents, and ours to reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A figure of a category: the mean of a column of the scorer over its documents."""

    category: str
    column: str
    peer: float | None
    goal: float
    lower: bool = False

    @property
    def name(self) -> str:
        return f"{self.category}.{self.column}"

    def met(self, value: float) -> bool:
        return value <= self.goal + 5e-5 if self.lower else value >= self.goal - 5e-5

    def worse(self, value: float, before: float) -> float:
        """By how many points (hundredths) it is worse than before."""
        return (value - before if self.lower else before - value) * 100

    def gap(self, value: float) -> float:
        """How far a document is from perfect."""
        return value if self.lower else 1 - value


# Peers: pdftotext, pymupdf4llm 2.0, opendataloader-pdf 2.5, markitdown, liteparse, kreuzberg, pdfplumber, camelot,
# tabula, tesseract, ocrmypdf and invoice2data; the best of them that needs no neural model, unless told otherwise.
MEASURES = [
    Measure("a1_single", "nid", 0.950, 0.97),
    Measure("a1_single", "read_order", 0.999, 0.999),
    Measure("a1_single", "head_f1", 0.922, 0.96),
    Measure("a2_multicol", "nid", 0.886, 0.93),
    Measure("a2_multicol", "read_order", 0.953, 0.985),
    Measure("a2_multicol", "head_f1", 0.798, 0.90),  # neural
    Measure("a3_unit", "unit", 0.613, 0.80),
    Measure("b1_icdar", "teds", 0.785, 0.95),  # 0.935 neural
    Measure("b1_icdar", "adj_f1", 0.831, 0.97),  # 0.959 neural
    Measure("b2_tabimg", "teds", 0.190, 0.65),
    Measure("b2_tabimg", "w_r", 0.586, 0.90),
    Measure("c1_scanpdf", "cer", 0.010, 0.008, lower=True),
    Measure("c1_scanpdf", "wer", 0.040, 0.035, lower=True),
    Measure("c2_noisy", "cer", 0.018, 0.013, lower=True),
    Measure("c2_noisy", "wer", 0.059, 0.045, lower=True),
    Measure("c3_scan_unit", "unit", 0.167, 0.5),
    Measure("c4_rotskew", "cer", 0.010, 0.010, lower=True),
    Measure("d1_receipt", "w_f1", 0.789, 0.86),
    Measure("d1_receipt", "kv_in_text", 0.708, 0.88),
    Measure("d1_receipt", "kv_r", None, 0.80),
    Measure("d1_receipt", "class_ok", None, 0.95),
    Measure("d2_form", "w_f1", 0.826, 0.88),
    Measure("d2_form", "kv_in_text", 0.673, 0.78),
    Measure("d2_form", "class_ok", None, 0.95),
    Measure("d3_invoice", "kv_in_text", 1.0, 1.0),
    Measure("d3_invoice", "kv_r", 0.07, 0.90),
    Measure("d3_invoice", "kv_p", 0.08, 0.95),
    Measure("d3_invoice", "class_ok", None, 0.95),
    Measure("e1_malformed", "robust_recall", 0.967, 0.98),
    Measure("e2_encrypted", "robust_recall", 0.967, 0.98),
    Measure("e3_hostile", "robust_recall", 0.967, 0.98),
    Measure("f1_tiff", "cer", 0.004, 0.004, lower=True),
    Measure("f2_img", "cer", 0.195, 0.05, lower=True),
]
