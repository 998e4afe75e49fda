import { h, replace } from "../core/dom.mjs";
import { previewAddress } from "../net/api.mjs";

/** The pages in small; images are loaded when they come into sight. */
export function thumbnails(model, ends, turn) {
  const list = h("ol", { class: "thumbs" });
  const element = h("nav", { class: "thumb-column", "aria-label": "Pages" }, list);
  let count = 0;
  let marked;
  ends.listen(list, "click", (event) => {
    const button = event.target.closest("button");
    if (button) turn(Number(button.dataset.page));
  });
  const make = (page) => h("li", {}, h("button", { class: "thumb", data: { page } }, h("img", { src: previewAddress(model.id, page), alt: "", loading: "lazy", decoding: "async", width: 72, height: 102 }), h("span", {}, h("span", { class: "hidden-visually" }, "Page "), String(page))));
  return {
    element,
    resize(pages) {
      if (pages === count) return;
      if (pages < count) replace(list);
      for (let page = list.childElementCount + 1; page <= pages; page += 1) list.append(make(page));
      count = pages;
      if (marked) this.mark(marked);
    },
    mark(page) {
      marked = page;
      list.querySelector('[aria-current="true"]')?.removeAttribute("aria-current");
      const button = list.children[page - 1]?.firstChild;
      if (!button) return;
      button.setAttribute("aria-current", "true");
      const { offsetTop, offsetHeight } = button;
      if (offsetTop < element.scrollTop || offsetTop + offsetHeight > element.scrollTop + element.clientHeight) element.scrollTop = offsetTop - element.clientHeight / 2;
    },
  };
}
