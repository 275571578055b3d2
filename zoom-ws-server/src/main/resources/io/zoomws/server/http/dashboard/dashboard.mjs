// The page: asks for the status every other second, and shows it, with its age when no answer comes.

import { Refused, get, signOut, signedIn } from "./api.mjs";
import { RateChart } from "./chart.mjs";
import { askForToken } from "./dialogs.mjs";
import { byId, element, keyed, setAttribute, setText } from "./dom.mjs";
import { showFeeds, showVerdict } from "./feeds.mjs";
import { GapStore, GapView } from "./gaps.mjs";
import { ParkedView } from "./parked.mjs";
import { PluginView, failing } from "./plugins.mjs";
import { RateSeries, counters } from "./rates.mjs";
import { isNearlyFull, showStorage } from "./storage.mjs";
import { Tail } from "./tail.mjs";
import { age, clockTime, counted, shown, zone } from "./text.mjs";

const EVERY_MILLIS = 2_000;
const TICK_MILLIS = 1_000;
/** From then on the figures are called old. */
const OLD_SECONDS = 6;
/** A page that was hidden, or a machine that slept, is given so long to ask again before it raises the alarm. */
const GRACE_MILLIS = 3_000;

const store = new GapStore();
const gapView = new GapView();
const series = new RateSeries();
const chart = new RateChart(byId("rate"));
const plugins = new PluginView(() => poll());
const parked = new ParkedView(() => poll());
const tail = new Tail();

let session = null;
let status = null;
/** By the clock that nobody sets; what the server's clock said then is in the status. */
let answeredAt = 0;
let failure = "";
let polling = false;
let signingIn = false;
let said = "";
let awakeSince = 0;

/** The server's clock, whatever this machine's says. */
function now() {
  return Date.parse(status.now) + (performance.now() - answeredAt);
}

/** Who is looking, and what this server can be asked to do. */
async function signedInAs() {
  const [known, description] = await Promise.all([get("session"), get("openapi.json")]);
  const replays = Object.keys(description.paths).some((path) => path.endsWith("/replay"));
  return { mayAct: known.role === "operate", replays };
}

async function poll() {
  if (polling || signingIn) {
    return;
  }
  polling = true;
  try {
    session ??= await signedInAs();
    const answer = await get("status");
    answeredAt = performance.now();
    status = answer;
    series.add(Date.parse(status.now), status.since, counters(status.subscriptions));
    await store.refresh(status);
    await parked.refresh(status);
    failure = "";
  } catch (e) {
    lost(e);
  } finally {
    polling = false;
  }
  show();
}

function lost(e) {
  if (!(e instanceof Refused)) {
    throw e;
  }
  failure = e.status === 401 ? "" : e.message;
  if (e.status === 401) {
    session = null;
    status = null;
    signOut();
    tail.stop();
    signingIn = true;
    askForToken(() => {
      signingIn = false;
      poll();
    });
  }
}

function show() {
  showConnection();
  if (status === null || session === null) {
    return;
  }
  const { mayAct } = session;
  const at = now();
  const gapsOf = (name) => store.of(name);
  if (!isOld()) {
    announce(showVerdict(status, gapsOf, at));
  }
  showAttention();
  showFeeds(status, gapsOf, at);
  showStorage(status, at);
  chart.show(series, at);
  gapView.show(status, gapsOf, at);
  plugins.show(status, session, at);
  parked.show(status, mayAct, at);
  showSession(mayAct);
  if (!isOld()) {
    tail.start();
  }
}

/** What needs attention though the feed may be well, as links to where it is shown. */
function showAttention() {
  const down = failing(status.plugins).length;
  const kept = status.plugins.reduce((sum, plugin) => sum + plugin.parkedNow, 0);
  const items = [
    down > 0 ? ["plugins-panel", counted(down, "plugin") + " failing"] : null,
    kept > 0 ? ["parked-panel", counted(kept, "entry", "entries") + " parked"] : null,
    status.subscriptions.some(isNearlyFull) ? ["disk-panel", "the disk is nearly full"] : null,
  ].filter((item) => item !== null);
  const make = ([id]) => element("li", {}, element("a", { href: "#" + id }));
  keyed(byId("verdict-also"), items, ([id]) => id, make, (item, [, text]) => setText(item.firstElementChild, text));
}

function isOld() {
  return status === null || (performance.now() - answeredAt) / 1000 > OLD_SECONDS;
}

/** Loud, since everything else on the page looks as it did. */
function showConnection() {
  const seconds = (performance.now() - answeredAt) / 1000;
  const old = isOld() && (status !== null || failure !== "" || signingIn);
  const lost = old && !signingIn && performance.now() - awakeSince > GRACE_MILLIS;
  setAttribute(document.body, "data-old", old && !signingIn ? "true" : null);
  setAttribute(byId("lost"), "hidden", !lost && failure === "");
  setText(byId("asof"), status === null ? "" : "As of " + clockTime(Date.parse(status.now)) + (old ? ", " + age(seconds) + " ago" : ""));
  if (lost) {
    const since = status === null ? "" : " for " + age(seconds) + ". The figures below are that old";
    setText(byId("lost"), "No word from the server" + since + ": " + shown(failure || "it has not answered yet", 300) + ".");
    notKnown("Not known", "whether events are received now cannot be told from here");
    announce({ level: "unknown", word: "No word from the server" });
  } else if (old) {
    notKnown(signingIn ? "Not signed in" : "Asking the server", "");
  } else if (failure !== "") {
    setText(byId("lost"), "A part of this page is old, as the server did not tell it: " + shown(failure, 300) + ".");
  }
}

function notKnown(word, why) {
  setAttribute(byId("verdict"), "data-level", "unknown");
  setText(byId("verdict-word"), word);
  setText(byId("verdict-why"), why);
}

/** In the title, and to a screen reader only when it changes. */
function announce({ level, word }) {
  const mark = { ok: "● ", warn: "▲ ", bad: "✖ ", unknown: "? " }[level];
  document.title = mark + shown(word) + " – zoom-ws";
  if (word !== said) {
    setText(byId("said"), said === "" ? "" : shown(word));
    said = word;
  }
}

function showSession(mayAct) {
  setText(byId("version"), shown(status.version));
  setText(byId("role"), mayAct ? "may operate" : "may read");
  byId("signout").hidden = !signedIn();
  byId("tail-content-label").hidden = !mayAct;
  const names = status.subscriptions.map((one) => one.name);
  byId("tail-subscription-label").hidden = names.length < 2;
  keyed(byId("tail-subscription"), names, (name) => name, (name) => element("option", { value: name }), (option, name) => setText(option, shown(name, 40)));
}

byId("signout").addEventListener("click", () => {
  signOut();
  location.reload();
});
byId("gaps-list").addEventListener("keydown", (key) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[key.key];
  if (step && key.target.matches("li")) {
    key.preventDefault();
    key.target[step]?.focus();
  }
});
window.addEventListener("resize", () => show());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    awakeSince = performance.now();
    poll();
  }
});
// A fault of this page must not look like a feed that is well.
for (const kind of ["error", "unhandledrejection"]) {
  window.addEventListener(kind, () => {
    setAttribute(byId("lost"), "hidden", null);
    setText(byId("lost"), "This page has failed, and what it shows may be old: load it again.");
  });
}
setText(byId("zone"), "Times are those of this browser, " + zone() + ".");
setInterval(show, TICK_MILLIS);
setInterval(poll, EVERY_MILLIS);
poll();
