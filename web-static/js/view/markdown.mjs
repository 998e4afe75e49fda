import { h } from "../core/dom.mjs";
import { inline } from "./markdown-inline.mjs";
import { safeHTML } from "./safe-html.mjs";

/**
 * Our own Markdown (GitHub's, as export writes it) as elements. Nothing becomes markup by being text: every node is
 * made here, and the HTML that tables with spans are written in passes a list of what is allowed.
 */
export function markdown(text, { picture }) {
  const lines = text.split("\n");
  const root = h("article", { class: "rendered" });
  const context = { picture };
  let index = 0;
  while (index < lines.length) {
    const block = blocks.find(({ starts }) => starts(lines, index));
    const [element, next] = block.take(lines, index, context);
    if (element) root.append(element);
    index = Math.max(next, index + 1);
  }
  return root;
}

const isBlank = (line) => line === undefined || line.trim() === "";
const marker = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const isRule = (line) => /^\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?\s*$/.test(line ?? "");

const blocks = [
  { starts: (lines, at) => isBlank(lines[at]), take: (lines, at) => [null, at + 1] },
  { starts: (lines, at) => lines[at].startsWith("<!--"), take: (lines, at) => [null, at + 1] },
  {
    starts: (lines, at) => /^#{1,6} /.test(lines[at]),
    take(lines, at, context) {
      const [, marks, text] = /^(#{1,6}) (.*)$/.exec(lines[at]);
      // The page has its own h1: the document's headings stand below it.
      return [h(`h${Math.min(6, marks.length + 1)}`, { class: `level-${marks.length}` }, inline(text, context)), at + 1];
    },
  },
  {
    starts: (lines, at) => /^(```|~~~)/.test(lines[at]),
    take(lines, at) {
      const fence = /^(`{3,}|~{3,})/.exec(lines[at])[1];
      let end = at + 1;
      while (end < lines.length && !lines[end].startsWith(fence)) end += 1;
      return [h("pre", {}, h("code", {}, lines.slice(at + 1, end).join("\n"))), end + 1];
    },
  },
  {
    starts: (lines, at) => /^<[a-z]/i.test(lines[at]),
    take(lines, at) {
      let end = at;
      while (end < lines.length && !isBlank(lines[end])) end += 1;
      return [h("div", { class: "scroll-x", tabindex: 0, role: "group", "aria-label": "Table" }, safeHTML(lines.slice(at, end).join("\n"))), end];
    },
  },
  {
    starts: (lines, at) => lines[at].includes("|") && isRule(lines[at + 1]),
    take(lines, at, context) {
      let end = at + 2;
      while (end < lines.length && !isBlank(lines[end]) && lines[end].includes("|")) end += 1;
      const head = cells(lines[at]);
      // A header without words is none.
      const row = (tag, each) => h("tr", {}, each.map((cell) => (tag === "th" && cell !== "" ? h("th", { scope: "col" }, inline(cell, context)) : h("td", {}, inline(cell, context)))));
      return [h("div", { class: "scroll-x", tabindex: 0, role: "group", "aria-label": "Table" }, h("table", {}, head.every((cell) => cell === "") ? null : h("thead", {}, row("th", head)), h("tbody", {}, lines.slice(at + 2, end).map((line) => row("td", cells(line)))))), end];
    },
  },
  { starts: (lines, at) => marker.test(lines[at]), take: (lines, at, context) => list(lines, at, context) },
  {
    starts: (lines, at) => lines[at].startsWith(">"),
    take(lines, at, context) {
      let end = at;
      while (end < lines.length && lines[end].startsWith(">")) end += 1;
      const quoted = lines.slice(at, end).map((line) => line.replace(/^> ?/, "")).join("\n");
      return [h("blockquote", {}, [...markdown(quoted, context).childNodes]), end];
    },
  },
  {
    starts: (lines, at) => /^\[\^[^\]]+\]: /.test(lines[at]),
    take(lines, at, context) {
      const [, mark, text] = /^\[\^([^\]]+)\]: (.*)$/.exec(lines[at]);
      return [h("p", { class: "footnote" }, h("sup", {}, mark), " ", inline(text, context)), at + 1];
    },
  },
  {
    starts: () => true,
    take(lines, at, context) {
      let end = at + 1;
      while (end < lines.length && !isBlank(lines[end]) && !/^(#{1,6} |```|>)/.test(lines[end]) && !marker.test(lines[end])) end += 1;
      return [h("p", {}, broken(lines.slice(at, end), context)), end];
    },
  },
];

/** A paragraph's lines: two spaces at an end break the line, any other end is a space. */
function broken(lines, context) {
  const texts = [[]];
  for (const line of lines) {
    texts.at(-1).push(line.trimEnd());
    if (line.endsWith("  ")) texts.push([]);
  }
  return texts.filter((text) => text.length > 0).flatMap((text, index) => [index > 0 ? h("br") : null, ...inline(text.join("\n"), context)]);
}

function cells(line) {
  const parts = line.trim().replace(/^\|/, "").replace(/(^|[^\\])\|$/, "$1").split(/(?<!\\)\|/);
  return parts.map((part) => part.trim().replaceAll("\\|", "|"));
}

/** A list and what is indented below its items, to any depth. */
function list(lines, at, context) {
  const [, indent, mark] = marker.exec(lines[at]);
  const isNumbered = /\d/.test(mark);
  const items = [];
  let index = at;
  while (index < lines.length) {
    const found = marker.exec(lines[index]);
    if (!found || found[1].length < indent.length) {
      if (isBlank(lines[index]) && marker.test(lines[index + 1] ?? "") && marker.exec(lines[index + 1])[1].length >= indent.length) { index += 1; continue; }
      if (found || isBlank(lines[index]) || !/^\s+/.test(lines[index])) break;
      items.at(-1)?.append(" ", ...inline(lines[index].trim(), context));
      index += 1;
    } else if (found[1].length > indent.length) {
      const [nested, next] = list(lines, index, context);
      items.at(-1)?.append(nested);
      index = next;
    } else {
      if (/\d/.test(found[2]) !== isNumbered) break;
      items.push(h("li", {}, inline(found[3], context)));
      index += 1;
    }
  }
  return [h(isNumbered ? "ol" : "ul", isNumbered ? { start: Number.parseInt(mark, 10) } : {}, items), index];
}
