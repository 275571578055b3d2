// Gaps: read once, then only what is new; a lane of the last days for each subscription, and the list.

import { get } from "./api.mjs";
import { byId, element, keyed, setAttribute, setText, svg } from "./dom.mjs";
import { counted, day, duration, moment, shown } from "./text.mjs";
import { mayLack, within } from "./trust.mjs";

const PAGE = 1000;
/** The server keeps no more one by one. */
const PAGES = 100;
const LISTED = 200;
const DAY_MILLIS = 86_400_000;
/** Nobody is to blame for these, and nobody must act. */
const PLANNED = new Set(["restart", "renewal"]);

const LANE = 34;
const AXIS = 22;

/** All gaps that have ended, by subscription. */
export class GapStore {
  #known = new Map();

  of(subscription) {
    return this.#known.get(subscription)?.gaps ?? [];
  }

  /** Asks for what is new, if the server has counted any. */
  async refresh(status) {
    for (const { name, gaps } of status.subscriptions) {
      const known = this.#known.get(name);
      if (known?.since === status.since && known.count === gaps.totals.count && known.complete) {
        continue;
      }
      const kept = known?.since === status.since ? known.gaps : [];
      const read = await readFrom(name, (kept.at(-1)?.sequence ?? 0) + 1);
      const all = [...kept, ...read];
      this.#known.set(name, { since: status.since, count: gaps.totals.count, complete: gaps.complete, gaps: all });
    }
  }
}

async function readFrom(subscription, first) {
  const gaps = [];
  let from = first;
  for (let page = 0; page < PAGES && from !== null; page++) {
    const answer = await get("gaps", { subscription, from, limit: PAGE });
    for (const gap of answer.gaps) {
      gaps.push({ ...gap, subscription, from: Date.parse(gap.from), to: Date.parse(gap.to) });
    }
    from = answer.next;
  }
  return gaps;
}

export class GapView {
  #days = 7;
  #marked = null;
  #last = null;

  constructor() {
    byId("gaps-days").addEventListener("change", (change) => {
      this.#days = Number(change.target.value);
      this.#again();
    });
  }

  show(status, gapsOf, now) {
    this.#last = { status, gapsOf, now };
    const start = now - this.#days * DAY_MILLIS;
    const lanes = status.subscriptions.map((one) => {
      const ended = gapsOf(one.name).filter((gap) => gap.to >= start);
      return { name: one.name, gaps: one.gaps.open === null ? ended : [...ended, opened(one, now)], oldest: one.disk ? one.disk.oldestAt ?? status.now : null };
    });
    const all = lanes.flatMap((lane) => lane.gaps).sort((a, b) => b.from - a.from);
    setText(byId("gaps-sum"), summary(lanes, start, now, status.subscriptions.some((one) => mayLack(one, gapsOf(one.name)))));
    this.#lanes(lanes, start, now);
    this.#list(all, lanes.length > 1, now);
  }

  #again() {
    if (this.#last) {
      this.show(this.#last.status, this.#last.gapsOf, this.#last.now);
    }
  }

