import { h, replace } from "../core/dom.mjs";
import { onFrame } from "../core/frame.mjs";

const most = 300; // lines drawn at once: some screens of them
const margin = 600; // pixels beyond the edges at which more are drawn, so that fast scrolling shows no gaps
const tallest = 12_000_000; // pixels of a spacer: browsers draw nothing taller than some thirty million

/**
 * Lines of whatever height, of which only those about the sight exist: as many as a book has would stop the page.
 *
 * `makeLine(index)` gives an element. What encloses `element` scrolls. Heights of lines that are not drawn are taken for
 * those that are, on average; what is in sight stays where it is when others come and go.
 */
export function lineWindow(ends, makeLine) {
  const [above, body, below] = [h("div"), h("div"), h("div")];
  const element = h("div", { class: "line-window" }, above, body, below);
  let count = 0;
  let first = 0;
  let mean = 0;

  const box = () => element.closest(".tab-panel");
  const rowOf = (index) => body.children[index - first];
  const space = (lines) => lines * Math.min(mean, tallest / Math.max(1, count));

  function draw(about) {
    first = Math.max(0, Math.min(count - most, about - most / 2));
    replace(body, Array.from({ length: Math.min(most, count - first) }, (_, at) => makeLine(first + at)));
    mean = body.offsetHeight / Math.max(1, body.childElementCount);
    above.style.height = `${space(first)}px`;
    below.style.height = `${space(count - first - body.childElementCount)}px`;
  }

  /** Draws other lines where the sight comes near the end of those that are drawn. */
  function follow() {
    const scroller = box();
    if (ends.isOver || !scroller?.clientHeight || count === 0) return;
    const sight = scroller.getBoundingClientRect();
    const drawn = body.getBoundingClientRect();
    const isShort = (drawn.top > sight.top - margin && first > 0) || (drawn.bottom < sight.bottom + margin && first + body.childElementCount < count);
    if (mean > 0 && !isShort) return;
    // The line that is in sight holds its place; after a jump there is none, and the place tells the line.
    const held = [...body.children].find((row) => { const { top, bottom } = row.getBoundingClientRect(); return bottom > sight.top && top < sight.bottom; });
    const index = held ? first + [...body.children].indexOf(held) : Math.min(count - 1, Math.floor(count * scroller.scrollTop / Math.max(1, element.offsetHeight)));
    const top = held ? held.getBoundingClientRect().top : sight.top;
    const isAtEnd = !held && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
    draw(index);
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
    else scroller.scrollTop += (rowOf(index)?.getBoundingClientRect().top ?? top) - top;
  }

  const ask = () => onFrame(follow);
  // Scrolling does not bubble: whatever encloses the lines is heard on its way down.
  ends.listen(document, "scroll", (event) => { if (event.target === box()) ask(); }, { capture: true, passive: true });
  const observer = new ResizeObserver(ask);
  observer.observe(element);
  ends.add(() => observer.disconnect());

  return {
    element,
    resize(lines) { count = lines; draw(0); },
    /** Draws them anew, e.g. because others are marked. */
    redraw: () => draw(first + most / 2),
    /** Brings a line to the middle of the sight. */
    reveal(index) {
      draw(index);
      rowOf(index)?.scrollIntoView({ block: "center" });
    },
  };
}
