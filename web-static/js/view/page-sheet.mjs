import { h, replace, s } from "../core/dom.mjs";
import { percent } from "../core/format.mjs";
import { previewAddress } from "../net/api.mjs";
import { arrowHead, drawings, outline } from "./page-drawing.mjs";
import { layers } from "../model/layers.mjs";

const least = 0.25;
const most = 8;
const screen = 96 / 72; // CSS pixels of a point at 100 %
const slack = 4; // CSS pixels that a hand moves while it clicks: more is meant to move the page

/** The page's image with its layers: zoomed and panned as a PDF reader does it, boxes that can be chosen. */
export function pageSheet(job, ends, { choose }) {
  const image = h("img", { class: "sheet-image", alt: "", decoding: "async" });
  const groups = new Map(layers.map((layer) => [layer.id, s("g", { class: `layer layer-${layer.id}` })]));
  const marks = s("g", { class: "marks" });
  const svg = s("svg", { class: "sheet-layers", "aria-hidden": "true" }, arrowHead(), [...groups.values()], marks);
  const sheet = h("div", { class: "sheet sheet-waiting" }, image, svg);
  const view = h("div", { class: "sheet-view", tabindex: 0, role: "region", "aria-label": "Page image" }, sheet);
  const zoomed = h("span", { class: "zoom-told number" }, "");
  let size = { width: 595, height: 842 };
  let scale = 0; // 0 fits the width
  let data;
  let shown = new Set();
  const drawn = new Map();

  const fitting = () => Math.max(least, Math.min((view.clientWidth - 24) / size.width, (Math.max(320, view.clientHeight) - 24) / size.height * 1.9) / screen);
  const now = () => scale || fitting();

  function layout() {
    const factor = now() * screen;
    sheet.style.width = `${size.width * factor}px`;
    sheet.style.height = `${size.height * factor}px`;
    zoomed.textContent = percent(now());
  }

  /** Zooms about a place of the view, which stays where it is. */
  function zoomTo(target, x = view.clientWidth / 2, y = view.clientHeight / 2) {
    const before = now();
    scale = target === 0 ? 0 : Math.min(most, Math.max(least, target));
    const factor = now() / before;
    layout();
    view.scrollLeft = (view.scrollLeft + x) * factor - x;
    view.scrollTop = (view.scrollTop + y) * factor - y;
  }

  function drawLayers() {
    for (const [id, group] of groups) {
      const isShown = shown.has(id) && data !== undefined;
      group.toggleAttribute("hidden", !isShown);
      group.style.display = isShown ? "" : "none";
      if (!isShown || drawn.get(id) === data) continue;
      drawn.set(id, data);
      replace(group, drawings[id](data));
    }
  }

  ends.listen(svg, "click", (event) => {
    // What ends a pan is no choice.
    if (isPanned) return;
    const shape = event.target.closest("[data-kind]");
    choose(shape ? { kind: shape.dataset.kind, index: shape.dataset.index } : undefined);
  });
  ends.listen(view, "wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = view.getBoundingClientRect();
    zoomTo(now() * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  let held;
  let isPanned = false;
  ends.listen(view, "pointerdown", (event) => {
    isPanned = false;
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    held = { x: event.clientX, y: event.clientY };
  });
  ends.listen(window, "pointermove", (event) => {
    if (!held || !(event.buttons & 1)) { held = undefined; return; }
    isPanned ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > slack;
    if (!isPanned) return;
    view.scrollBy(held.x - event.clientX, held.y - event.clientY);
    held = { x: event.clientX, y: event.clientY };
  });
  const observer = new ResizeObserver(() => { if (!scale) layout(); });
  observer.observe(view);
  ends.add(() => observer.disconnect());

  return {
    element: view, zoomed, zoomBy: (factor) => zoomTo(now() * factor), fit: () => zoomTo(0),
    /** Another page, before its data are there: image and size, so that nothing jumps. */
    turn(number, pageSize) {
      data = undefined;
      if (pageSize) size = pageSize;
      image.alt = `Page ${number}`;
      image.src = previewAddress(job, number);
      svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
      replace(marks);
      drawLayers();
      layout();
    },
    fill(content) {
      data = content;
      // The image may not have been made when it was first asked for.
      if (image.complete && image.naturalWidth === 0) image.src = image.src;
      size = content.content.size;
      svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
      layout();
      drawLayers();
    },
    /** Before its size is known the page is not shown: it would only jump. */
    reveal: () => sheet.classList.remove("sheet-waiting"),
    show(ids) { shown = new Set(ids); drawLayers(); },
    /** Marks boxes; the first comes into sight. */
    mark(boxes, kind = "chosen", { isMoved = false } = {}) {
      replace(marks, boxes.map((box) => outline(box, kind)));
      const [first] = boxes;
      if (!first || !isMoved) return;
      const factor = now() * screen;
      const [top, bottom] = [first.top * factor + sheet.offsetTop, first.bottom * factor + sheet.offsetTop];
      if (top < view.scrollTop || bottom > view.scrollTop + view.clientHeight) view.scrollTop = top - view.clientHeight / 3;
      const left = first.left * factor + sheet.offsetLeft;
      if (left < view.scrollLeft || left > view.scrollLeft + view.clientWidth) view.scrollLeft = left - 40;
    },
  };
}
