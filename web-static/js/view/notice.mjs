import { h, icon } from "../core/dom.mjs";

const stays = 8_000; // milliseconds; what went wrong stays until it is closed

/** Says something without taking the focus. */
export function notice(text, { kind = "info", action } = {}) {
  const box = h("div", { class: "notice", data: { kind } },
    h("div", {}, text, action ? [" ", h("a", { href: action.href }, action.text)] : null),
    h("button", { class: "plain", "aria-label": "Dismiss", on: { click: () => box.remove() } }, icon("close")));
  document.getElementById("notices").append(box);
  if (kind !== "bad") setTimeout(() => box.remove(), stays);
}

export const noticeProblem = (problem) => {
  if (problem?.name !== "AbortError") notice([problem.message, problem.hint].filter(Boolean).join(" "), { kind: "bad" });
};
