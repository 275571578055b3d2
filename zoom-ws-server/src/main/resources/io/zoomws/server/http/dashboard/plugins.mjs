// Plugins: how far behind, in which state and why, and what can be done about it.

import { Refused, post } from "./api.mjs";
import { askFor } from "./dialogs.mjs";
import { byId, element, keyed, setAttribute, setText } from "./dom.mjs";
import { Watched } from "./lag.mjs";
import { age, counted, duration, number, shown } from "./text.mjs";

const LEVELS = {
  running: "ok",
  starting: "idle",
  rebuilding: "idle",
  restarting: "warn",
  retrying: "warn",
  stuck: "bad",
  blocked: "bad",
  stopped: "idle",
  failed: "bad",
  abandoned: "bad",
  refused: "bad",
};

/** It does not run, and can be started. */
const DOWN = new Set(["stopped", "failed", "abandoned", "refused"]);

const COLUMNS = ["Plugin", "State", "Behind", "Handled", "Retries", "Parked", ""];

export class PluginView {
  #watched = new Map();
  #changed;

  /** changed is called after an action. */
  constructor(changed) {
    this.#changed = changed;
  }

  show(status, session, now) {
    this.#watch(status, now);
    const host = byId("plugins");
    if (!host.firstElementChild) {
      host.append(element("p", { class: "muted" }, "No plugin is configured: events are journaled, and nothing is done with them."), table());
    }
    const [none, grid] = host.children;
    setAttribute(none, "hidden", status.plugins.length > 0);
    setAttribute(grid, "hidden", status.plugins.length === 0);
    setText(byId("plugins-sum"), summary(status.plugins));
    const several = status.subscriptions.length > 1;
    keyed(grid.tBodies[0], status.plugins, (one) => one.name + " " + one.subscription, () => this.#row(), (row, one) => {
      row.plugin = one;
      this.#fill(row, one, several, session, now);
    });
  }

  #watch(status, now) {
    for (const { name, journal } of status.subscriptions) {
      if (!this.#watched.has(name)) {
        this.#watched.set(name, new Watched());
      }
      this.#watched.get(name).add(now, journal.visibleSequence);
    }
  }

  #row() {
    const cells = COLUMNS.map((label) => element(label === "Plugin" ? "th" : "td", { "data-label": label, scope: label === "Plugin" ? "row" : null }));
    cells[0].append(element("span", { class: "name" }), element("small"));
    cells[1].append(element("span", { class: "badge" }), element("small"));
    cells[2].append(element("span"), element("small"));
    const row = element("tr", {}, ...cells);
    const button = (label, act) => {
      const made = element("button", { type: "button", class: "quiet" }, label);
      made.addEventListener("click", () => act(row.plugin));
      return made;
    };
    cells[6].append(button("Pause", (plugin) => this.#pause(plugin)), button("Resume", (plugin) => this.#resume(plugin)), button("Replay …", (plugin) => this.#replay(plugin)));
    return row;
  }

  #fill(row, plugin, several, { mayAct, replays }, now) {
    const [name, state, behind, handled, retries, parked, actions] = row.cells;
    const level = LEVELS[plugin.state] ?? "warn";
    setAttribute(row, "data-level", level);
    setText(name.children[0], shown(plugin.name, 60));
    setText(name.children[1], origin(plugin, several));
    setText(state.children[0], shown(plugin.state));
    setAttribute(state.children[0], "data-level", level);
    setText(state.children[1], shown(reason(plugin, now), 400));
    setText(behind.children[0], plugin.lag === null ? "–" : plugin.lag === 0 ? "none" : counted(plugin.lag, "entry", "entries"));
    setText(behind.children[1], this.#time(plugin, now));
    setText(handled, number(plugin.handled));
    setText(retries, number(plugin.retries));
    setText(parked, number(plugin.parkedNow));
    setAttribute(parked, "data-level", plugin.parkedNow > 0 ? "warn" : null);
    const down = DOWN.has(plugin.state);
    const [pause, resume, replay] = actions.children;
    pause.hidden = !mayAct || down;
    resume.hidden = !mayAct || !down;
    replay.hidden = !mayAct || !replays;
    for (const button of actions.children) {
      setAttribute(button, "aria-label", button.textContent.replace(" …", "") + " " + shown(plugin.name, 60));
    }
  }

  /** The server's own figure where it has one, else what this page has seen. */
  #time(plugin, now) {
    if (typeof plugin.lagSeconds === "number") {
      return plugin.lagSeconds === 0 ? "" : duration(plugin.lagSeconds);
    }
    const watched = this.#watched.get(plugin.subscription);
    if (!watched || plugin.lag === null || plugin.position === null || plugin.lag === 0) {
      return "";
    }
    const { seconds, least } = watched.behind(now, plugin.position, plugin.lag);
    return (least ? "at least " : "") + age(seconds);
  }

  #pause(plugin) {
    const lines = [
      "It ends after the event it is busy with. What comes meanwhile is kept for it, and the feed and the other plugins run on.",
      "It begins again where it stopped: when it is resumed, or when the server is restarted.",
    ];
    askFor("Pause " + title(plugin), lines, "Pause", [], () => this.#act(plugin, "pause", {}));
  }

  #resume(plugin) {
    const lines = ["It begins where it stopped, with the jars that are in its folder now."];
    askFor("Resume " + title(plugin), lines, "Resume", [], () => this.#act(plugin, "resume", {}));
  }

  #replay(plugin) {
    const lines = [
      "A second instance of it is given these entries, beside the one that follows the feed. What it does elsewhere, such as sending or writing, it does again.",
    ];
    const hint = "earliest, latest, a sequence number, or a time such as 2026-11-23T20:00:00Z";
    const fields = [
      { name: "from", label: "From", hint, required: true },
      { name: "to", label: "To, which is not included (empty: up to the newest)", hint },
      { name: "force", label: "Even if the plugin says that it must not be done twice", box: true },
    ];
    askFor("Replay to " + title(plugin), lines, "Replay", fields, ({ from, to, force }) =>
      this.#act(plugin, "replay", { from, ...(to === "" ? {} : { to }), ...(force ? { force } : {}) }));
  }

  async #act(plugin, action, body) {
    const path = "plugins/" + encodeURIComponent(plugin.name) + "/" + action;
    const answer = await post(path, { subscription: plugin.subscription, ...body });
    this.#changed();
    return outcome(answer);
  }
}

