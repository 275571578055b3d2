// Days in the life of a server, good and bad.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const began = Date.now();
const time = (millis) => new Date(millis).toISOString();

/** A subscription that is well; changes: what is different. */
export function subscription(name, changes = {}) {
  const seconds = (Date.now() - began) / 1000;
  const wave = (speed, period) => Math.round(speed * seconds + speed * 2 * Math.sin(seconds / period));
  return {
    name,
    ready: true,
    connection: {
      state: "ready",
      since: time(began - 5 * HOUR),
      cause: "confirmed by Zoom",
      number: 12,
      lastFrameAt: time(Date.now() - 1_200),
      heartbeatRoundTripSeconds: 0.0431,
      nextTryAt: null,
      reconnects: [
        { cause: "dropped", count: 3 },
        { cause: "renewed", count: 8 },
      ],
      ...changes.connection,
    },
    frames: { text: 91_204 + wave(9, 9), binary: 0, tooLong: 0, bytes: 1e8, unreadable: 0, unknownModule: 0, withoutEvent: 0, ...changes.frames },
    journal: {
      state: "running",
      failure: null,
      durability: "strict",
      epoch: 4,
      appendedSequence: 1_204_871 + wave(9, 9),
      durableSequence: 1_204_871 + wave(9, 9),
      visibleSequence: 1_204_871 + wave(9, 9),
      pendingBytes: 0,
      pauses: 0,
      pausedMillis: 0,
      ...changes.journal,
    },
    families: changes.families ?? {
      meeting: 60_112 + wave(5, 7),
      recording: 9_034 + wave(2, 13),
      webinar: 8_212 + wave(1.4, 5),
      user: 2_004 + wave(0.4, 17),
      phone: 301 + wave(0.2, 11),
    },
    duplicates: 14,
    disk: { usableBytes: 41.3e9, reserveBytes: 1e9, journalBytes: 7.42e9, oldestAt: time(began - 12 * DAY), ...changes.disk },
    gaps: { open: null, totals: { count: 6, seconds: 700, categories: [], unreadable: 0 }, countedTo: 1, complete: true, omitted: 0, ...changes.gaps },
  };
}

export function plugin(name, changes = {}) {
  return {
    name,
    plugin: name,
    subscription: "main",
    state: "running",
    why: null,
    handled: 81_203,
    gaps: 6,
    parked: 0,
    parkedNow: 0,
    retries: 0,
    position: 1_204_872,
    lag: 0,
    lagSeconds: 0,
    pid: null,
    restarts: 0,
    busySince: null,
    threads: 0,
    cpuSeconds: 4.2,
    ...changes,
  };
}

function gap(sequence, ago, seconds, cause, category) {
  const from = Date.now() - ago;
  return { sequence, receivedAt: time(from + seconds * 1000), from: time(from), to: time(from + seconds * 1000), seconds, cause, category };
}

const GAPS = [
  gap(10, 6.2 * DAY, 41, "restart", "restart"),
  gap(20, 5.1 * DAY, 7 * 3600, "crash", "crash"),
  gap(30, 3.4 * DAY, 12.4, "dropped without a close frame", "dropped"),
  gap(40, 2 * DAY + 3 * HOUR, 1.2, "renewal: closed by Zoom (1000)", "renewal"),
  gap(50, 20 * HOUR, 35.02, "dead link: nothing came for 35 s", "dead_link"),
  gap(60, 5 * HOUR, 250, "refused: the token server answered 401", "refused"),
];

function scenario(subscriptions, plugins, more = {}) {
  return {
    status: () => ({
      version: "0.1.0",
      since: time(began - 12 * DAY),
      now: time(Date.now()),
      ready: true,
      subscriptions: subscriptions(),
      plugins: plugins(),
      retention: { maxAgeSeconds: 2_592_000, maxBytes: 20e9, keepFreeBytes: null },
    }),
    gaps: () => GAPS,
    entries: () => [1, 2, 3, 4, 5, 6].map((i) => event(1_204_860 + i, ["meeting.started", "meeting.participant_joined", "recording.completed"][i % 3])),
    ...more,
  };
}

/** A good day. */
export const well = () =>
  scenario(
    () => [subscription("main")],
    () => [plugin("console"), plugin("attendance", { handled: 1_188_204 }), plugin("to-kafka", { plugin: "camel", pid: 40_212, lag: 3, lagSeconds: 0.4 })],
  );

