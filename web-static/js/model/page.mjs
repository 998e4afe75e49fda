import { checkpoint } from "../net/api.mjs";

const pageStages = ["ocr", "layout", "regions", "tables", "figures", "assembly"];
const documentStages = ["reading-order", "sections", "classification", "extraction", "chunking"];
const keptPages = 6;

/** Stages whose checkpoints are shown with a page. */
export const shownStages = new Set(["ingest", ...pageStages, ...documentStages]);

/** The document's own checkpoints and those of the pages that were looked at last. */
export class PageSource {
  #pages = new Map();
  #document;
  constructor(job) { this.job = job; }

  async #part(stage, page, signal) {
    // What is not there yet, was given up or is damaged is left out: the page shows what there is. Whatever else goes wrong
    // says nothing of the page, and nothing is kept of it.
    try { return (await checkpoint(this.job, stage, page, signal)).payload; } catch (problem) {
      if (problem.status === 404 || problem.status === 409) return undefined;
      throw problem;
    }
  }

  async #parts(stages, page, signal) {
    const payloads = await Promise.all(stages.map((stage) => this.#part(stage, page, signal)));
    return Object.fromEntries(stages.map((stage, index) => [stage, payloads[index]]));
  }

  async page(number, signal) {
    if (!this.#pages.has(number)) {
      const parts = await this.#parts(["ingest", ...pageStages], number, signal);
      this.#pages.set(number, new PageContent(number, parts));
      if (this.#pages.size > keptPages) this.#pages.delete(this.#pages.keys().next().value);
    }
    this.#document ??= new DocumentContent(await this.#parts(documentStages, undefined, signal));
    return { content: this.#pages.get(number), document: this.#document };
  }

  forget() {
    this.#pages.clear();
    this.#document = undefined;
  }
}

/** What is known of one page, and what belongs to what. Boxes are points from its top left. */
export class PageContent {
  constructor(number, parts) {
    this.number = number;
    this.size = parts.layout?.size ?? parts.assembly?.size ?? parts.ingest?.size ?? { width: 595, height: 842 };
    this.label = parts.ingest?.label;
    this.words = parts.ocr?.words ?? [];
    this.source = parts.ocr?.source;
    this.lines = parts.layout?.lines ?? [];
    this.columns = parts.layout?.columns ?? [];
    this.rules = parts.layout?.rules ?? [];
    this.regions = parts.regions?.regions ?? [];
    this.tables = parts.tables?.tables ?? [];
    this.figures = parts.figures?.figures ?? [];
    this.elements = parts.assembly?.elements ?? [];
    this.has = Object.fromEntries(Object.entries(parts).map(([stage, payload]) => [stage, payload !== undefined]));
    this.#index();
  }

  #index() {
    this.lineOf = new Map();
    this.lines.forEach((line, index) => line.words.forEach((word) => this.lineOf.set(word, index)));
    this.regionOf = new Map();
    this.regions.forEach((region, index) => region.lines.forEach((line) => this.regionOf.set(line, index)));
    this.cellOf = new Map();
    this.tables.forEach((table, index) => table.cells.forEach((cell, at) => cell.words.forEach((word) => this.cellOf.set(word, { table: index, cell: at }))));
    this.elementOf = new Map();
    this.elements.forEach((element, index) => wordsOf(element).forEach((word) => this.elementOf.set(word, index)));
  }

  /** The element at a box: the one whose words stand in it, else the one that covers it best. */
  elementAt(box) {
    let best = -1;
    let most = 0;
    this.elements.forEach((element, index) => {
      const share = overlap(element.box, box) / Math.max(1, area(box));
      if (share > most + 1e-9) [best, most] = [index, share];
    });
    return most > 0.4 ? best : -1;
  }
}

/** What the document's stages say, by element. */
export class DocumentContent {
  constructor(parts) {
    this.entries = parts["reading-order"]?.entries ?? [];
    this.furniture = new Set(parts["reading-order"]?.furniture ?? []);
    this.headings = parts.sections?.headings ?? [];
    this.classification = parts.classification;
    this.extraction = parts.extraction;
    this.chunks = parts.chunking?.chunks ?? [];
    this.entryOf = new Map();
    this.entries.forEach((entry, index) => {
      for (const id of [...entry.elements, ...(entry.captions ?? []), ...(entry.footnotes ?? [])]) this.entryOf.set(typeof id === "string" ? id : id.element, index);
    });
    this.headingOf = new Map(this.headings.map((heading) => [heading.element, heading]));
    this.chunksOf = new Map();
    this.chunks.forEach((chunk, index) => chunk.spans.forEach((span) => {
      const known = this.chunksOf.get(span.entry) ?? [];
      if (!known.includes(index)) this.chunksOf.set(span.entry, [...known, index]);
    }));
  }

  chunksOfElement(id) { return this.chunksOf.get(this.entryOf.get(id)) ?? []; }

  /** Ids of the elements that a chunk was made of. */
  elementsOfChunk(index) { return this.chunks[index].spans.flatMap((span) => this.entries[span.entry]?.elements ?? []); }

  /** Values that were read from this page, with their boxes. */
  values(page) {
    const { fields = {}, pairs = [], entities = [], lineItems = [] } = this.extraction ?? {};
    const found = [];
    const add = (kind, name, value, provenance, confidence) => {
      if (provenance?.page === page && provenance.box) found.push({ kind, name, value: String(value ?? ""), box: provenance.box, confidence, words: provenance.words ?? [] });
    };
    for (const [name, field] of Object.entries(fields)) add("field", name, field.value ?? field.text, field.provenance, field.confidence);
    for (const pair of pairs) add("pair", pair.label, pair.value, pair.valueProvenance, pair.confidence);
    for (const entity of entities) add("entity", entity.kind, entity.value ?? entity.text, entity.provenance, entity.confidence);
    for (const [index, item] of lineItems.entries()) add("line item", String(index + 1), item.description ?? "", item.provenance, item.confidence);
    for (const evidence of this.classification?.evidence ?? []) add("evidence", evidence.rule, this.classification.type, evidence.provenance, undefined);
    return found;
  }
}

export const idOf = (page, index) => `p${page}.${index}`;
export const parseID = (id) => {
  const [, page, index] = /^p(\d+)\.(\d+)$/.exec(id) ?? [];
  return { page: Number(page), index: Number(index) };
};

export const textOf = (element) => element.table
  ? element.table.cells.map((cell) => (cell.runs ?? []).map((run) => run.text).join("")).filter(Boolean).join(" | ")
  : element.runs.map((run) => run.text).join("");

export const wordsOf = (element) => [...element.runs, ...(element.table?.cells ?? []).flatMap((cell) => cell.runs ?? [])].flatMap((run) => run.words ?? []);

const area = (box) => (box.right - box.left) * (box.bottom - box.top);
function overlap(a, b) {
  return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
}
