import { h, setCurrent } from "../core/dom.mjs";
import { onFrame } from "../core/frame.mjs";
import { previewAddress } from "../net/api.mjs";

const height = 138; // pixels from one page to the next, as page.css has it
const overscan = 3; // pages drawn beyond the edges

/** The pages in small; only those about the sight exist. */
export function thumbnails(model, ends, turn) {
  const list = h("ol", { class: "thumbs" });
  const element = h("nav", { class: "thumb-column", "aria-label": "Pages" }, list);
  const drawn = new Map();
  let count = 0;
  let marked = 0;
  ends.listen(list, "click", (event) => {
    const button = event.target.closest("button");
    if (button) turn(Number(button.dataset.page));
  });

  function make(page) {
    const item = h("li", { "aria-setsize": count, "aria-posinset": page },
      h("button", { class: "thumb", data: { page } }, h("img", { src: previewAddress(model.id, page), alt: "", decoding: "async", width: 72, height: 102 }), h("span", {}, h("span", { class: "hidden-visually" }, "Page "), String(page))));
    item.style.transform = `translateY(${(page - 1) * height}px)`;
    setCurrent(item.firstChild, page === marked);
    return item;
  }

  function draw() {
    if (ends.isOver) return;
    // Where the column is not shown, no image is asked for.
    const isShown = element.clientHeight > 0;
    const first = Math.max(1, Math.floor(element.scrollTop / height) + 1 - overscan);
    const last = isShown ? Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / height) + overscan) : 0;
    for (const [page, item] of drawn) {
      // What has the focus keeps it.
      if ((page >= first && page <= last) || (page <= count && item.contains(document.activeElement))) continue;
      item.remove();
      drawn.delete(page);
    }
    for (let page = first; page <= last; page += 1) if (!drawn.has(page)) drawn.set(page, make(page));
    // In the order of the pages, which is that of Tab.
    [...drawn.keys()].sort((a, b) => a - b).forEach((page, at) => {
      const item = drawn.get(page);
      if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
    });
  }

  const ask = () => onFrame(draw);
  ends.listen(element, "scroll", ask, { passive: true });
  const observer = new ResizeObserver(ask);
  observer.observe(element);
  ends.add(() => observer.disconnect());

  function mark(page) {
    for (const [each, item] of drawn) setCurrent(item.firstChild, each === page);
    marked = page;
    const top = (page - 1) * height;
    if (top < element.scrollTop || top + height > element.scrollTop + element.clientHeight) element.scrollTop = top - element.clientHeight / 2;
    ask();
  }
  return {
    element, mark,
    resize(pages) {
      if (pages === count) return;
      count = pages;
      list.style.height = `${count * height}px`;
      for (const item of drawn.values()) item.setAttribute("aria-setsize", count);
      if (marked) mark(marked); else ask();
    },
  };
}
