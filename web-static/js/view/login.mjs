import { h, replace } from "../core/dom.mjs";
import { signIn } from "../net/api.mjs";
import { problemBox } from "./problem.mjs";

/** Asks for a key. The key goes to the server once and comes back as a cookie that no script can read. */
export function showLogin(main, whenIn) {
  const answer = h("div", { "aria-live": "polite" });
  const key = h("input", { type: "password", id: "key", name: "key", autocomplete: "current-password", required: true, spellcheck: "false" });
  const button = h("button", { class: "primary", type: "submit" }, "Sign in");
  const form = h("form", { class: "login panel" },
    h("h1", {}, "Sign in"),
    h("p", { class: "quiet" }, "This server asks for an API key. Whoever runs it makes one with ", h("code", {}, "sheaf keys add"), "."),
    h("div", { class: "field" }, h("label", { for: "key" }, "API key"), key),
    answer,
    h("div", {}, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    replace(answer);
    try {
      await whenIn(await signIn(key.value.trim()));
    } catch (problem) {
      button.disabled = false;
      key.setAttribute("aria-invalid", "true");
      replace(answer, problemBox(problem));
      key.select();
    }
  });
  replace(main, form);
  key.focus();
}
