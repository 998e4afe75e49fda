import { unitStates } from "../model/states.mjs";

/** The theme's colours for canvases, read once and again when the theme turns. */
let colours;

export function palette() {
  if (colours) return colours;
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  colours = {
    units: unitStates.map((name) => (name === "none" ? "transparent" : read(`--unit-${name}`))),
    groups: Object.fromEntries(["read", "see", "order", "mean", "write"].map((name) => [name, read(`--group-${name}`)])),
    pinned: read("--unit-pinned"), ink: read("--ink"), quiet: read("--ink-3"), line: read("--line"), raised: read("--raised"), sunken: read("--sunken"), accent: read("--accent"), bad: read("--bad"),
    sans: getComputedStyle(document.body).fontFamily,
  };
  return colours;
}

export function watchPalette(ends, whenChanged) {
  const forget = () => { colours = undefined; whenChanged(); };
  ends.listen(window, "themechange", forget);
  ends.listen(matchMedia("(prefers-color-scheme: dark)"), "change", forget);
}

/** Sizes a canvas to its place, sharp on every screen. Returns its context, in CSS pixels. */
export function fit(canvas, width, height) {
  const ratio = Math.min(devicePixelRatio || 1, 3);
  const [w, hgt] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== hgt) canvas.height = hgt;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
