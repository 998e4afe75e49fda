/** Talks to a worker as to a function that answers later. */
export function startWorker(url) {
  const worker = new Worker(url, { type: "module" });
  const waiting = new Map();
  let number = 0;
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    if (data.error === undefined) resolve?.(data.answer); else reject?.(new Error(data.error));
  });
  worker.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || "The worker failed."));
    waiting.clear();
  });
  return {
    ask(what, more = {}) {
      number += 1;
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        worker.postMessage({ id: number, do: what, ...more });
      });
    },
    stop: () => worker.terminate(),
  };
}
