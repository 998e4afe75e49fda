import { address, Problem } from "./api.mjs";

/** A name for one wish: however often it is sent, say after a lost connection, the server does it once. */
export const newKey = () => crypto.randomUUID?.() ?? Math.random().toString(36).slice(2);

/** Sends one file under the key of its wish, telling how much has gone. Returns `{done, cancel}`; `done` yields what the server answered. */
export function send(file, wishes, key, whenProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open("POST", address("documents"));
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Idempotency-Key", `"${key}"`);
    request.upload.addEventListener("progress", (event) => whenProgress(event.total ? event.loaded / event.total : 0));
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) return resolve(request.response);
      const problem = new Problem(request.status, request.response ?? {});
      problem.retryAfter = Number(request.getResponseHeader("Retry-After")) || undefined;
      return reject(problem);
    });
    request.addEventListener("error", () => reject(new Problem(0, { code: "unreachable", detail: "The connection broke before the server had answered.", retryable: true })));
    request.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
    const form = new FormData();
    if (wishes.password) form.append("password", wishes.password);
    if (wishes.priority) form.append("priority", String(wishes.priority));
    form.append("options", JSON.stringify(wishes.options ?? {}));
    form.append("file", file, file.name);
    request.send(form);
  });
  return { done, cancel: () => request.abort() };
}
