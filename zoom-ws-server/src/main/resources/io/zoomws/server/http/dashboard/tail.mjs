// Entries as they come.

import { stream } from "./api.mjs";
import { byId, element, setText } from "./dom.mjs";
import { body, indented } from "./json.mjs";
import { clockTime, counted, shown, shownLines } from "./text.mjs";

/** So many are shown, and so many are kept while the list is held. */
const KEPT = 200;
const BACK_OFF_MILLIS = [1_000, 2_000, 5_000, 10_000];
const FULL_MILLIS = 30_000;
const INTERRUPTED = "interrupted; trying again";
const LONGEST_BODY = 20_000;
const KINDS = ["event", "gap", "control", "unreadable", "connected", "disconnected", "opened", "closed", "quarantine"];

export class Tail {
  #list = byId("tail");
  #waiting = [];
  #held = false;
  #missed = 0;
  #filter = null;
  #lastId = "";
  #run = null;
  #drawn = false;

  constructor() {
    byId("tail-form").addEventListener("submit", (submit) => {
      submit.preventDefault();
      this.#restart(true);
    });
    for (const id of ["tail-all", "tail-content", "tail-subscription"]) {
      byId(id).addEventListener("change", () => this.#restart(true));
    }
    byId("tail-hold").addEventListener("click", () => this.#hold(!this.#held));
    // Nobody reads a hidden page; the number of streams is limited.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.stop() : this.start()));
    this.#list.addEventListener("toggle", (toggle) => this.#opened(toggle.target), true);
  }

  /** Begins, or goes on behind the last that was shown. */
  start() {
    if (!this.#run && !document.hidden && byId("tail-subscription").value !== "") {
      this.#run = new AbortController();
      this.#follow(this.#run.signal);
    }
  }

  stop() {
    this.#run?.abort();
    this.#run = null;
  }

  #restart(clear) {
    this.stop();
    if (clear) {
      this.#lastId = "";
      this.#waiting = [];
      this.#missed = 0;
      this.#list.replaceChildren();
      this.#hold(false);
    }
    this.start();
  }

  async #follow(signal) {
    for (let tries = 0; !signal.aborted; ) {
      let wait = BACK_OFF_MILLIS[Math.min(tries++, BACK_OFF_MILLIS.length - 1)];
      try {
        await stream("events/stream", this.#query(), this.#lastId, signal, () => this.#live(), (event) => {
          tries = 0;
          this.#take(event);
        });
        this.#say(INTERRUPTED);
      } catch (e) {
        if (!signal.aborted) {
          this.#say(e.status === 0 ? INTERRUPTED : e.message);
          wait = e.status === 503 ? FULL_MILLIS : wait;
          if (e.status >= 400 && e.status < 500) {
            return; // asking the same again brings the same
          }
        }
      }
      await pause(wait, signal);
    }
  }

  #query() {
    const query = { subscription: byId("tail-subscription").value };
    const globs = byId("tail-event").value.split(/[\s,]+/).filter((glob) => glob !== "");
    if (globs.length > 0) {
      query.event = globs;
    }
    query.kind = byId("tail-all").checked ? KINDS : ["event", "gap"];
    if (byId("tail-content").checked) {
      query.content = "true";
    }
    return query;
  }

  #live() {
    this.#filter = byId("tail-event").value.trim();
    this.#tell();
  }

  #take(event) {
    if (event.type === "problem") {
      this.#say("the journal cannot be read: " + shown(event.data, 300));
      return;
    }
    this.#lastId = event.id;
    this.#waiting.push(event.data);
    if (this.#waiting.length > KEPT) {
      this.#waiting.shift();
      this.#missed++;
    }
    if (!this.#drawn) {
      this.#drawn = true;
      requestAnimationFrame(() => {
        this.#drawn = false;
        this.#draw();
      });
    }
  }

  #draw() {
    this.#tell();
    if (this.#held) {
      return;
    }
    if (this.#missed > 0) {
      this.#list.prepend(element("li", { class: "skipped" }, counted(this.#missed, "entry", "entries") + " more came than can be shown"));
      this.#missed = 0;
    }
    this.#list.prepend(...this.#waiting.map(entryRow).reverse());
    this.#waiting = [];
    while (this.#list.childElementCount > KEPT) {
      this.#list.lastElementChild.remove();
    }
  }

  #tell() {
    const of = this.#filter ? "only " + shown(this.#filter) : "everything";
    this.#say(this.#held ? "held; " + counted(this.#waiting.length + this.#missed, "new entry", "new entries") : "following " + of);
  }

  #say(text) {
    setText(byId("tail-state"), text);
  }

  /** Who reads an entry does not want it to move away. */
  #opened(details) {
    if (details.open) {
      this.#hold(true);
      details.closest("li").fill();
    }
  }

  #hold(held) {
    this.#held = held;
    const button = byId("tail-hold");
    button.setAttribute("aria-pressed", String(held));
    if (this.#run) {
      this.#draw();
    }
  }
}

function pause(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function entryRow(json) {
  const entry = JSON.parse(json);
  const line = [
    element("time", { datetime: entry.receivedAt }, clockTime(Date.parse(entry.receivedAt))),
    element("span", { class: "sequence" }, "#" + entry.sequence),
    element("bdi", { class: "event" }, shown(entry.event ?? entry.kind)),
    element("span", { class: "muted" }, remark(entry)),
  ];
  const text = body(json);
  if (text === "") {
    return element("li", { class: entry.kind }, element("div", { class: "line" }, ...line));
  }
  const content = element("pre", { tabindex: 0, "aria-label": "Content of entry " + entry.sequence });
  const item = element("li", { class: entry.kind }, element("details", {}, element("summary", { class: "line" }, ...line), content));
  item.fill = () => {
    const cut = text.length > LONGEST_BODY ? "\n… " + (text.length - LONGEST_BODY) + " more characters" : "";
    setText(content, shownLines(indented(text.slice(0, LONGEST_BODY))) + cut);
  };
  return item;
}

function remark(entry) {
  if (entry.kind === "gap") {
    return shown(entry.cause, 200);
  }
  if (typeof entry.duplicateOf === "number") {
    return "came before as #" + entry.duplicateOf;
  }
  return entry.note ? shown(entry.note, 200) : "";
}
