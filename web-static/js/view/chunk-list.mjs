import { h } from "../core/dom.mjs";
import { plural } from "../core/format.mjs";
import { copyButton } from "./copy.mjs";

const most = 300; // chunks drawn; the file has them all

/** The pieces for retrieval, as they are written to the file: one JSON object a line. */
export function chunkList(text) {
  const chunks = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return [
    h("p", { class: "quiet" }, plural(chunks.length, "chunk"), chunks.length > most ? `, the first ${most} shown` : ""),
    chunks.slice(0, most).map((chunk, index) => h("section", { class: "chunk" },
      h("div", { class: "result-line" }, h("h2", {}, `${index + 1}`), h("span", {}, chunk.headings.join(" › ")), h("span", { class: "quiet" }, `${chunk.tokens} tokens, page ${chunk.pages.join(", ")}, ${chunk.kind}`), h("code", { class: "quiet" }, chunk.id), copyButton("Copy", () => chunk.text)),
      h("pre", { class: "chunk-text" }, chunk.body))),
  ];
}
