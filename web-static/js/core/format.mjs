/** Numbers as people read them. Digits are tabular in the views, so widths hold still. */

export const count = new Intl.NumberFormat("en").format;

export function plural(number, noun, nouns = `${noun}s`) {
  return `${count(number)} ${number === 1 ? noun : nouns}`;
}

export function bytes(number) {
  if (number === undefined || number === null) return "–";
  if (number < 1000) return `${number} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = number;
  let unit = -1;
  do { value /= 1000; unit += 1; } while (value >= 999.5 && unit < units.length - 1);
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function seconds(value) {
  if (value === undefined || value === null || !Number.isFinite(value)) return "–";
  if (value < 0.0995) return `${Math.max(0, Math.round(value * 1000))} ms`;
  if (value < 9.95) return `${value.toFixed(1)} s`;
  if (value < 99.5) return `${Math.round(value)} s`;
  const minutes = Math.round(value / 60);
  return minutes < 100 ? `${Math.floor(value / 60)} min ${String(Math.floor(value % 60)).padStart(2, "0")}` : `${(value / 3600).toFixed(1)} h`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A moment given in seconds since 1970: the time of day for today, else the date. */
export function moment(value, now = Date.now()) {
  if (!value) return "–";
  const then = new Date(value * 1000);
  return new Date(now).toDateString() === then.toDateString() ? clock.format(then) : date.format(then);
}

export const exactMoment = (value) => (value ? full.format(new Date(value * 1000)) : "–");
export const percent = (value) => `${Math.round(value * 100)} %`;
export const short = (digest) => (digest ? digest.replace(/^sha256:/, "").slice(0, 12) : "–");
export const shorten = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
