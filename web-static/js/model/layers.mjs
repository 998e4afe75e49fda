/** What can be drawn over a page, by the stage that found it out. */
export const layers = [
  { id: "columns", name: "columns", stage: "layout" },
  { id: "regions", name: "regions", stage: "regions" },
  { id: "elements", name: "elements", stage: "assembly" },
  { id: "chunks", name: "chunks", stage: "chunking" },
  { id: "figures", name: "figures", stage: "figures" },
  { id: "tables", name: "tables", stage: "tables" },
  { id: "rules", name: "ruling lines", stage: "layout" },
  { id: "lines", name: "lines", stage: "layout" },
  { id: "words", name: "words", stage: "ocr" },
  { id: "sections", name: "headings", stage: "sections" },
  { id: "fields", name: "fields", stage: "extraction" },
  { id: "order", name: "order", stage: "reading-order" },
];

/** What each stage adds to what one sees: stepping through them, understanding grows. */
export const shownAt = {
  ingest: [], render: [], ocr: ["words"], layout: ["columns", "lines", "rules"], regions: ["regions"], tables: ["regions", "tables"],
  figures: ["regions", "tables", "figures"], assembly: ["elements", "tables", "figures"], "reading-order": ["elements", "order"], sections: ["elements", "sections"],
  classification: ["fields"], extraction: ["fields"], chunking: ["chunks"], enrichment: ["chunks"], export: ["elements"],
};
