import { h, replace, say } from "../core/dom.mjs";
import { place } from "../core/router.mjs";
import { stateMark } from "./state-mark.mjs";

const tabs = [["Progress", undefined], ["Pages", "pages"], ["Result", "result"], ["Checkpoints", "checkpoints"], ["Changes", "changes"]];

/** What stands above every view of a job: its name, how it is, and the ways to look at it. */
export function jobHead(model, current, ends) {
  const name = h("h1", {}, " ");
  const state = stateMark(model.status);
  const actions = h("div", { class: "job-actions" });
  const nav = h("nav", { class: "tabs", "aria-label": "Views of the job" }, tabs.map(([text, part]) =>
    h("a", { href: part ? place("jobs", model.id, part) : place("jobs", model.id), "aria-current": part === current ? "page" : undefined }, text)));
  const element = h("header", { class: "job-header" },
    h("div", { class: "job-title" }, h("a", { href: "#/", class: "quiet" }, "Jobs"), h("span", { class: "quiet", "aria-hidden": "true" }, "/"), name, state.element, actions), nav);
  const draw = () => {
    say(name, model.summary?.name || model.id);
    state.set(model.status);
    const title = `${model.summary?.name || model.id} · Sheaf`;
    if (document.title !== title) document.title = title;
  };
  ends.add(model.watch(draw));
  draw();
  return { element, actions: (...children) => replace(actions, children) };
}
