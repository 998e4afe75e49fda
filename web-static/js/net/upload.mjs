import { address, Problem } from "./api.mjs";

/** Sends one file, telling how much has gone. Returns `{done, cancel}`; `done` yields what the server answered. */
export function send(file, wishes, whenProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open("POST", address("documents"));
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    // The same drop sent twice, say after a lost connection, stays one job.
    request.setRequestHeader("Idempotency-Key", `"${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}"`);
    request.upload.addEventListener("progress", (event) => whenProgress(event.loaded, event.total));
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
