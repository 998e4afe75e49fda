import { h, replace } from "../core/dom.mjs";
import * as api from "../net/api.mjs";
import { problemBox } from "./problem.mjs";

/** Whether a job stopped for want of the document's password. */
export const needsPassword = (failure) => failure?.code === "password_required" || failure?.code === "password_wrong";

/** Asks for the password and lets the job go on with it; the server keeps it in memory only. */
export function passwordForm(job, whenDone) {
  const password = h("input", { type: "password", "aria-label": `Password of ${job.name}`, placeholder: "Password", autocomplete: "off" });
  const trouble = h("div", {});
  const button = h("button", {}, "Go on");
  const form = h("form", { class: "again" }, password, button, trouble);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await api.resumeJob(job.id, { password: password.value });
      whenDone();
    } catch (problem) {
      replace(trouble, problemBox(problem));
    } finally { button.disabled = false; }
  });
  return form;
}
