import { h, icon, replace, say } from "../core/dom.mjs";
import { bytes, percent } from "../core/format.mjs";
import { place } from "../core/router.mjs";
import { send } from "../net/upload.mjs";
import { onKey } from "./keys.mjs";
import { optionsForm } from "./options-form.mjs";
import { needsPassword, passwordForm } from "./password.mjs";
import { problemBox } from "./problem.mjs";

const atOnce = 3; // uploads under way; the others wait their turn

/** Where documents come in: a button, the whole page as a target, and what became of each file. */
export function uploads(app, ends) {
  const options = optionsForm(app);
  const picker = h("input", { type: "file", multiple: true, hidden: true, accept: ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.webp,.bmp,application/pdf,image/*", "aria-label": "Documents" });
  const list = h("ul", { class: "uploads", "aria-label": "Uploads" });
  const settings = h("details", { class: "upload-options" }, h("summary", {}, "Options"), options.element);
  settings.addEventListener("toggle", () => { if (settings.open) options.load(); });
  const curtain = h("div", { class: "drop-curtain", hidden: true, "aria-hidden": "true" }, h("p", {}, "Drop to make each file a job"));
  const add = h("button", { class: "primary", on: { click: () => picker.click() } }, icon("upload"), "Add documents");
  const waiting = [];
  let running = 0;

  function next() {
    while (running < atOnce && waiting.length > 0) start(waiting.shift());
  }

  function start(item) {
    running += 1;
    item.run().finally(() => { running -= 1; next(); });
  }

  function take(files) {
    let wishes;
    try { wishes = options.read(); } catch (problem) {
      settings.open = true;
      return replace(list, h("li", {}, problemBox(problem)));
    }
    for (const file of files) {
      const item = uploadRow(app, file, wishes, () => { const at = waiting.indexOf(item); if (at >= 0) waiting.splice(at, 1); });
      list.prepend(item.element);
      waiting.push(item);
    }
    next();
  }

  picker.addEventListener("change", () => { take(picker.files); picker.value = ""; });
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types?.includes("Files");
  ends.listen(window, "dragenter", (event) => { if (!hasFiles(event)) return; depth += 1; curtain.hidden = false; });
  ends.listen(window, "dragleave", (event) => { if (!hasFiles(event)) return; depth -= 1; if (depth <= 0) curtain.hidden = true; });
  ends.listen(window, "dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  ends.listen(window, "drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    curtain.hidden = true;
    take(event.dataTransfer.files);
  });
  ends.add(onKey("u", () => picker.click()));
  return h("section", { class: "intake", "aria-label": "Add documents" },
    h("div", { class: "intake-line" }, add, picker, h("span", { class: "quiet" }, "or drop them anywhere: PDF, PNG, JPEG, TIFF, WebP, BMP"), settings),
    list, curtain);
}

/** One file on its way, and what becomes of its job as long as it is shown. */
function uploadRow(app, file, wishes, forget) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": `Upload of ${file.name}` });
  const told = h("span", { class: "quiet number" }, bytes(file.size));
  const outcome = h("div", { class: "upload-outcome", "aria-live": "polite" }, "waits");
  const stop = h("button", { class: "plain", "aria-label": `Cancel ${file.name}` }, icon("close"));
  const element = h("li", { class: "upload" }, h("span", { class: "upload-name" }, file.name), told, bar, outcome, stop);
  let transfer;
  let unwatch = () => {};
  stop.addEventListener("click", () => { transfer?.cancel(); unwatch(); forget(); element.remove(); });

  async function run() {
    if (!element.isConnected) return;
    replace(outcome, "sending");
    transfer = send(file, wishes, (sent, all) => {
      bar.value = all ? sent / all : 0;
      say(told, `${bytes(sent)} of ${bytes(all)}`);
      say(outcome, sent === all ? "checking" : percent(all ? sent / all : 0));
    });
    try {
      const answer = await transfer.done;
      bar.hidden = true;
      say(told, bytes(file.size));
      replace(outcome, h("a", { href: place("jobs", answer.job_id) }, "Open the job"));
      follow(answer.job_id);
      stop.setAttribute("aria-label", `Dismiss ${file.name}`);
    } catch (problem) {
      bar.hidden = true;
      if (problem.name === "AbortError") return void element.remove();
      element.classList.add("upload-refused");
      replace(outcome, problemBox(problem), again(problem));
    }
  }

  /** What is wrong with a document shows only when its job looks into it. */
  function follow(id) {
    unwatch = app.jobs.watch(() => {
      if (!element.isConnected) return unwatch();
      const job = app.jobs.byID.get(id);
      if (job?.status === "completed") return unwatch();
      if (!job?.failure || !["failed", "paused"].includes(job.status)) return;
      unwatch();
      element.classList.add("upload-refused");
      replace(outcome, problemBox(job.failure), needsPassword(job.failure) ? passwordForm(job, (done) => { element.classList.remove("upload-refused"); replace(outcome, h("a", { href: place("jobs", id) }, done)); follow(id); }) : h("a", { href: place("jobs", id) }, "Open the job"));
    });
  }

  const again = (problem) => (problem.retryable ? h("button", { on: { click: retry } }, "Send again") : null);

  function retry() {
    element.classList.remove("upload-refused");
    bar.hidden = false;
    bar.value = 0;
    run();
  }
  return { element, run };
}
