import { h } from "../core/dom.mjs";
import { place } from "../core/router.mjs";
import { copyButton } from "./copy.mjs";

/** The document's tables as tables, each to be copied as CSV. */
export function tableList(json, job) {
  const tables = json.entries.filter((entry) => entry.table);
  if (tables.length === 0) return h("p", { class: "empty" }, "The document has no tables.");
  return tables.map((entry, index) => {
    const rows = grid(entry.table);
    const page = entry.elements[0]?.page;
    return h("section", { class: "result-table" },
      h("div", { class: "result-line" }, h("h2", {}, `Table ${index + 1}`), page ? h("a", { href: place("jobs", job, "pages", page, { stage: "tables", element: entry.elements[0].id }) }, `page ${page}`) : null,
        h("span", { class: "quiet" }, `${rows.length} × ${rows[0]?.length ?? 0}`), copyButton("Copy as CSV", () => csv(rows))),
      entry.captions?.length ? h("p", { class: "quiet" }, entry.captions.map((caption) => (typeof caption === "string" ? caption : caption.text ?? "")).join(" ")) : null,
      h("div", { class: "scroll-x", tabindex: 0, role: "group", "aria-label": `Table ${index + 1}` }, table(entry.table)));
  });
}

function table(table) {
  const rows = [];
  for (const cell of table.cells) {
    const row = cell.row ?? 0;
    const spans = { colspan: span(cell, "column"), rowspan: span(cell, "row") };
    (rows[row] ??= []).push(h(cell.header && cell.text ? "th" : "td", { ...Object.fromEntries(Object.entries(spans).filter(([, value]) => value > 1)) }, cell.text ?? ""));
  }
  const head = table.header_rows ?? table.headerRows ?? 0;
  const all = Array.from({ length: table.rows ?? rows.length }, (_, index) => h("tr", {}, rows[index] ?? []));
  return h("table", { class: "data" }, head ? h("thead", {}, all.slice(0, head)) : null, h("tbody", {}, all.slice(head)));
}

const span = (cell, what) => cell[`${what}_span`] ?? cell[`${what}Span`] ?? 1;

/** Every place of the grid; a cell that spans several stands in its first. */
function grid(table) {
  const rows = Array.from({ length: table.rows ?? 0 }, () => Array.from({ length: table.columns ?? 0 }, () => ""));
  for (const cell of table.cells) if (rows[cell.row]) rows[cell.row][cell.column] = cell.text ?? "";
  return rows;
}

const csv = (rows) => rows.map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")).join("\r\n");
