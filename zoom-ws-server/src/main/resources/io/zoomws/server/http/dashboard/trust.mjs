// Whether the feed can be trusted now: a pure judgement over /api/v1/status.

/** Answers to heartbeats are frames as well: they come twice a minute or so, whatever happens at Zoom. */
const QUIET_SECONDS = 90;

const DOING = {
  new: "not started yet",
  waiting_for_token: "asking for a token",
  connecting: "opening the connection",
  awaiting_build_connection: "waiting for Zoom to confirm the connection",
  backing_off: "waiting for the next try",
  held: "waiting until entries can be stored",
  stopped: "stopped",
};

const RANK = { ok: 0, warn: 1, bad: 2 };

/** One subscription: level (ok, warn, bad), word, and why, a phrase or "". */
export function judge(subscription, now) {
  const { connection, journal, gaps } = subscription;
  if (journal.state !== "running") {
    return { level: "bad", word: "Not stored", why: journal.failure ?? "the journal is " + journal.state };
  }
  if (connection.state !== "ready") {
    const doing = DOING[connection.state] ?? connection.state;
    if (connection.lastFrameAt === null && connection.state !== "stopped" && connection.reconnects.length === 0) {
      return { level: "warn", word: "Connecting", why: doing };
    }
    const why = connection.state === "stopped" ? "stopped: " + connection.cause : connection.cause + "; " + doing;
    return { level: "bad", word: "Not receiving", why };
  }
  if (gaps.open !== null) {
    return { level: "warn", word: "Receiving", why: "the gap before is not closed in the journal yet" };
  }
  const quiet = connection.lastFrameAt === null ? 0 : (now - Date.parse(connection.lastFrameAt)) / 1000;
  if (quiet > QUIET_SECONDS) {
    return { level: "warn", word: "Quiet", why: "connected, but no frame has come, no answer to a heartbeat either" };
  }
  return { level: "ok", word: "Receiving", why: "" };
}

/** All of them in one: the worst is what is told; of: that subscription, or null. */
export function overall(subscriptions, now) {
  const all = subscriptions.map((subscription) => ({ subscription, ...judge(subscription, now) }));
  if (all.length === 0) {
    return { level: "warn", word: "No subscription", why: "none is configured", of: null };
  }
  const worst = all.reduce((one, other) => (RANK[other.level] > RANK[one.level] ? other : one));
  const same = all.filter((one) => one.word === worst.word).length;
  const one = all.length === 1;
  const word = one || same === all.length ? worst.word : worst.word + ": " + same + " of " + all.length;
  return { level: worst.level, word, why: worst.why, of: worst.subscription };
}

/** Since when nothing is known to be missed: the end of the newest gap. Null while one is open, or none is known. */
export function completeSince(subscription, gaps) {
  if (subscription.gaps.open !== null || gaps.length === 0) {
    return null;
  }
  return Math.max(...gaps.map((gap) => gap.to));
}

/** Whether gaps may be there that are not among these: the server has not counted them all, or this page has read none. */
export function mayLack(subscription, gaps) {
  return !subscription.gaps.complete || (gaps.length === 0 && subscription.gaps.totals.count > 0);
}

/** How many of the gaps, and how long they were together, within a time; they do not overlap within a subscription. */
export function within(gaps, from, to) {
  let count = 0;
  let seconds = 0;
  for (const gap of gaps) {
    if (gap.to >= from && gap.from <= to) {
      count++;
      seconds += Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from)) / 1000;
    }
  }
  return { count, seconds };
}
