// What plugins failed on, kept until somebody decides.

import { get, post } from "./api.mjs";
import { askFor } from "./dialogs.mjs";
import { byId, element, keyed, setAttribute, setText } from "./dom.mjs";
import { outcome } from "./plugins.mjs";
import { counted, moment, number, shown } from "./text.mjs";

const LISTED = 100;
const COLUMNS = ["", "Entry", "Event", "Parked", "Attempts", "Why"];

export class ParkedView {
  #entries = [];
  #chosen = new Set();
  #known = "";
  #changed;
  #mayAct = false;
  #buttons;

  constructor(changed) {
    this.#changed = changed;
  }

  /** Reads the list again if any of the counters has moved. */
  async refresh(status) {
    const known = JSON.stringify(status.plugins.map((one) => [one.name, one.subscription, one.parked, one.parkedNow]));
    if (known === this.#known) {
      return;
    }
    const entries = [];
    const names = status.plugins.filter((one) => one.parkedNow > 0).map((one) => one.name);
    for (const plugin of new Set(names)) {
      const answer = await get("parked", { plugin, limit: LISTED });
      entries.push(...answer.parked);
    }
    this.#entries = entries;
    this.#known = known;
  }

  show(status, mayAct, now) {
    const count = status.plugins.reduce((sum, plugin) => sum + plugin.parkedNow, 0);
    this.#mayAct = mayAct;
    byId("parked-panel").hidden = count === 0;
    setText(byId("parked-sum"), count > this.#entries.length ? "the first " + this.#entries.length + " of " + number(count) : number(count));
    this.#build();
    const [grid] = byId("parked").children;
    const keys = new Set(this.#entries.map(keyOf));
    this.#chosen = new Set([...this.#chosen].filter((key) => keys.has(key)));
    keyed(grid.tBodies[0], this.#entries, keyOf, (one) => this.#row(one), (row, one) => this.#fill(row, one, now));
    this.#enable();
  }

  #build() {
    const host = byId("parked");
    if (host.firstElementChild) {
      return;
    }
    const heads = COLUMNS.map((label) => element("th", { scope: "col" }, label === "" ? element("span", { class: "hidden" }, "Choose") : label));
    const grid = element("table", { class: "rows parked" }, element("caption", { class: "hidden" }, "Parked entries"), element("thead", {}, element("tr", {}, ...heads)), element("tbody"));
    const some = element("button", { type: "button" }, "Redrive chosen");
    const all = element("button", { type: "button" }, "Redrive all");
    some.addEventListener("click", () => this.#ask(this.#entries.filter((one) => this.#chosen.has(keyOf(one))), false));
    all.addEventListener("click", () => this.#ask(this.#entries, true));
    this.#buttons = [some, all];
    host.append(grid, element("div", { class: "buttons" }, some, all));
  }

  #row(entry) {
    const key = keyOf(entry);
    const box = element("input", { type: "checkbox", "aria-label": "Choose entry " + entry.sequence + " of " + shown(entry.plugin, 60) });
    box.addEventListener("change", () => {
      this.#chosen[box.checked ? "add" : "delete"](key);
      this.#enable();
    });
    const cells = COLUMNS.map((label) => element("td", { "data-label": label }));
    cells[0].append(box);
    cells[1].append(element("span", { class: "name" }), element("small"));
    return element("tr", {}, ...cells);
  }

  #fill(row, entry, now) {
    const [choose, what, event, when, attempts, why] = row.cells;
    choose.firstElementChild.checked = this.#chosen.has(keyOf(entry));
    choose.firstElementChild.hidden = !this.#mayAct;
    setText(what.children[0], "#" + entry.sequence);
    setText(what.children[1], shown(entry.plugin, 60));
    setText(event, shown(entry.event ?? "gap"));
    setText(when, moment(Date.parse(entry.parkedAt), now));
    setText(attempts, attemptsOf(entry));
    setText(why, shown(entry.problem, 300));
  }

  #enable() {
    const [some, all] = this.#buttons;
    some.hidden = !this.#mayAct;
    all.hidden = !this.#mayAct;
    setAttribute(some, "disabled", this.#chosen.size === 0);
  }

  #ask(entries, all) {
    const groups = new Map();
    for (const entry of entries) {
      const key = JSON.stringify([entry.plugin, entry.subscription]);
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    const names = [...groups.values()].map((group) => shown(group[0].plugin, 60));
    const lines = [
      (all ? "Everything that is parked" : counted(entries.length, "entry", "entries")) + " of " + names.join(", ") + ".",
      "It is delivered again within a second if the plugin runs, else at its next start. What fails again is parked again.",
    ];
    askFor("Redrive", lines, "Redrive", [], () => this.#redrive([...groups.values()], all));
  }

  async #redrive(groups, all) {
    const said = [];
    for (const group of groups) {
      const [{ plugin, subscription }] = group;
      const which = all ? { all: true } : { sequences: group.map((one) => one.sequence) };
      const answer = await post("plugins/" + encodeURIComponent(plugin) + "/redrive", { subscription, ...which });
      said.push(outcome(answer));
    }
    this.#chosen.clear();
    this.#changed();
    return said.join("\n");
  }
}

function attemptsOf(entry) {
  const made = entry.attempts === 0 ? "waits for an earlier one" : number(entry.attempts);
  return entry.redrive ? made + ", to be redriven" : made;
}

function keyOf(entry) {
  return entry.sequence + " " + entry.plugin + " " + entry.subscription;
}
