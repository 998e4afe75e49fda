/** Addresses: `#/jobs/<job>/pages/3?stage=ocr`. */

export function readPlace(hash = location.hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split("?", 2);
  return { parts: path.split("/").filter(Boolean).map(plain), query: new URLSearchParams(query) };
}

/** A part as it was meant; one that is no text, such as `%E0`, stays as it stands: there is nothing of that name. */
function plain(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

/** A link's address from its parts: `place("jobs", id)`. */
export function place(...parts) {
  const last = parts.at(-1);
  const query = last !== null && typeof last === "object" ? parts.pop() : undefined;
  const path = "#/" + parts.map((part) => encodeURIComponent(part)).join("/");
  const text = new URLSearchParams(Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "")).toString();
  return text ? `${path}?${text}` : path;
}

export function go(...parts) { location.hash = place(...parts); }

/** Changes the address without a new entry in the history, and without routing: for what a view shows within itself. */
export function note(...parts) { history.replaceState(null, "", place(...parts)); }
