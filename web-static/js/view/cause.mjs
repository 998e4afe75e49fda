import { h } from "../core/dom.mjs";
import { short, shorten } from "../core/format.mjs";

const courses = {
  ran: "It ran here", found: "Found under its key: nothing ran", pinned: "A person put it there", gap: "Given up", upstream_gap: "Not tried: what it needs is missing",
  failed: "It failed", cancelled: "It was cancelled", open: "It has not run yet",
};
const reasons = {
  first: "for the first time", changed: "because something that it reads changed", forced: "by force", again: "again, though nothing had changed",
};

const value = (any) => (any === null || any === undefined ? "–" : typeof any === "string" && any.startsWith("sha256:") ? short(any) : typeof any === "string" ? any : JSON.stringify(any));

/** Why a result is what it is, in a sentence and the differences that made it run. */
export function causeOf(told) {
  const cause = told.cause ?? {};
  const course = courses[cause.course] ?? (cause.course ?? "").replaceAll("_", " ");
  const reason = reasons[cause.reason] ?? (cause.reason ? `(${cause.reason.replaceAll("_", " ")})` : "");
  const differences = told.differences ?? [];
  const isStale = told.outlook?.verdict === "stale";
  return [
    h("h3", {}, "Why"),
    h("p", {}, [course, reason].filter(Boolean).join(" "), "."),
    differences.length > 0 ? h("ul", { class: "differences" }, differences.slice(0, 6).map((each) => h("li", {}, h("code", {}, each.what), " ", shorten(value(each.old), 32), " → ", shorten(value(each.new), 32)))) : null,
    isStale ? h("p", { class: "tone-warn" }, "Made with other programs than are installed now.") : null,
    h("p", { class: "quiet" }, "content ", h("code", {}, short(told.content)), told.dependents?.length ? `, ${told.dependents.length} units read it` : ""),
  ];
}
