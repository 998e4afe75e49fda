import { h } from "../core/dom.mjs";
import { entities } from "./entities.mjs";

const tags = { b: "strong", strong: "strong", i: "em", em: "em", sup: "sup", sub: "sub", u: "u", s: "s", code: "code" };
const safe = /^(https?:|mailto:|tel:|#)/i;

const rules = [
  { pattern: /^\\([!-/:-@[-`{-~])/, make: ([, character]) => character },
  { pattern: /^(`+)([\s\S]*?[^`])\1(?!`)/, make: ([, , text]) => h("code", {}, text.trim()) },
  { pattern: /^!\[((?:[^\]\\]|\\.)*)\]\(([^)\s]+)\)/, make: ([, alt, target], context) => h("img", { src: context.picture(target), alt: plain(alt), loading: "lazy" }) },
  { pattern: /^\[\^([^\]]+)\]/, make: ([, mark]) => h("sup", { class: "footnote-mark" }, mark) },
  { pattern: /^\[((?:[^\]\\]|\\.)*)\]\(([^)\s]+)\)/, make: ([, text, target], context) => link(inline(text, context), plain(target)) },
  { pattern: /^<(https?:\/\/[^>\s]+|mailto:[^>\s]+)>/, make: ([, target]) => link([target], target) },
  { pattern: /^<br\s*\/?>/i, make: () => h("br") },
  { pattern: /^<([a-z]+)>([\s\S]*?)<\/\1>/i, make: ([whole, tag, text], context) => (tags[tag.toLowerCase()] ? h(tags[tag.toLowerCase()], {}, inline(text, context)) : whole) },
  { pattern: /^\*\*\*(?=\S)([\s\S]*?\S)\*\*\*/, make: ([, text], context) => h("strong", {}, h("em", {}, inline(text, context))) },
  { pattern: /^\*\*(?=\S)([\s\S]*?\S)\*\*(?!\*)/, make: ([, text], context) => h("strong", {}, inline(text, context)) },
  { pattern: /^\*(?=[^\s*])([\s\S]*?[^\s*\\])\*(?!\*)/, make: ([, text], context) => h("em", {}, inline(text, context)) },
  { pattern: /^~~(?=\S)([\s\S]*?\S)~~/, make: ([, text], context) => h("s", {}, inline(text, context)) },
  { pattern: /^&(#\d+|#x[0-9a-f]+|[a-z]+);/i, make: ([whole]) => entities(whole) },
];

const plain = (text) => text.replace(/\\([!-/:-@[-`{-~])/g, "$1");

/** Links lead out only over known schemes; what leads within the document stays text. */
function link(children, target) {
  return safe.test(target) && !target.startsWith("#") ? h("a", { href: target, rel: "noopener noreferrer nofollow", target: "_blank" }, children) : h("span", {}, children);
}

/** Text with emphasis, links, code and pictures as nodes. */
export function inline(text, context) {
  const nodes = [];
  let plainText = "";
  let rest = text;
  while (rest) {
    // Only these characters can begin something: everything before them is taken at once.
    const skip = /^[^\\`!<[*~&]+/.exec(rest)?.[0] ?? "";
    if (skip) { plainText += skip; rest = rest.slice(skip.length); continue; }
    const rule = rules.find(({ pattern }) => pattern.test(rest));
    const match = rule?.pattern.exec(rest);
    if (!match) { plainText += rest[0]; rest = rest.slice(1); continue; }
    const node = rule.make(match, context);
    if (typeof node === "string") plainText += node; else { if (plainText) nodes.push(plainText); plainText = ""; nodes.push(node); }
    rest = rest.slice(match[0].length);
  }
  if (plainText) nodes.push(plainText);
  return nodes;
}
