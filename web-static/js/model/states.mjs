/** States of jobs and units: words, tones and marks. A state is never told by colour alone. */

export const jobStates = {
  queued: { word: "queued", tone: "quiet", mark: "ring" },
  running: { word: "running", tone: "live", mark: "half" },
  paused: { word: "paused", tone: "warn", mark: "pause" },
  completed: { word: "completed", tone: "good", mark: "dot" },
  completed_with_errors: { word: "with errors", tone: "warn", mark: "part" },
  failed: { word: "failed", tone: "bad", mark: "cross" },
  cancelled: { word: "cancelled", tone: "quiet", mark: "dash" },
};

export const isFinished = (status) => status === "completed" || status === "completed_with_errors" || status === "failed" || status === "cancelled";

export const unitStates = ["none", "waiting", "ready", "running", "done", "reused", "gap", "failed", "cancelled"];
export const unitState = Object.freeze(Object.fromEntries(unitStates.map((name, index) => [name, index])));

/** Which state of several a narrow column shows: the one to look at first. */
export const urgency = Uint8Array.from([0, 2, 3, 7, 4, 1, 8, 9, 5]);
