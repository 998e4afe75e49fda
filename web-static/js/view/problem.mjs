import { h } from "../core/dom.mjs";

/** What went wrong, in the server's words, with what to try. */
export function problemBox(problem) {
  const after = problem.retryAfter ? `Try again in ${Math.ceil(problem.retryAfter)} s.` : "";
  return h("div", { class: "problem", role: "alert" },
    h("p", {}, problem.message || "Something went wrong.", problem.code ? [" ", h("code", {}, problem.code)] : null),
    problem.hint || after ? h("p", { class: "quiet" }, [problem.hint, after].filter(Boolean).join(" ")) : null,
    problem.faults?.length ? h("ul", {}, problem.faults.slice(0, 20).map((fault) => h("li", { class: "mono" }, typeof fault === "string" ? fault : `${fault.place ?? fault.path ?? ""}: ${fault.message ?? fault.detail ?? ""}`))) : null);
}
