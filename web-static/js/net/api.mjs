/** The server's interface, one function per question; errors are what the server said of them. */

const base = new URL("api/v1/", document.baseURI);

/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, body = {}) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? "";
    this.title = body.title ?? "";
    this.hint = body.hint ?? "";
    this.retryable = body.retryable ?? status >= 500;
    this.retryAfter = undefined;
    this.faults = body.errors ?? [];
    this.requestID = body.request_id ?? "";
  }
}

let whenRefused = () => {};
/** Called when the server asks for a key. */
export function onRefused(handler) { whenRefused = handler; }

export function address(path, query) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, value);
  }
  return url;
}

async function problemOf(response) {
  let body;
  // An answer that is no JSON comes from a proxy; its status is all that is known.
  try { body = await response.json(); } catch { body = {}; }
  const problem = new Problem(response.status, body ?? {});
  const after = Number(response.headers.get("Retry-After"));
  if (after > 0) problem.retryAfter = after;
  return problem;
}

export async function ask(path, { method = "GET", query, body, headers, signal, type } = {}) {
  let response;
  try {
    response = await fetch(address(path, query), {
      method, signal, credentials: "same-origin", cache: method === "GET" ? "default" : "no-store",
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": type ?? "application/json" }), ...headers },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { code: "unreachable", detail: "The server cannot be reached.", retryable: true });
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401 && path !== "session") whenRefused(problem);
  throw problem;
}

const json = async (path, options) => (await ask(path, options)).json();
const job = (id) => `jobs/${encodeURIComponent(id)}`;
const part = (stage, subject) => (subject === undefined ? {} : stage === "export" ? { format: subject } : { page: Number(subject) });
const unit = (stage, page) => `${encodeURIComponent(stage)}${page ? `/${encodeURIComponent(page)}` : ""}`;

export const session = () => json("session");
export const signIn = (key) => json("session", { method: "POST", body: { key } });
export const signOut = () => ask("session", { method: "DELETE" });
export const ticket = async () => (await json("tickets", { method: "POST", body: {} })).ticket;

export const plan = async () => (await json("stages")).stages;
export const system = (signal) => json("system", { signal });

export const listJobs = (query, signal) => json("jobs", { query, signal });
export const getJob = (id, signal) => json(job(id), { signal });
export const deleteJob = (id) => ask(job(id), { method: "DELETE" });
export const cancelJob = (id) => json(`${job(id)}/cancel`, { method: "POST", body: {} });
export const resumeJob = (id, wishes = {}) => json(`${job(id)}/resume`, { method: "POST", body: wishes });
export const rerunJob = (id, wishes) => json(`${job(id)}/rerun`, { method: "POST", body: wishes });
export const forecast = (id, wishes, signal) => json(`${job(id)}/rerun`, { method: "POST", query: { dry_run: 1 }, body: wishes, signal });

export const events = (id, since, signal) => json(`${job(id)}/events`, { query: { since, limit: 200 }, signal });
export const explain = (id, stage, page, signal) => json(`${job(id)}/explain/${unit(stage, page)}`, { signal });
export const trace = (id, query, signal) => json(`${job(id)}/trace`, { query, signal });
export const difference = (id, other, query, signal) => json(`${job(id)}/diff/${encodeURIComponent(other)}`, { query, signal });

/** Every unit with its state, all pages of the list. */
export async function units(id, signal) {
  const all = [];
  let cursor;
  do {
    const page = await json(`${job(id)}/checkpoints`, { query: { limit: 200, cursor }, signal });
    all.push(...page.checkpoints);
    cursor = page.next;
  } while (cursor);
  return all;
}

export const pins = (id, signal) => json(`${job(id)}/pins`, { signal });
export const versions = (id, stage, page, signal) => json(`${job(id)}/history/${unit(stage, page)}`, { signal });
export const restore = (id, stage, subject, number) => json(`${job(id)}/restore`, { method: "POST", body: { stage, number, ...part(stage, subject) } });
export const unpin = (id, stage, page) => ask(`${job(id)}/checkpoints/${unit(stage, page)}`, { method: "DELETE" });
export const schema = (stage) => json(`stages/${encodeURIComponent(stage)}/schema`);

export const checkpoint = (id, stage, page, signal) => json(`${job(id)}/checkpoints/${unit(stage, page)}`, { signal });
export const checkpointAddress = (id, stage, page) => address(`${job(id)}/checkpoints/${unit(stage, page)}`);

/** Stores a person's version; `tag` is the ETag of what they saw. */
export const edit = (id, stage, page, payload, { tag, why }) =>
  ask(`${job(id)}/checkpoints/${unit(stage, page)}`, { method: "PUT", query: { why }, body: payload, headers: { "If-Match": tag } });

export const previewAddress = (id, page) => address(`${job(id)}/pages/${page}/preview`);
export const resultAddress = (id, format, query) => address(`${job(id)}/result`, { format, ...query });

/** A result's text; waits while the server makes the format. */
export async function result(id, format, signal, whenMaking = () => {}) {
  for (;;) {
    const response = await ask(`${job(id)}/result`, { query: { format }, headers: { Accept: "*/*" }, signal });
    if (response.status !== 202) return response.text();
    whenMaking();
    await new Promise((resolve) => setTimeout(resolve, 700));
    signal?.throwIfAborted();
  }
}
