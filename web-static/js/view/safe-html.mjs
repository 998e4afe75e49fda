/** The tags that export writes into Markdown, with the attributes each may have. */
const allowed = new Map(Object.entries({
  table: [], thead: [], tbody: [], tfoot: [], tr: [], caption: [], th: ["colspan", "rowspan", "scope"], td: ["colspan", "rowspan"],
  p: [], br: [], b: [], strong: [], i: [], em: [], sup: [], sub: [], u: [], s: [], code: [], pre: [], ul: [], ol: [], li: [], span: [], div: [],
}));
const dropped = new Set(["script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math"]);

/** HTML of a stranger's document as nodes: parsed where nothing runs, copied tag by tag. */
export function safeHTML(text) {
  const parsed = new DOMParser().parseFromString(text, "text/html");
  const fragment = document.createDocumentFragment();
  copy(parsed.body, fragment);
  return fragment;
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const name = node.localName;
    if (dropped.has(name)) continue;
    const attributes = allowed.get(name);
    if (!attributes) { copy(node, to); continue; }
    const element = document.createElement(name);
    for (const attribute of attributes) {
      const value = node.getAttribute(attribute);
      if (value !== null && /^[a-z0-9]{1,8}$/i.test(value)) element.setAttribute(attribute, value);
    }
    copy(node, element);
    to.append(element);
  }
}