  #lanes(lanes, start, now) {
    const host = byId("gaps-lanes");
    const width = Math.max(240, Math.round(host.clientWidth));
    const height = lanes.length * LANE + AXIS;
    const x = (at) => Math.max(0, Math.min(width, ((at - start) / (now - start)) * width));
    const drawing = svg("svg", { class: "lanes", width, height, viewBox: "0 0 " + width + " " + height, "aria-hidden": "true" });
    drawing.append(...ticks(start, now, this.#days, width, x, height));
    lanes.forEach((lane, row) => drawing.append(...this.#lane(lane, row * LANE, x, width, lanes.length > 1)));
    host.replaceChildren(drawing);
  }

  #lane(lane, top, x, width, named) {
    const begun = lane.oldest ? x(Date.parse(lane.oldest)) : 0;
    const bar = top + (named ? 15 : 8);
    return [
      named ? svg("text", { class: "tick", x: 0, y: top + 11 }, shown(lane.name, 40)) : null,
      svg("rect", { class: "covered", x: begun, y: bar, width: Math.max(0, width - begun), height: 14, rx: 2 }),
      ...lane.gaps.map((gap) => {
        const wide = Math.max(3, x(gap.to) - x(gap.from));
        const at = Math.min(x(gap.from), width - wide);
        const marked = this.#marked === keyOf(gap) ? " marked" : "";
        return svg(
          "rect",
          { class: "gap " + kindOf(gap) + marked, x: at, y: bar - (marked ? 4 : 0), width: wide, height: marked ? 22 : 14 },
          svg("title", {}, shown(gap.cause) + ", " + duration(gap.seconds)),
        );
      }),
    ].filter((node) => node !== null);
  }

  #list(gaps, named, now) {
    const host = byId("gaps-list");
    if (!host.firstElementChild) {
      host.append(element("p", { class: "muted" }), element("ol", { class: "gaplist" }));
    }
    const [note, list] = host.children;
    setText(note, gaps.length === 0 ? "No gap in this time." : gaps.length > LISTED ? "The newest " + LISTED + " of " + gaps.length + "." : "");
    setAttribute(note, "hidden", note.textContent === "");
    keyed(list, gaps.slice(0, LISTED), keyOf, (gap) => this.#item(keyOf(gap)), (item, gap) => {
      const [when, length, why] = item.children;
      setAttribute(item, "class", kindOf(gap));
      setText(when, moment(gap.from, now));
      setText(length, (gap.open ? "open, " : "") + duration(gap.seconds));
      setText(why, (named ? shown(gap.subscription, 40) + ": " : "") + shown(gap.cause, 300));
    });
  }

  #item(key) {
    const item = element("li", { tabindex: 0 }, element("time"), element("b"), element("span"));
    const mark = (marked) => () => {
      this.#marked = marked;
      this.#again();
    };
    item.addEventListener("focus", mark(key));
    item.addEventListener("blur", mark(null));
    item.addEventListener("mouseenter", mark(key));
    item.addEventListener("mouseleave", mark(null));
    return item;
  }
}

function opened(subscription, now) {
  const from = Date.parse(subscription.gaps.open.from);
  const seconds = Math.max(0, Math.floor((now - from) / 1000));
  return { ...subscription.gaps.open, subscription: subscription.name, sequence: "open", open: true, from, to: now, seconds };
}

function keyOf(gap) {
  return gap.sequence + " " + gap.subscription;
}

function kindOf(gap) {
  return gap.open ? "open" : PLANNED.has(gap.category) ? "planned" : "lost";
}

function summary(lanes, start, now, lacking) {
  if (lacking) {
    return "still being counted";
  }
  const parts = lanes.map((lane) => within(lane.gaps, start, now));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  return count === 0 ? "none" : counted(count, "gap") + ", " + duration(seconds) + " in all";
}

function ticks(start, now, days, width, x, height) {
  const marks = [];
  const hours = days === 1;
  const step = hours ? (width < 420 ? 6 : 3) : Math.max(1, Math.ceil(days / (width < 420 ? 4 : 10)));
  const date = new Date(start);
  date.setHours(hours ? date.getHours() + 1 : 24, 0, 0, 0);
  for (let at = date; at.getTime() < now; ) {
    const left = x(at.getTime());
    const wanted = hours ? at.getHours() % step === 0 : Math.round((now - at.getTime()) / DAY_MILLIS) % step === 0;
    if (wanted) {
      marks.push(svg("line", { class: "grid", x1: left, x2: left, y1: 0, y2: height - AXIS + 4 }));
      const text = hours ? String(at.getHours()).padStart(2, "0") + ":00" : day(at.getTime());
      const side = left > width - 40 ? "end" : left < 30 ? "" : "middle";
      marks.push(svg("text", { class: "tick " + side, x: left, y: height - 4 }, text));
    }
    at.setHours(at.getHours() + (hours ? 1 : 24));
  }
  return marks;
}
