import { h, replace } from "../core/dom.mjs";
import { openDialog } from "./dialog.mjs";

/** Asks for another value: text as text, everything else as JSON. */
export function editValue(row, { text, isBox, value }, store) {
  const isText = typeof value === "string";
  const field = h("textarea", { id: "edit-value", rows: isBox ? 18 : 4, spellcheck: isText ? "true" : "false", class: isText ? "" : "mono" });
  field.value = isText ? value : text;
  const fault = h("p", { class: "tone-bad", role: "alert" });
  const form = h("form", {},
    h("label", { for: "edit-value", class: "mono" }, row.path.replace("/payload", "")), field, fault,
    h("div", { class: "actions" }, h("button", { type: "button", on: { click: () => dialog.close() } }, "Keep as it was"), h("button", { class: "primary" }, "Change")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let edited;
    try { edited = isText ? field.value : JSON.parse(field.value); } catch (error) {
      field.setAttribute("aria-invalid", "true");
      return replace(fault, `This is no JSON: ${error.message}`);
    }
    dialog.close();
    await store(edited);
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey || (!isBox && !event.shiftKey))) { event.preventDefault(); form.requestSubmit(); } });
  const dialog = openDialog(isText ? "Edit text" : "Edit JSON", form);
  field.focus();
  field.select();
}
