import { h, replace } from "../core/dom.mjs";
import { formatNames, formats, stageOf } from "../model/stages.mjs";
import { problemBox } from "./problem.mjs";

/**
 * The options of every stage, from the plan that the server tells: what it adds appears here by itself.
 *
 * `read()` gives the wishes of a submission; only what differs from its default is in them.
 */
export function optionsForm(app, { only } = {}) {
  const element = h("div", { class: "options" });
  const controls = new Map();
  const chosenFormats = new Map();
  let pages;
  let password;
  let until;
  let isLoaded = false;

  async function load() {
    if (isLoaded) return;
    isLoaded = true;
    try {
      draw(await app.stages());
    } catch (problem) {
      isLoaded = false;
      replace(element, problemBox(problem));
    }
  }

  function draw(plan) {
    const sections = plan.filter((stage) => stage.options.length > 0 && (!only || only.includes(stage.stage)))
      .map((stage) => h("details", { class: "option-stage", open: Boolean(only) },
        h("summary", {}, h("span", { class: "stage-number" }, String(stage.number)), stage.stage, h("span", { class: "quiet" }, stageOf(stage.stage)?.finds ?? "")),
        h("div", { class: "form-grid" }, stage.options.map((option) => field(stage.stage, option)))));
    if (only) return replace(element, sections);
    pages = h("input", { type: "text", id: "wish-pages", placeholder: "all, or 1-5,9", spellcheck: "false" });
    password = h("input", { type: "password", id: "wish-password", autocomplete: "off" });
    until = h("select", { id: "wish-until" }, h("option", { value: "" }, "the last stage"), plan.map((stage) => h("option", { value: stage.stage }, stage.stage)));
    return replace(element,
      h("fieldset", { class: "format-choice" }, h("legend", {}, "Formats"), formats.map((format) => {
        const box = h("input", { type: "checkbox", checked: ["md", "json"].includes(format) });
        chosenFormats.set(format, box);
        return h("label", { class: "check" }, box, formatNames[format]);
      })),
      h("div", { class: "form-grid" },
        labelled("wish-pages", "Pages", pages), labelled("wish-until", "Run until", until), labelled("wish-password", "Password, if it needs one", password)),
      sections);
  }

  function field(stage, option) {
    const name = `${stage}.${option.name}`;
    const id = `option-${name.replace(".", "-")}`;
    const control = controlFor(option, id);
    controls.set(name, control);
    const help = h("span", { class: "help", id: `${id}-help` }, option.help);
    control.input.setAttribute("aria-describedby", `${id}-help`);
    if (option.kind === "flag") return h("div", { class: "field" }, h("label", { class: "check" }, control.input, option.name), help);
    return h("div", { class: "field" }, h("label", { for: id }, option.name), control.input, help);
  }

  function read() {
    if (!isLoaded || controls.size === 0) return only ? { options: {} } : { options: { formats: ["md", "json"] } };
    const set = {};
    for (const [name, control] of controls) {
      const value = control.read();
      if (value !== undefined) set[name] = value;
    }
    if (only) return { options: set };
    const options = { formats: formats.filter((format) => chosenFormats.get(format).checked), set };
    if (pages.value.trim()) options.pages = pages.value.trim();
    if (until.value) options.until = until.value;
    return { options, password: password.value };
  }
  return { element, load, read };
}

const labelled = (id, text, input) => h("div", { class: "field" }, h("label", { for: id }, text), input);

/** A control with `read()`, which gives undefined where the default stands. */
function controlFor(option, id) {
  const standard = Array.isArray(option.default) ? option.default.join("+") : option.default;
  switch (option.kind) {
    case "flag": {
      const input = h("input", { type: "checkbox", id, checked: option.default });
      return { input, read: () => (input.checked === option.default ? undefined : input.checked) };
    }
    case "choice": {
      const input = h("select", { id }, option.choices.map((choice) => h("option", { value: choice }, choice)));
      input.value = option.default;
      return { input, read: () => (input.value === option.default ? undefined : input.value) };
    }
    case "integer":
    case "number": {
      const input = h("input", { type: "number", id, min: option.minimum, max: option.maximum, step: option.kind === "integer" ? 1 : "any", placeholder: String(standard) });
      return {
        input,
        read() {
          if (input.value === "") return undefined;
          if (!input.checkValidity()) throw Object.assign(new Error(`${option.name}: ${input.validationMessage}`), { code: "invalid_option" });
          return Number(input.value);
        },
      };
    }
    default: {
      const input = h("input", { type: "text", id, placeholder: standard === "" ? "none" : String(standard ?? ""), spellcheck: "false" });
      return {
        input,
        read() {
          const text = input.value.trim();
          if (text === "") return undefined;
          return option.kind === "list" ? text.split(/[+,\s]+/) : text;
        },
      };
    }
  }
}
