import { h, replace } from "../core/dom.mjs";
import { moment, short } from "../core/format.mjs";
import { place } from "../core/router.mjs";
import * as api from "../net/api.mjs";
import { notice, noticeProblem } from "./notice.mjs";

/** What a unit was before reruns and edits, and whether a person's version stands for it now, which `whenPinned` is told. */
export function versionList(model, stage, subject, { whenChanged, whenPinned }) {
  const body = h("div", { class: "pad" }, h("p", { class: "quiet" }, "Loading …"));
  const element = h("aside", { class: "panel versions", "aria-label": "Versions" }, h("div", { class: "panel-head" }, h("h2", {}, "Versions")), body);
  const act = (work, done) => async (event) => {
    event.currentTarget.disabled = true;
    try { await work(); notice(done, { kind: "good" }); await whenChanged(); await load(); } catch (problem) { noticeProblem(problem); load(); }
  };

  async function load() {
    let versions = [];
    let pins = [];
    let current;
    try {
      [versions, pins] = await Promise.all([api.versions(model.id, stage.id, subject), api.pins(model.id)]).then(([told, pinned]) => { current = told.current; return [told.versions, pinned.pins]; });
    } catch (problem) {
      whenPinned(false);
      return replace(body, h("p", { class: "quiet" }, problem.status === 404 ? "There is nothing here yet." : problem.message));
    }
    const pin = pins.find((each) => each.stage === stage.id && String(each.page ?? each.format ?? "") === String(subject ?? ""));
    whenPinned(pin !== undefined);
    const older = [...versions].sort((a, b) => b.number - a.number);
    return replace(body,
      h("div", { class: "version" }, h("b", {}, "now"), h("code", {}, short(current)), h("span", { class: "quiet" }, pin ? `edited${pin.who ? ` by ${pin.who}` : ""}${pin.why ? `: ${pin.why}` : ""}` : "made by the stage"),
        pin ? h("button", { on: { click: act(() => api.unpin(model.id, stage.id, subject), "The stage's own version stands again.") } }, "Unpin") : null),
      pin?.conflict ? h("p", { class: "tone-warn" }, "What the edit is based on has changed since.") : null,
      older.map((each) => h("div", { class: "version" }, h("b", {}, String(each.number)), h("code", {}, short(each.content)), h("span", { class: "quiet" }, `replaced by ${each.cause === "rerun" ? "a rerun" : each.cause === "edit" ? "an edit" : `a ${each.cause}`}, ${moment(each.at)}${each.who ? ` · made by ${each.who}${each.why ? `: ${each.why}` : ""}` : ""}`),
        h("span", { class: "version-acts" },
          h("a", { class: "button", href: place("jobs", model.id, "changes", { stage: stage.id, page: subject, history: each.number }) }, "Compare"),
          h("button", { on: { click: act(() => api.restore(model.id, stage.id, subject, each.number), `Version ${each.number} stands again.`) } }, "Restore")))),
      older.length === 0 ? h("p", { class: "quiet" }, "It has not been replaced yet. A rerun or an edit keeps the version before here.") : null);
  }
  return { element, load };
}
