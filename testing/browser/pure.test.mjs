// What the page computes, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { body, indented } from "../../zoom-ws-server/src/main/resources/io/zoomws/server/http/dashboard/json.mjs";
import { Watched } from "../../zoom-ws-server/src/main/resources/io/zoomws/server/http/dashboard/lag.mjs";
import { RateSeries, axisEnd, counters, total } from "../../zoom-ws-server/src/main/resources/io/zoomws/server/http/dashboard/rates.mjs";
import { EventParser } from "../../zoom-ws-server/src/main/resources/io/zoomws/server/http/dashboard/sse.mjs";
import * as text from "../../zoom-ws-server/src/main/resources/io/zoomws/server/http/dashboard/text.mjs";
import { judge, overall, within } from "../../zoom-ws-server/src/main/resources/io/zoomws/server/http/dashboard/trust.mjs";
import { subscription } from "./scenarios.mjs";

const now = () => Date.now();

test("a ready connection with a running journal is trusted", () => {
  assert.deepEqual(judge(subscription("main"), now()), { level: "ok", word: "Receiving", why: "" });
});

test("what is received and not stored is worse than anything else", () => {
  const stalled = subscription("main", { journal: { state: "stalled", failure: "the disk is full" } });
  assert.deepEqual(judge(stalled, now()), { level: "bad", word: "Not stored", why: "the disk is full" });
});

test("a connection that waits for the next try is not receiving, and says why", () => {
  const lost = subscription("main", { connection: { state: "backing_off", cause: "closed by Zoom (1006)" } });
  assert.deepEqual(judge(lost, now()), { level: "bad", word: "Not receiving", why: "closed by Zoom (1006); waiting for the next try" });
});

test("the first connection of a start is no alarm, and a second try is", () => {
  const first = { state: "connecting", lastFrameAt: null, reconnects: [], cause: "first" };
  assert.equal(judge(subscription("main", { connection: first }), now()).word, "Connecting");
  const second = { ...first, reconnects: [{ cause: "token", count: 1 }] };
  assert.equal(judge(subscription("main", { connection: second }), now()).word, "Not receiving");
});

test("a ready connection from which nothing comes is quiet", () => {
  const quiet = subscription("main", { connection: { lastFrameAt: new Date(now() - 91_000).toISOString() } });
  assert.equal(judge(quiet, now()).word, "Quiet");
});

test("of several subscriptions the worst is told, with its name and how many there are", () => {
  const lost = subscription("west", { connection: { state: "held", cause: "the disk is full" } });
  const verdict = overall([subscription("main"), lost], now());
  assert.equal(verdict.word, "Not receiving: 1 of 2");
  assert.equal(verdict.of.name, "west");
  assert.equal(verdict.why, "the disk is full; waiting until entries can be stored");
  assert.equal(overall([subscription("main"), subscription("west")], now()).word, "Receiving");
});

test("of a gap only what lies within the time counts", () => {
  assert.deepEqual(within([{ from: 0, to: 10_000 }, { from: 20_000, to: 21_000 }, { from: 90_000, to: 91_000 }], 5_000, 50_000), { count: 2, seconds: 6 });
});

test("rates are differences of counters, and a restart begins anew", () => {
  const series = new RateSeries();
  series.add(0, "first", new Map([["meeting", 100]]));
  series.add(2_000, "first", new Map([["meeting", 110], ["user", 4]]));
  assert.deepEqual(series.points(), [{ at: 2_000, rates: new Map([["meeting", 5], ["user", 2]]) }]);
  assert.equal(total(series.now()), 7);
  assert.deepEqual(series.families(), ["meeting", "user"]);
  series.add(4_000, "second", new Map([["meeting", 3]]));
  assert.deepEqual(series.points(), []);
});

test("counters are summed over subscriptions, and a server without families counts frames", () => {
  assert.deepEqual(counters([{ families: { meeting: 2 } }, { families: { meeting: 3, user: 1 } }]), new Map([["meeting", 5], ["user", 1]]));
  assert.deepEqual(counters([{ frames: { text: 7 } }]), new Map([["frames", 7]]));
});

test("an axis ends at 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([0, 0.3, 1.2, 4, 5.1, 99, 4_000].map(axisEnd), [1, 1, 2, 5, 10, 100, 5_000]);
});

test("how far behind in time is how long the next entry has been there", () => {
  const watched = new Watched();
  watched.add(1_000, 10);
  watched.add(3_000, 20);
  watched.add(5_000, 30);
  assert.deepEqual(watched.behind(9_000, 15, 16), { seconds: 6, least: false });
  assert.deepEqual(watched.behind(9_000, 5, 26), { seconds: 8, least: true });
  assert.deepEqual(watched.behind(9_000, 31, 0), { seconds: 0, least: false });
});

test("a stream may be cut anywhere", () => {
  const sent = ': hello\n\nid: 7\nevent: event\ndata: {"a":1}\n\nid: 8\r\ndata: one\r\ndata: two\r\n\r\nevent: lost\n\n';
  const expected = [
    { id: "7", type: "event", data: '{"a":1}' },
    { id: "8", type: "message", data: "one\ntwo" },
  ];
  for (let size = 1; size <= sent.length; size++) {
    const parser = new EventParser();
    const events = [];
    for (let at = 0; at < sent.length; at += size) {
      events.push(...parser.push(sent.slice(at, at + size)));
    }
    assert.deepEqual(events, expected, "in pieces of " + size);
  }
});

test("content is indented as it was sent: no number is rounded and no key moves", () => {
  const sent = '{"b":12345678901234567890,"a":[1e-07,"x\\",{}"],"empty":{},"none":[]}';
  assert.equal(
    indented(sent),
    '{\n  "b": 12345678901234567890,\n  "a": [\n    1e-07,\n    "x\\",{}"\n  ],\n  "empty": {},\n  "none": []\n}',
  );
});

test("the content of an entry is found behind hostile fields", () => {
  const type = 'x"content":{"no":1}';
  const entry = '{"sequence":1,"event":' + JSON.stringify(type) + ',"content":{"yes":2}}';
  assert.equal(body(entry), '{"yes":2}');
  assert.equal(body('{"sequence":1,"kind":"gap"}'), "");
});

test("what cannot be seen is named", () => {
  assert.equal(text.shown("a\u202Eb\u0000c\u200Dd"), "a⟨U+202E⟩b⟨U+0000⟩c⟨U+200D⟩d");
  assert.equal(text.shown("x".repeat(10_000), 5), "xxxxx…");
  assert.equal(text.shown("😀".repeat(6), 5), "😀😀😀😀😀…");
  assert.equal(text.shownLines("a\n\u2028b"), "a\n⟨U+2028⟩b");
});

/** A number and its unit are held together by a blank that does not break. */
const blanks = (value) => value.replaceAll("\u00a0", " ");

test("values are written as people read them", () => {
  assert.deepEqual([0, 0.0431, 1.24, 35, 200, 3_600, 90_000].map(text.duration).map(blanks), ["0 s", "43 ms", "1.2 s", "35 s", "3 min 20 s", "1 h", "1 d 1 h"]);
  assert.deepEqual([0, 999, 1_500, 7.42e9, 999_999].map(text.bytes).map(blanks), ["0 B", "999 B", "1.5 kB", "7.4 GB", "1.0 MB"]);
  assert.equal(text.number(1_234_567), "1\u202f234\u202f567");
  assert.equal(text.counted(1, "gap"), "1 gap");
  assert.equal(text.counted(2, "entry", "entries"), "2 entries");
});
