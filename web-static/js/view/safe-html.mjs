import { entities } from "./entities.mjs";

/** The tags that export writes into Markdown, with the attributes each may have. */
const allowed = new Map(Object.entries({
  table: [], thead: [], tbody: [], tfoot: [], tr: [], caption: [], th: ["colspan", "rowspan", "scope"], td: ["colspan", "rowspan"],
  p: [], br: [], b: [], strong: [], i: [], em: [], sup: [], sub: [], u: [], s: [], code: [], pre: [], ul: [], ol: [], li: [], span: [], div: [],
}));
/** Tags whose inside is left out with them. */
const dropped = new Set(["script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "title", "textarea"]);
const token = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|[^<]+|</gi;
const attribute = /([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/**
 * HTML of a stranger's document as nodes. No parser of the browser sees it: tags that are known are made anew, of
 * their attributes those that lay out tables, and everything else is text or nothing.
 */
export function safeHTML(text) {
  const root = document.createDocumentFragment();
  const stack = [[root, ""]];
  let skipped = "";
  for (const [whole, slash, tag = "", attributes = ""] of text.matchAll(token)) {
    const name = tag.toLowerCase();
    if (skipped) { if (slash && name === skipped) skipped = ""; continue; }
    if (!tag) { if (!whole.startsWith("<!--")) stack.at(-1)[0].append(entities(whole)); continue; }
    if (dropped.has(name)) { if (!slash) skipped = name; continue; }
    if (!allowed.has(name)) continue;
    if (slash) {
      const opened = stack.findLastIndex(([, open]) => open === name);
      if (opened > 0) stack.length = opened;
      continue;
    }
    const element = document.createElement(name);
    for (const [, key, ...values] of attributes.matchAll(attribute)) {
      const value = values.find((each) => each !== undefined) ?? "";
      if (allowed.get(name).includes(key.toLowerCase()) && /^[a-z0-9]{1,8}$/i.test(value)) element.setAttribute(key, value);
    }
    stack.at(-1)[0].append(element);
    if (name !== "br") stack.push([element, name]);
  }
  return root;
}
