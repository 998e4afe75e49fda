/** The fifteen stages as the views name and group them. The server's plan adds needs and options. */

const table = [
  // id, scope, group, what it finds out
  ["ingest", "document", "read", "what the file is, and its pages"],
  ["render", "page", "read", "a picture of the page, and its text layer"],
  ["ocr", "page", "read", "the words"],
  ["layout", "page", "read", "lines, blocks, columns, rules"],
  ["regions", "document", "see", "what each area is"],
  ["tables", "page", "see", "grids and their cells"],
  ["figures", "page", "see", "pictures and drawings"],
  ["assembly", "page", "see", "elements of text"],
  ["reading-order", "document", "order", "the order in which to read"],
  ["sections", "document", "order", "headings and their levels"],
  ["classification", "document", "mean", "the type of document"],
  ["extraction", "document", "mean", "fields, pairs, entities"],
  ["chunking", "document", "mean", "pieces for retrieval"],
  ["enrichment", "document", "mean", "language, keywords, summary"],
  ["export", "format", "write", "the results"],
];

export const stages = table.map(([id, scope, group, finds], index) => Object.freeze({ id, scope, group, finds, index, number: index + 1 }));
export const stageIndex = new Map(stages.map((stage) => [stage.id, stage.index]));
export const stageOf = (id) => stages[stageIndex.get(id)];

/** Formats of export, in the order of their columns. */
export const formats = ["md", "html", "json", "txt", "csv", "chunks", "hocr", "pdf", "fields"];
export const formatNames = {
  md: "Markdown", html: "HTML", json: "JSON", txt: "Text", csv: "CSV tables", chunks: "Chunks (JSON lines)", hocr: "hOCR",
  pdf: "Searchable PDF", fields: "Fields",
};

/** Stages that leave a checkpoint per page. */
export const hasPages = (stage) => stage.scope === "page" || stage.id === "ingest" || stage.id === "regions";

/** A unit's name: `ocr/3`. */
export const unitName = (stage, page, format) => (page ? `${stage}/${page}` : format ? `${stage}/${format}` : stage);
