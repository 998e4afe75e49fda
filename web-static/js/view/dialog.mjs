import { h, icon } from "../core/dom.mjs";

let number = 0;

/** A modal dialog with a title and a way out; it is gone when it is closed. */
export function openDialog(title, body) {
  number += 1;
  const id = `dialog-${number}`;
  const dialog = h("dialog", { "aria-labelledby": id },
    h("div", { class: "panel-head" }, h("h2", { id }, title),
      h("span", { class: "end" }, h("button", { class: "plain", "aria-label": "Close", on: { click: () => dialog.close() } }, icon("close")))),
    body);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before something that cannot be taken back. */
export function confirm(title, text, verb) {
  return new Promise((resolve) => {
    const dialog = openDialog(title, h("div", { class: "dialog-body" }, h("p", {}, text),
      h("div", { class: "actions" },
        h("button", { on: { click: () => dialog.close() } }, "Keep"),
        h("button", { class: "danger", on: { click: () => { resolve(true); dialog.close(); } } }, verb))));
    dialog.addEventListener("close", () => resolve(false));
  });
}
