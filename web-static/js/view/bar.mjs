import { h, icon, replace, say } from "../core/dom.mjs";
import { signOut } from "../net/api.mjs";
import { showKeys } from "./keys.mjs";

const words = { idle: "", connecting: "connecting …", open: "live", refused: "not allowed" };

/** The line on top: where one is, how the connection is, who one is. */
export function drawBar(app) {
  const nav = document.getElementById("nav");
  const link = h("span", { class: "link-state", role: "status", data: { state: "idle" } });
  const user = h("span", { class: "quiet" });
  const leave = h("button", { class: "plain", hidden: true, on: { click: async () => { await signOut(); location.reload(); } } }, "Sign out");
  const links = [["Jobs", "#/"], ["System", "#/system"]].map(([text, href]) => h("a", { href }, text));
  replace(nav, links);
  replace(document.getElementById("bar-end"), link, user, leave,
    h("button", { class: "plain", "aria-label": "Theme", title: "Theme", on: { click: turnTheme } }, icon("sun")),
    h("button", { class: "plain", "aria-label": "Keyboard shortcuts", title: "Keyboard shortcuts", on: { click: showKeys } }, icon("help")));

  let timer = 0;
  function connection(socket) {
    clearInterval(timer);
    link.dataset.state = socket.state;
    const tell = () => {
      const left = Math.ceil((socket.retryAt - Date.now()) / 1000);
      say(link, left > 1 ? `reconnecting in ${left} s` : "reconnecting …");
    };
    if (socket.state !== "waiting") return say(link, words[socket.state] ?? socket.state);
    tell();
    timer = setInterval(tell, 1000);
  }

  return {
    connection,
    place(parts) {
      links.forEach((each, index) => {
        if ((index === 1) === (parts[0] === "system")) each.setAttribute("aria-current", "page"); else each.removeAttribute("aria-current");
      });
    },
    session(session) {
      leave.hidden = !session?.authentication;
      say(user, session?.name ? `${session.name} (${session.role})` : "");
    },
  };
}

function turnTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  // Where storage is forbidden the choice lasts as long as the page.
  try { localStorage.setItem("sheaf.theme", root.dataset.theme); } catch { /* see above */ }
  dispatchEvent(new Event("themechange"));
}
