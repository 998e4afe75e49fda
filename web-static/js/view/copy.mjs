import { h, icon, say } from "../core/dom.mjs";
import { notice } from "./notice.mjs";

/** A button that copies what `text()` gives, and says that it has. */
export function copyButton(label, text) {
  const word = h("span", { "aria-live": "polite" }, label);
  return h("button", { on: { click: async () => {
    try {
      await navigator.clipboard.writeText(text());
      say(word, "Copied");
      setTimeout(() => say(word, label), 1_500);
    } catch {
      // Browsers lend the clipboard only over HTTPS or from this machine.
      notice("The browser did not lend its clipboard: it does so over HTTPS only.", { kind: "bad" });
    }
  } } }, icon("copy"), word);
}