/** Nothing is received, one plugin fails, another hangs, another is paused, and entries are parked. */
export const bad = () =>
  scenario(
    () => [
      subscription("main", {
        connection: {
          state: "backing_off",
          since: time(Date.now() - 9_000),
          cause: "closed by Zoom (1006), dropped without a close frame",
          nextTryAt: time(Date.now() + 14_000),
          lastFrameAt: time(Date.now() - 131_000),
        },
        gaps: { open: { from: time(Date.now() - 130_000), to: null, seconds: 130, cause: "dropped without a close frame", category: "dropped" } },
        duplicates: 14,
    disk: { usableBytes: 1.4e9 },
        frames: { unreadable: 3, tooLong: 1 },
      }),
    ],
    () => [
      plugin("console"),
      plugin("crm", { state: "retrying", why: "attempt 3 of 4 of entry 1204790: java.net.ConnectException at com.example.crm.Client.send(Client.java:41)", lag: 82, lagSeconds: 130, retries: 214, parkedNow: 3, parked: 41 }),
      plugin("warehouse", { state: "stuck", why: "30 s in one call", busySince: time(Date.now() - 44_000), lag: 1_904, lagSeconds: 731 }),
      plugin("archive", { state: "failed", why: "the plugin directory archive is not there", lag: null, position: null }),
      plugin("mail", { state: "stopped", lag: 40_112, lagSeconds: 30_000 }),
    ],
    { parked: (name) => (name === "crm" ? [parked(1_204_100, "meeting.started", 4), parked(1_204_101, "meeting.ended", 0), parked(1_204_388, "recording.completed", 4)] : []) },
  );

function parked(sequence, type, attempts) {
  return {
    plugin: "crm",
    subscription: "main",
    sequence,
    event: type,
    parkedAt: time(Date.now() - (1_204_400 - sequence) * MINUTE),
    attempts,
    problem: attempts === 0 ? "an earlier one of its key is parked" : "java.net.SocketTimeoutException at com.example.crm.Client.send(Client.java:41)",
  };
}

/** Two subscriptions, of which one is not received. */
export const several = () => {
  const two = bad();
  return {
    ...two,
    status: () => {
      const status = two.status();
      const west = { ...status.subscriptions[0], name: "west" };
      return { ...status, subscriptions: [subscription("main"), west], plugins: [...status.plugins, plugin("console", { subscription: "west", lag: 12 })] };
    },
  };
};

/** The first second of a new installation. */
export const empty = () => ({
  ...scenario(
    () => [
      subscription("main", {
        connection: { state: "connecting", since: time(Date.now()), cause: "first", number: 1, lastFrameAt: null, heartbeatRoundTripSeconds: null, reconnects: [] },
        families: {},
        frames: { text: 0 },
        journal: { appendedSequence: 1, durableSequence: 1, visibleSequence: 1 },
        disk: { journalBytes: 0, oldestAt: null },
        gaps: { totals: { count: 0, seconds: 0, categories: [], unreadable: 0 } },
      }),
    ],
    () => [],
  ),
  gaps: () => [],
  entries: () => [],
});

/** Whatever a stranger can make a text of. */
export const HOSTILE = {
  script: "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>",
  bidi: "meeting.\u202Edetrats\u2066\u200F",
  long: "x".repeat(10_000),
};

export const hostile = () => {
  const { script, bidi, long } = HOSTILE;
  return {
    ...scenario(
      () => [
        subscription(script, {
          connection: { state: "backing_off", cause: script + bidi + long },
          families: { [script]: 10 + Math.round((Date.now() - began) / 300), [bidi]: 3, [long]: 2 },
        }),
      ],
      () => [plugin(long, { plugin: script, subscription: script, state: bidi, why: script + long, parkedNow: 1 })],
      { parked: () => [{ ...parked(7, script, 4), plugin: long, subscription: script, problem: bidi + script + long }] },
    ),
    gaps: () => [gap(10, HOUR, 60, script + bidi + long, "other")],
    entries: () => [event(1, script), event(2, bidi), event(3, long), event(4, "meeting.started", { topic: script + bidi, big: "@" })],
  };
};

export function event(sequence, type, object = { topic: "***", uuid: "***" }) {
  return {
    sequence,
    kind: "event",
    receivedAt: time(Date.now()),
    subscription: "main",
    connection: 3,
    id: "id-" + sequence,
    event: type,
    eventTs: 1_706_123_456_789,
    duplicateOf: sequence % 5 === 0 ? sequence - 1 : null,
    content: { event: type, event_ts: 1_706_123_456_789, payload: { account_id: "***", object } },
  };
}
