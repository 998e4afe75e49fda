import { h, icon, replace } from "../core/dom.mjs";
import { onKey } from "./keys.mjs";
import { optionsForm } from "./options-form.mjs";
import { problemBox } from "./problem.mjs";
import { uploadRow } from "./upload-row.mjs";

/** Where documents come in: a button, the whole page as a target, and what became of each file. */
export function uploads(app, ends) {
  const queue = app.uploads;
  const options = optionsForm(app);
  const picker = h("input", { type: "file", multiple: true, hidden: true, accept: ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.webp,.bmp,application/pdf,image/*", "aria-label": "Documents" });
  const trouble = h("div", {});
  const list = h("ul", { class: "uploads", "aria-label": "Uploads" });
  const settings = h("details", { class: "upload-options" }, h("summary", {}, "Options"), options.element);
  settings.addEventListener("toggle", () => { if (settings.open) options.load(); });
  const curtain = h("div", { class: "drop-curtain", hidden: true, "aria-hidden": "true" }, h("p", {}, "Drop to make each file a job"));
  const add = h("button", { class: "primary", on: { click: () => picker.click() } }, icon("upload"), "Add documents");
  const rows = new Map();

  function take(files) {
    let wishes;
    try { wishes = options.read(); } catch (problem) {
      settings.open = true;
      return replace(trouble, problemBox(problem));
    }
    replace(trouble);
    queue.add(files, wishes);
  }

  function draw() {
    const items = new Set(queue.items);
    for (const [item, row] of rows) if (!items.has(item)) { row.element.remove(); rows.delete(item); }
    for (const item of queue.items.toReversed()) {
      if (!rows.has(item)) {
        rows.set(item, uploadRow(app, item));
        list.prepend(rows.get(item).element);
      }
      rows.get(item).update();
    }
  }

  // Whoever comes back finds what is still of interest; the others are in the list of jobs.
  queue.tidy((item) => app.jobs.byID.get(item.job)?.status === "completed");
  draw();
  ends.add(queue.watch(draw));
  ends.add(app.jobs.watch(() => { for (const row of rows.values()) row.update(); }));
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
    trouble, list, curtain);
}
