import { h } from "../core/dom.mjs";
import { onFrame } from "../core/frame.mjs";

const overscan = 6; // rows drawn beyond the edges, so that fast scrolling shows no gaps

/**
 * Rows of equal height, of which only those in sight exist. They are made once and filled anew, so scrolling through
 * ten thousand makes no elements and no garbage.
 *
 * `makeRow()` gives `{element, fill(index)}`. The window scrolls, not a box within it.
 */
export function virtualList({ height, makeRow, label }) {
  const element = h("div", { class: "rows", role: "rowgroup", "aria-label": label });
  const rows = [];
  let count = 0;
  let first = -1;
  let rowHeight = height();
  let whenEnd = () => {};

  function draw() {
    rowHeight = height();
    element.style.height = `${count * rowHeight}px`;
    const top = element.getBoundingClientRect().top;
    const visible = Math.ceil(innerHeight / rowHeight) + 2 * overscan;
    const start = Math.max(0, Math.min(count - visible, Math.floor(-top / rowHeight) - overscan));
    const needed = Math.min(visible, count);
    while (rows.length < needed) {
      const row = makeRow();
      row.element.setAttribute("role", "row");
      row.shown = -1;
      rows.push(row);
      element.append(row.element);
    }
    first = start;
    for (let place = 0; place < rows.length; place += 1) {
      // A row keeps its index while it stays in sight: only what comes in is filled.
      const index = start + ((place - (start % rows.length)) + rows.length) % rows.length;
      const row = rows[place];
      const isUsed = index < count && index < start + needed;
      if (row.element.hidden === isUsed) row.element.hidden = !isUsed;
      if (!isUsed) { row.shown = -1; continue; }
      if (row.shown !== index) {
        row.shown = index;
        row.element.style.transform = `translateY(${index * rowHeight}px)`;
        row.element.setAttribute("aria-rowindex", index + 2);
      }
      row.fill(index);
    }
    if (count > 0 && start + needed > count - 60) whenEnd();
  }

  const ask = () => onFrame(draw);
  return {
    element,
    draw: ask,
    set whenEnd(handler) { whenEnd = handler; },
    resize(newCount) { count = newCount; ask(); },
    relayout() { for (const row of rows) row.shown = -1; ask(); },
    row: (index) => rows.find((row) => row.shown === index),
    get first() { return first; },
    /** Brings a row into sight and gives it once it is drawn. */
    reveal(index, then) {
      const top = element.getBoundingClientRect().top + index * rowHeight;
      const head = 110; // pixels that the bar and the list's head cover
      if (top < head) scrollBy(0, top - head); else if (top + rowHeight > innerHeight) scrollBy(0, top + rowHeight - innerHeight + 8);
      draw();
      then?.(rows.find((row) => row.shown === index));
    },
    start(ends) {
      ends.listen(window, "scroll", ask, { passive: true });
      ends.listen(window, "resize", () => { for (const row of rows) row.shown = -1; ask(); });
    },
  };
}
