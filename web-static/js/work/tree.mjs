import { faultsOf, payloadSchema } from "./schema.mjs";

/**
 * A checkpoint's JSON in a worker: parsed, searched, edited and written here, so that ten megabytes never stop the page.
 * The page asks for the rows that are in sight.
 */
let root;
let rows = [];
let changes = new Map(); // by path: the JSON as it was and as it is

const isBox = (value) => value !== null && typeof value === "object";
const size = (value) => (Array.isArray(value) ? value.length : Object.keys(value).length);
const keysOf = (value) => (Array.isArray(value) ? value.keys() : Object.keys(value));
const row = (parent, key, depth, path) => ({ parent, key, depth, path, isOpen: false });
const valueOf = (each) => (each.parent ? each.parent[each.key] : root);
const escape = (key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1");

function children(each) {
  const value = valueOf(each);
  const made = [];
  for (const key of keysOf(value)) made.push(row(value, key, each.depth + 1, `${each.path}/${escape(key)}`));
  return made;
}

function open(index) {
  const each = rows[index];
  if (!each || each.isOpen || !isBox(valueOf(each))) return;
  each.isOpen = true;
  const inner = children(each);
  rows = rows.slice(0, index + 1).concat(inner, rows.slice(index + 1));
}

function close(index) {
  const each = rows[index];
  if (!each?.isOpen) return;
  each.isOpen = false;
  let end = index + 1;
  while (end < rows.length && rows[end].depth > each.depth) end += 1;
  rows.splice(index + 1, end - index - 1);
}

/** Opens what leads to a path; gives its row, -1 where there is none. */
function reveal(path) {
  let index = 0;
  open(0);
  const parts = path.split("/").slice(1);
  for (let depth = 0; depth < parts.length; depth += 1) {
    const wanted = `/${parts.slice(0, depth + 1).join("/")}`;
    let found = -1;
    for (let at = index + 1; at < rows.length && rows[at].depth > depth; at += 1) if (rows[at].path === wanted) { found = at; break; }
    if (found < 0) return -1;
    index = found;
    if (depth + 1 < parts.length) open(index);
  }
  return index;
}

function told(each) {
  const value = valueOf(each);
  const known = { key: each.parent ? String(each.key) : "", depth: each.depth, path: each.path, isOpen: each.isOpen, isChanged: changes.has(each.path) };
  if (isBox(value)) return { ...known, kind: Array.isArray(value) ? "array" : "object", size: size(value), hint: hint(value) };
  return { ...known, kind: value === null ? "null" : typeof value, text: typeof value === "string" ? value.slice(0, 2000) : String(value) };
}

/** A few words of what is inside, so that rows can be told apart without opening them. */
function hint(value) {
  if (Array.isArray(value)) return "";
  const parts = [];
  for (const name of ["text", "kind", "name", "type", "label", "id"]) if (typeof value[name] === "string") parts.push(value[name].slice(0, 60));
  if (parts.length === 0 && Array.isArray(value.runs)) parts.push(value.runs.map((run) => run.text).join("").slice(0, 60));
  return parts.join(" · ");
}

/** The next place whose key or value holds a text, from a path on, around the end. */
function find(text, from) {
  const wanted = text.toLowerCase();
  const stack = [["", root]];
  let isPast = !from;
  let first;
  while (stack.length > 0) {
    const [path, value] = stack.pop();
    const key = path.slice(path.lastIndexOf("/") + 1);
    const isHit = path !== "" && (key.toLowerCase().includes(wanted) || (!isBox(value) && String(value).toLowerCase().includes(wanted)));
    if (isHit && isPast) return path;
    if (isHit) first ??= path;
    if (path === from) isPast = true;
    if (!isBox(value)) continue;
    const keys = [...keysOf(value)];
    for (let index = keys.length - 1; index >= 0; index -= 1) stack.push([`${path}/${escape(keys[index])}`, value[keys[index]]]);
  }
  return first;
}

const work = {
  async load({ url }) {
    const response = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
    const text = await response.text();
    if (!response.ok) {
      let body = {};
      // What is no JSON comes from a proxy; the status is all that is known then.
      try { body = JSON.parse(text); } catch { /* see above */ }
      return { status: response.status, problem: body };
    }
    root = JSON.parse(text);
    changes = new Map();
    rows = [row(undefined, "", 0, "")];
    open(0);
    const payload = reveal("/payload");
    if (payload >= 0) open(payload);
    const { payload: _, parts, upstream, ...head } = root;
    return { tag: response.headers.get("ETag"), bytes: text.length, count: rows.length, head: { ...head, upstream: Object.keys(upstream ?? {}).length } };
  },
  rows: ({ start, count }) => ({ count: rows.length, start, rows: rows.slice(start, start + count).map(told) }),
  toggle({ index }) {
    if (rows[index]?.isOpen) close(index); else open(index);
    return { count: rows.length };
  },
  reveal: ({ path }) => ({ index: reveal(path), count: rows.length }),
  find({ text, from }) {
    const path = find(text, from);
    return { index: path === undefined ? -1 : reveal(path), path, count: rows.length };
  },
  read({ index }) {
    const value = valueOf(rows[index]);
    const text = JSON.stringify(value, null, 2);
    return { text: text.length > 200_000 ? undefined : text, isBox: isBox(value), value: isBox(value) ? undefined : value };
  },
  set({ index, value }) {
    const each = rows[index];
    const before = valueOf(each);
    close(index);
    const change = { old: changes.get(each.path)?.old ?? JSON.stringify(before), new: JSON.stringify(value) };
    each.parent[each.key] = value;
    if (change.old === change.new) changes.delete(each.path); else changes.set(each.path, change);
    return { count: rows.length, changes: [...changes].map(([path, { old, new: now }]) => ({ path, old: old.slice(0, 120), new: now.slice(0, 120) })) };
  },
  check: ({ schema }) => ({ faults: schema ? faultsOf(root.payload, payloadSchema(schema, root.unit?.page !== undefined) ?? true, schema, "") : [] }),
  text: () => ({ text: JSON.stringify(root.payload) }),
};

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ id: data.id, answer: await work[data.do](data) });
  } catch (error) {
    postMessage({ id: data.id, error: error.message });
  }
});
