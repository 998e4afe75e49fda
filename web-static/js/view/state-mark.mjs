import { h, s, say } from "../core/dom.mjs";
import { jobStates } from "../model/states.mjs";

const shapes = {
  ring: "M6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
  half: "M6 1.5v9a4.5 4.5 0 0 0 0-9",
  dot: "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9",
  part: "M6 1 11 10.5H1z",
  cross: "M2.5 2.5l7 7M9.5 2.5l-7 7",
  dash: "M2 6h8",
  pause: "M4 2.5v7M8 2.5v7",
};
const filled = new Set(["half", "dot", "part"]);

/** A job's state as mark and word; `set` changes it in place. */
export function stateMark(status) {
  const path = s("path", {});
  const word = h("span", {});
  const element = h("span", { class: "state" }, s("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true", "stroke-width": 1.6, "stroke-linecap": "round", stroke: "currentColor" }, path), word);
  let shown;
  function set(status) {
    if (status === shown) return;
    shown = status;
    const state = jobStates[status] ?? { word: status ?? "unknown", tone: "quiet", mark: "ring" };
    element.className = `state tone-${state.tone}`;
    path.setAttribute("d", shapes[state.mark]);
    path.setAttribute("fill", filled.has(state.mark) ? "currentColor" : "none");
    say(word, state.word);
  }
  set(status);
  return { element, set };
}
