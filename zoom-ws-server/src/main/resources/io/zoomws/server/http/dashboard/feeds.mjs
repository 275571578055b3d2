// The verdict, and a card of facts for each subscription.

import { byId, element, keyed, setAttribute, setText } from "./dom.mjs";
import { age, counted, duration, moment, number, shown } from "./text.mjs";
import { completeSince, judge, mayLack, overall, within } from "./trust.mjs";

const DAY_MILLIS = 86_400_000;

/** The word that is read from across the room. */
export function showVerdict(status, gapsOf, now) {
  const verdict = overall(status.subscriptions, now);
  setAttribute(byId("verdict"), "data-level", verdict.level);
  setText(byId("verdict-word"), shown(verdict.word));
  setText(byId("verdict-why"), shown(verdict.why === "" ? complete(status.subscriptions, gapsOf, now) : whyOf(status, verdict, now), 400));
  return verdict;
}

/** Which of several, since when, and why. */
function whyOf({ subscriptions }, { level, of, why }, now) {
  const parts = subscriptions.length > 1 ? [of.name] : [];
  if (level === "bad") {
    parts.push("for " + age((now - Date.parse(of.gaps.open?.from ?? of.connection.since)) / 1000));
  }
  return (parts.length > 0 ? parts.join(", ") + ": " : "") + why;
}

function complete(subscriptions, gapsOf, now) {
  if (subscriptions.some((subscription) => mayLack(subscription, gapsOf(subscription.name)))) {
    return "gaps are still being counted";
  }
  const ends = subscriptions.map((subscription) => completeSince(subscription, gapsOf(subscription.name)));
  const newest = Math.max(...ends.map((end) => end ?? 0));
  if (newest > 0) {
    return "no gap since " + moment(newest, now) + ", " + age((now - newest) / 1000) + " ago";
  }
  const begins = subscriptions.map((subscription) => Date.parse(subscription.disk?.oldestAt ?? NaN));
  const oldest = Math.max(...begins);
  return "no gap in the journal" + (Number.isNaN(oldest) ? "" : ", which begins " + age((now - oldest) / 1000) + " ago");
}

/** What is known of each subscription. */
export function showFeeds(status, gapsOf, now) {
  const make = () => element("article", { class: "feed" }, element("h3"), element("p", { class: "why" }), element("dl"));
  keyed(byId("feeds"), status.subscriptions, (one) => one.name, make, (card, one) => {
    const verdict = judge(one, now);
    const [title, why, list] = card.children;
    setAttribute(card, "data-level", verdict.level);
    setText(title, shown(one.name) + (status.subscriptions.length > 1 ? ": " + verdict.word.toLowerCase() : ""));
    setText(why, shown(verdict.why, 400));
    facts(list, factsOf(one, gapsOf(one.name), now));
  });
}

function factsOf(subscription, gaps, now) {
  const { connection, journal } = subscription;
  const ago = (time) => age((now - Date.parse(time)) / 1000);
  const { open } = subscription.gaps;
  const known = open === null ? gaps : [...gaps, { from: Date.parse(open.from), to: now }];
  const lately = within(known, now - DAY_MILLIS, now);
  const lost = connection.reconnects.reduce((sum, cause) => sum + cause.count, 0);
  return [
    ["Connection", shown(connection.state.replaceAll("_", " ")) + (connection.number > 0 ? ", no. " + connection.number : "")],
    ["Since", moment(Date.parse(connection.since), now) + ", " + ago(connection.since)],
    ["Last frame", connection.lastFrameAt === null ? "none yet" : ago(connection.lastFrameAt) + " ago"],
    ["Heartbeat round trip", connection.heartbeatRoundTripSeconds === null ? "none yet" : duration(connection.heartbeatRoundTripSeconds)],
    ["Open gap", open === null ? "none" : age((now - Date.parse(open.from)) / 1000) + ": " + shown(open.cause), open !== null],
    ["Gaps in 24 h", lately.count === 0 ? "none" : counted(lately.count, "gap") + ", " + duration(lately.seconds)],
    ["Next try", connection.nextTryAt === null ? "" : "in " + age(Math.max(0, (Date.parse(connection.nextTryAt) - now) / 1000))],
    ["Reconnects", lost === 0 ? "none" : number(lost) + ": " + causes(connection.reconnects)],
    ["Waiting for the disk", waiting(journal.appendedSequence - journal.durableSequence)],
    ["Duplicates", subscription.duplicates > 0 ? number(subscription.duplicates) : ""],
    ["Odd frames", odd(subscription.frames)],
  ].filter(([, value]) => value !== "");
}

function waiting(entries) {
  return entries === 0 ? "nothing" : counted(entries, "entry", "entries");
}

function causes(reconnects) {
  return reconnects.map((one) => one.count + " " + shown(one.cause.replaceAll("_", " "))).join(", ");
}

function odd(frames) {
  const kinds = [
    [frames.unreadable, "unreadable"],
    [frames.unknownModule, "of an unknown module"],
    [frames.withoutEvent, "without an event"],
    [frames.tooLong, "too long"],
  ].filter(([count]) => count > 0);
  return kinds.map(([count, kind]) => number(count) + " " + kind).join(", ");
}

/** Pairs of name and value in a list; the third says whether it needs attention. */
export function facts(list, pairs) {
  const make = () => element("div", {}, element("dt"), element("dd"));
  keyed(list, pairs, ([name]) => name, make, (pair, [name, value, attention]) => {
    setText(pair.children[0], name);
    setText(pair.children[1], value);
    setAttribute(pair, "data-level", attention ? "bad" : null);
  });
}
