import { h, icon, replace, say } from "../core/dom.mjs";
import { bytes, percent } from "../core/format.mjs";
import { place } from "../core/router.mjs";
import { needsPassword, passwordForm } from "./password.mjs";
import { problemBox } from "./problem.mjs";

/** One file on its way, and what becomes of its job as long as it is shown. */
export function uploadRow(app, item) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": `Upload of ${item.name}` });
  const told = h("span", { class: "quiet number" }, bytes(item.size));
  const outcome = h("div", { class: "upload-outcome", "aria-live": "polite" });
  const stop = h("button", { class: "plain", on: { click: () => app.uploads.dismiss(item) } }, icon("close"));
  const element = h("li", { class: "upload" }, h("span", { class: "upload-name" }, item.name), told, bar, outcome, stop);
  const link = () => h("a", { href: place("jobs", item.job) }, "Open the job");
  let shown;
  let answered = -1; // the number of the transition for which a password was given: until the next it is no news any more

  function tell(isRefused, ...content) {
    element.classList.toggle("upload-refused", isRefused);
    replace(outcome, ...content);
  }

  function sending() {
    bar.value = item.sent;
    say(told, item.state === "sending" ? `${bytes(item.size * item.sent)} of ${bytes(item.size)}` : bytes(item.size));
    say(outcome, item.state === "waiting" ? "waits" : item.sent === 0 ? "sending" : item.sent === 1 ? "checking" : percent(item.sent));
  }

  // A key that the server asks for is given by signing in; then the same file can go.
  const again = () => (item.problem.retryable || item.problem.status === 401 ? h("button", { on: { click: () => app.uploads.retry(item) } }, "Send again") : null);

  /** What is wrong with a document shows only when its job looks into it. */
  function failed(job) {
    if (!needsPassword(job.failure)) return tell(true, problemBox(job.failure), link());
    const { seq } = job;
    return tell(true, problemBox(job.failure), passwordForm(job, () => { answered = seq; update(); }));
  }

  function update() {
    const job = item.job && app.jobs.byID.get(item.job);
    const isFailed = Boolean(job?.failure) && ["failed", "paused"].includes(job.status) && job.seq !== answered;
    const isUnderWay = item.state === "waiting" || item.state === "sending";
    if (isUnderWay) sending();
    // Drawn anew only where something else is to be told: a password that is half written stays.
    const now = isFailed ? `${job.failure.code} ${job.failure.message}` : item.state;
    if (shown === now) return;
    shown = now;
    bar.hidden = !isUnderWay;
    if (!isUnderWay) say(told, bytes(item.size));
    stop.setAttribute("aria-label", `${item.state === "sent" ? "Dismiss" : "Cancel"} ${item.name}`);
    if (isFailed) failed(job);
    else if (item.state === "sent") tell(false, link());
    else if (item.state === "refused") tell(true, problemBox(item.problem), again());
    else { tell(false); sending(); }
  }
  return { element, update };
}
