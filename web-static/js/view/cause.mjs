import { h } from "../core/dom.mjs";
import { short, shorten } from "../core/format.mjs";

const courses = {
  ran: "It ran here", found: "Found under its key: nothing ran", forced: "It ran by force", gap: "Given up", skipped: "Not tried: what it needs is missing",
  pinned: "A person put it there", imported: "It came with the job",
};
const reasons = {
  first: "for the first time", option: "because an option changed", upstream: "because something upstream changed", version: "because the stage is newer",
  engine: "because an engine changed", retry: "again, after a failure",
};

const value = (any) => (any === null || any === undefined ? "–" : typeof any === "string" && any.startsWith("sha256:") ? short(any) : typeof any === "string" ? any : JSON.stringify(any));

/** Why a result is what it is, in a sentence and the differences that made it run. */
export function causeOf(told) {
  const cause = told.cause ?? {};
  const course = courses[cause.course] ?? (cause.course ?? "").replaceAll("_", " ");
  const reason = reasons[cause.reason] ?? (cause.reason ? `(${cause.reason.replaceAll("_", " ")})` : "");
  const differences = told.differences ?? [];
  const isStale = told.outlook && told.outlook.fresh === false;
  return [
    h("h3", {}, "Why"),
    h("p", {}, [course, reason].filter(Boolean).join(" "), "."),
    differences.length > 0 ? h("ul", { class: "differences" }, differences.slice(0, 6).map((each) => h("li", {}, h("code", {}, each.what), " ", shorten(value(each.old), 32), " → ", shorten(value(each.new), 32)))) : null,
    isStale ? h("p", { class: "tone-warn" }, "Made with other programs than are installed now.") : null,
    h("p", { class: "quiet" }, "content ", h("code", {}, short(told.content)), told.dependents?.length ? `, ${told.dependents.length} units read it` : ""),
  ];
}
