// Disk and retention.

import { byId, element, keyed, setAttribute, setText, svg } from "./dom.mjs";
import { facts } from "./feeds.mjs";
import { age, bytes, duration, number, shown } from "./text.mjs";

/** With less than this many times the reserve free, it is time to look. */
const NEAR = 2;

/** Whether the reserve is near, so that receiving will end. */
export function isNearlyFull({ disk }) {
  return Boolean(disk) && disk.usableBytes < NEAR * disk.reserveBytes;
}

export function showStorage(status, now) {
  const several = status.subscriptions.length > 1;
  const make = () => element("div", { class: "store" }, element("h3"), gauge(), element("dl"));
  keyed(byId("disk"), status.subscriptions, (one) => one.name, make, (block, one) => {
    const [title, bar, list] = block.children;
    setText(title, several ? shown(one.name) : "");
    setAttribute(title, "hidden", !several);
    const limit = status.retention?.maxBytes ?? null;
    const used = one.disk?.journalBytes ?? null;
    setAttribute(bar, "hidden", limit === null || used === null);
    if (limit !== null && used !== null) {
      setAttribute(bar.lastElementChild, "width", Math.min(100, (100 * used) / limit));
    }
    facts(list, pairs(one, status.retention ?? null, now));
  });
}

/** How much of what retention allows is used; the list beneath says it in figures. */
function gauge() {
  return svg(
    "svg",
    { class: "gauge", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "track", width: 100, height: 4 }),
    svg("rect", { class: "used", width: 0, height: 4 }),
  );
}

function pairs(subscription, retention, now) {
  const { disk, journal } = subscription;
  const all = [];
  if (disk) {
    all.push(["Size", bytes(disk.journalBytes) + (retention?.maxBytes ? " of " + bytes(retention.maxBytes) : "")]);
    all.push(["Oldest entry", disk.oldestAt === null ? "none" : age((now - Date.parse(disk.oldestAt)) / 1000) + " old"]);
  }
  if (retention) {
    all.push(["Kept for", retention.maxAgeSeconds === null ? "ever" : duration(retention.maxAgeSeconds)]);
  }
  if (disk) {
    all.push(["Free on disk", bytes(disk.usableBytes), isNearlyFull(subscription)]);
    if (retention?.keepFreeBytes) {
      all.push(["Retention keeps free", bytes(retention.keepFreeBytes)]);
    }
    all.push(["Reserve", bytes(disk.reserveBytes) + " stay free"]);
  }
  all.push(["Journal", shown(journal.state + ", " + journal.durability), journal.state !== "running"]);
  all.push(["Newest sequence", number(journal.visibleSequence)]);
  if (journal.pauses > 0) {
    all.push(["Held up", number(journal.pauses) + " times, " + duration(journal.pausedMillis / 1000)]);
  }
  return all;
}