/** Those that somebody must look at. */
export function failing(plugins) {
  return plugins.filter((one) => LEVELS[one.state] === "bad");
}

/** What the server says came of it; done: whether it is as was wanted. */
export function outcome(answer) {
  const text = String(answer?.text ?? "the server has taken it");
  if (answer?.done === false) {
    throw new Refused(200, text);
  }
  return text;
}

function table() {
  const heads = COLUMNS.map((label) => element("th", { scope: "col" }, label === "" ? element("span", { class: "hidden" }, "Actions") : label));
  return element(
    "table",
    { class: "rows plugins" },
    element("caption", { class: "hidden" }, "Plugins"),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody"),
  );
}

function title(plugin) {
  return shown(plugin.name, 60);
}

function origin(plugin, several) {
  const parts = [];
  if (plugin.plugin !== plugin.name) {
    parts.push(shown(plugin.plugin, 60));
  }
  if (several) {
    parts.push("of " + shown(plugin.subscription, 40));
  }
  if (plugin.pid !== null) {
    parts.push("process " + plugin.pid);
  }
  return parts.join(", ");
}

function reason(plugin, now) {
  const parts = [];
  if (plugin.why !== null && plugin.why !== "") {
    parts.push(plugin.why);
  }
  const busy = plugin.busySince === null ? 0 : (now - Date.parse(plugin.busySince)) / 1000;
  if (busy > 5 && parts.length === 0) {
    parts.push("in one call for " + age(busy));
  }
  if (plugin.restarts > 0) {
    parts.push(counted(plugin.restarts, "restart"));
  }
  return parts.join("; ");
}

function summary(plugins) {
  const down = failing(plugins).length;
  const paused = plugins.filter((one) => one.state === "stopped").length;
  const parts = [plugins.length === 0 ? "" : number(plugins.length), down > 0 ? down + " failing" : "", paused > 0 ? paused + " paused" : ""];
  return parts.filter((part) => part !== "").join(", ");
}
