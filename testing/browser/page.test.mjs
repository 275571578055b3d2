// The page in a real browser, on days that a test chooses.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { VIEWS, assertAccessible, assertNothingIsCutOff, assertShows, launch, shoot, withPage } from "./browser.mjs";
import { FakeServer } from "./fake-server.mjs";
import { HOSTILE, bad, empty, event, hostile, several, well } from "./scenarios.mjs";

describe("the page", { concurrency: false }, () => {
  let browser;

  before(async () => {
    browser = await launch();
  });

  after(() => browser.close());

  async function on(scenario, view, work, allowed) {
    const fake = await FakeServer.start(scenario);
    try {
      await withPage(browser, fake.address, view, (page) => work(page, fake), allowed);
    } finally {
      await fake.close();
    }
  }

  for (const [name, scenario, word] of [
    ["well", well, "Receiving"],
    ["bad", bad, "Not receiving"],
    ["several", several, "Not receiving: 1 of 2"],
    ["empty", empty, "Connecting"],
    ["hostile", hostile, "Not receiving"],
  ]) {
    for (const [viewName, view] of Object.entries(VIEWS)) {
      test(name + " day, " + viewName + ": the word is there, all can be read, and nothing is cut off", async () => {
        await on(scenario(), view, async (page) => {
          await assertShows(page.locator("#verdict-word"), word);
          await assertShows(page.locator("#tail-state"), "following");
          await assertNothingIsCutOff(page);
          await assertAccessible(page);
          if (name === "well") {
            await page.waitForFunction(() => document.querySelector(".rates path")?.getAttribute("d").length > 60);
          }
          await shoot(page, name + "-" + viewName);
        });
      });
    }
  }

  test("a bad day is told with since when, why, and what else needs attention", async () => {
    await on(bad(), VIEWS.light, async (page) => {
      await assertShows(page.locator("#verdict-why"), /^for 2 min 1\d s: closed by Zoom \(1006\), dropped without a close frame; waiting for the next try$/);
      await assertShows(page.locator("#verdict-also"), "2 plugins failing");
      await assertShows(page.locator("#verdict-also"), "3 entries parked");
      await assertShows(page.locator("#verdict-also"), "the disk is nearly full");
      await assertShows(page.locator(".feed"), /Open gap\s+2 min 1\d s: dropped without a close frame/);
      await assertShows(page.locator("#plugins tr", { hasText: "crm" }), "java.net.ConnectException");
      await assertShows(page.locator("#plugins tr", { hasText: "crm" }), "82 entries");
      assert.match(await page.title(), /^✖ Not receiving/);
    });
  });

  test("of several subscriptions the verdict names the one that is not received, and each has its card", async () => {
    await on(several(), VIEWS.light, async (page) => {
      await assertShows(page.locator("#verdict-why"), /^west, for 2 min 1\d s: closed by Zoom \(1006\)/);
      assert.deepEqual(await page.locator(".feed h3").allInnerTexts(), ["main: receiving", "west: not receiving"]);
      assert.deepEqual(await page.locator("#tail-subscription option").allTextContents(), ["main", "west"]);
    });
  });

  test("the rate is drawn, and told in words", async () => {
    await on(well(), VIEWS.light, async (page) => {
      await page.waitForFunction(() => document.querySelector(".rates path")?.getAttribute("d").length > 20);
      await assertShows(page.locator(".legend"), /meeting\s+[\d.]+ \/s/);
      assert.match(await page.locator(".rates").getAttribute("aria-label"), /^Events per second, .* now [\d.]+, at most [\d.]+\. meeting [\d.]+/);
    });
  });

  test("gaps are listed with cause and length, and the keyboard walks through them", async () => {
    await on(well(), VIEWS.light, async (page) => {
      const items = page.locator(".gaplist li");
      await assertShows(items.first(), /4 min 10 s\s+refused: the token server answered 401/);
      assert.equal(await items.count(), 6);
      await items.first().focus();
      await page.keyboard.press("ArrowDown");
      assert.match(await page.evaluate(() => document.activeElement.innerText), /dead link/);
      assert.equal(await page.locator(".lanes .marked").count(), 1);
      await page.getByLabel("Show").selectOption("1");
      await page.waitForFunction(() => document.querySelectorAll(".gaplist li").length === 2);
      await assertShows(page.locator("#gaps-sum"), "2 gaps, 4 min 45 s in all");
    });
  });

  test("hostile texts are texts", async () => {
    await on(hostile(), VIEWS.light, async (page) => {
      await assertShows(page.locator("#tail"), HOSTILE.script.slice(0, 30));
      await assertShows(page.locator("#tail"), "meeting.⟨U+202E⟩detrats⟨U+2066⟩⟨U+200F⟩");
      await page.locator("#tail summary").first().click();
      await assertShows(page.locator("#tail pre").first(), HOSTILE.script);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main script").length), 0);
      const text = await page.locator("body").innerText();
      assert.doesNotMatch(text, /[\u202e\u2066\u200f]/);
      assert.ok(text.length < 20_000, "texts of 10,000 characters are cut: " + text.length);
    });
  });

  test("no word from the server is told loudly with the age of the figures, and ends when it answers again", async () => {
    await on(
      well(),
      VIEWS.dark,
      async (page, fake) => {
        await assertShows(page.locator("#verdict-word"), "Receiving");
        await fake.close();
        await assertShows(page.getByRole("alert"), /No word from the server for \d+ s\. The figures below are that old: the server did not answer\./);
        await assertShows(page.locator("#verdict-word"), "Not known");
        assert.match(await page.title(), /^\? No word from the server/);
        await assertAccessible(page);
        await shoot(page, "lost-dark");
        await fake.listen(fake.port);
        await assertShows(page.locator("#verdict-word"), "Receiving");
        assert.equal(await page.locator("#lost").isVisible(), false);
      },
      /Failed to load resource/,
    );
  });

  test("what the server cannot tell is named, while the rest is shown", async () => {
    await on(
      { ...well(), failing: "/api/v1/gaps" },
      VIEWS.light,
      async (page, fake) => {
        await assertShows(page.getByRole("alert"), "A part of this page is old, as the server did not tell it: the log of the server says more.");
        await assertShows(page.locator("#verdict-word"), "Receiving");
        await assertShows(page.locator("#verdict-why"), "gaps are still being counted");
        fake.scenario.failing = "";
        await page.locator("#lost").waitFor({ state: "hidden" });
        await assertShows(page.locator("#verdict-why"), "no gap since");
      },
      /500/,
    );
  });

  test("a token is asked for, sent in a header and never in an address", async () => {
    await on(
      { ...well(), token: "the-token", role: "read" },
      VIEWS.light,
      async (page, fake) => {
        const asked = [];
        page.on("request", (request) => asked.push(request.url()));
        const dialog = page.getByRole("dialog", { name: "Sign in" });
        await dialog.waitFor();
        await assertAccessible(page);
        await shoot(page, "sign-in");
        await page.keyboard.press("Escape");
        await dialog.getByLabel("Token").fill("another");
        await page.keyboard.press("Enter");
        await assertShows(dialog, "The server does not know this token.");
        await dialog.getByLabel("Token").fill("the-token");
        await dialog.getByRole("button", { name: "Sign in" }).click();
        await assertShows(page.locator("#verdict-word"), "Receiving");
        await assertShows(page.locator("#tail-state"), "following");
        assert.equal(fake.streams.at(-1).authorization, "Bearer the-token");
        assert.deepEqual(asked.filter((url) => url.includes("the-token")), []);
        await page.getByRole("button", { name: "Sign out" }).click();
        await dialog.waitFor();
        assert.equal(await page.evaluate(() => sessionStorage.length), 0);
      },
      /401/,
    );
  });

  test("who may read only is shown no action and no content as sent", async () => {
    await on({ ...bad(), role: "read" }, VIEWS.light, async (page) => {
      await assertShows(page.locator("#role"), "may read");
      for (const name of ["Pause", "Resume", "Replay", "Redrive"]) {
        assert.equal(await page.getByRole("button", { name }).filter({ visible: true }).count(), 0, name);
      }
      assert.equal(await page.getByLabel("Content as sent").isVisible(), false);
    });
  });

  test("a dialog asks what will be done, keeps the keyboard, and says what came of it", async () => {
    await on(well(), VIEWS.light, async (page, fake) => {
      const pause = page.getByRole("button", { name: "Pause attendance" });
      await pause.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "Pause attendance" });
      await assertShows(dialog, "What comes meanwhile is kept for it");
      for (let i = 0; i < 6; i++) {
        await page.keyboard.press("Tab");
        const outside = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest("dialog"));
        assert.equal(outside, false, "the focus left the dialog");
      }
      await assertAccessible(page);
      await shoot(page, "dialog");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Pause attendance");
      assert.deepEqual(fake.posts, []);
      await pause.click();
      await dialog.getByRole("button", { name: "Pause" }).click();
      await assertShows(dialog, "done: /api/v1/plugins/attendance/pause");
      assert.deepEqual(fake.posts, [{ path: "/api/v1/plugins/attendance/pause", type: "application/json", body: { subscription: "main" } }]);
      await dialog.getByRole("button", { name: "Close" }).click();
      assert.equal(await page.getByRole("dialog").count(), 0);
    });
  });

  test("what is refused, and what was not as wanted, is told as that", async () => {
    const answers = {
      "/api/v1/plugins/console/pause": { status: 409, body: { status: 409, title: "Conflict", detail: "another is under way" } },
      "/api/v1/plugins/attendance/pause": { status: 200, body: { done: false, text: "its thread is abandoned" } },
    };
    await on(
      { ...well(), post: (path) => answers[path] },
      VIEWS.light,
      async (page) => {
        for (const [name, text] of [["console", "Not done: another is under way"], ["attendance", "Not done: its thread is abandoned"]]) {
          await page.getByRole("button", { name: "Pause " + name }).click();
          await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
          await assertShows(page.locator("dialog .outcome[data-level=bad]"), text);
          await page.keyboard.press("Escape");
        }
      },
      /409/,
    );
  });

  test("a replay is asked for with its beginning and, if wanted, its end", async () => {
    await on(well(), VIEWS.light, async (page, fake) => {
      await page.getByRole("button", { name: "Replay console" }).click();
      const dialog = page.getByRole("dialog", { name: "Replay to console" });
      await dialog.getByLabel("From").fill("2026-11-23T20:00:00Z");
      await dialog.getByRole("button", { name: "Replay" }).click();
      await assertShows(dialog, "done: /api/v1/plugins/console/replay");
      await assertAccessible(page);
      await shoot(page, "replay");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Replay console" }).click();
      await dialog.getByLabel("From").fill("1");
      await dialog.getByLabel("To, which is not included").fill("9");
      await dialog.getByLabel("Even if the plugin says").check();
      await dialog.getByRole("button", { name: "Replay" }).click();
      await assertShows(dialog, "done: /api/v1/plugins/console/replay");
      assert.deepEqual(fake.posts.map((post) => post.body), [
        { subscription: "main", from: "2026-11-23T20:00:00Z" },
        { subscription: "main", from: "1", to: "9", force: true },
      ]);
    });
  });

  test("chosen entries are redriven, or all", async () => {
    await on(bad(), VIEWS.light, async (page, fake) => {
      await page.getByLabel("Choose entry 1204388 of crm").check();
      await page.getByRole("button", { name: "Redrive chosen" }).click();
      await assertShows(page.getByRole("dialog"), "1 entry of crm.");
      await page.getByRole("dialog").getByRole("button", { name: "Redrive" }).click();
      await assertShows(page.locator("dialog .outcome[data-level=ok]"), "done");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Redrive all" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Redrive" }).click();
      await assertShows(page.locator("dialog .outcome[data-level=ok]"), "done");
      assert.deepEqual(fake.posts.map((post) => post.body), [
        { subscription: "main", sequences: [1_204_388] },
        { subscription: "main", all: true },
      ]);
    });
  });

  test("the tail shows what comes, is filtered by the server, and waits while somebody reads", async () => {
    await on(well(), VIEWS.light, async (page, fake) => {
      const first = page.locator("#tail li").first();
      await assertShows(page.locator("#tail"), "#1204866");
      fake.send(event(2_000_001, "webinar.started"));
      await assertShows(first, "webinar.started");
      await first.locator("summary").click();
      await assertShows(first.locator("pre"), '"account_id": "***"');
      fake.send(event(2_000_002, "webinar.ended"));
      await assertShows(page.locator("#tail-state"), "held; 1 new entry");
      await assertShows(first, "webinar.started");
      await page.getByRole("button", { name: "Hold" }).click();
      await assertShows(first, "webinar.ended");

      await page.getByRole("textbox", { name: "Events" }).fill("meeting.*, user.*");
      await page.keyboard.press("Enter");
      await assertShows(page.locator("#tail-state"), "following only meeting.*, user.*");
      await page.getByLabel("Content as sent").check();
      await page.waitForFunction(() => document.querySelectorAll("#tail li").length === 6);
      const asked = fake.streams.map(({ query }) => [query.getAll("event").join(" "), query.getAll("kind").join(" "), query.get("content")]);
      assert.deepEqual(asked[0], ["", "event gap", null]);
      assert.deepEqual(asked.at(-1), ["meeting.* user.*", "event gap", "true"]);
    });
  });

  test("a tail that was cut goes on behind the last entry it showed", async () => {
    const scenario = { ...well(), entries: () => [] };
    await on(
      scenario,
      VIEWS.light,
      async (page, fake) => {
        await assertShows(page.locator("#tail-state"), "following");
        fake.send(event(41, "meeting.started"));
        await assertShows(page.locator("#tail"), "#41");
        await fake.close();
        await assertShows(page.locator("#tail-state"), "interrupted");
        await fake.listen(fake.port);
        await assertShows(page.locator("#tail-state"), "following");
        assert.equal(fake.streams.at(-1).lastId, "41");
      },
      /Failed to load resource|INCOMPLETE/,
    );
  });

  test("a flood is bounded, and what is left out is counted", async () => {
    await on({ ...well(), entries: () => [] }, VIEWS.light, async (page, fake) => {
      await assertShows(page.locator("#tail-state"), "following");
      await page.getByRole("button", { name: "Hold" }).click();
      fake.send(...Array.from({ length: 3_000 }, (_, i) => event(10_000 + i, "meeting.started")));
      await assertShows(page.locator("#tail-state"), /held; 3.000 new entries/);
      await page.getByRole("button", { name: "Hold" }).click();
      await assertShows(page.locator("#tail li").first(), "#12999");
      assert.ok((await page.locator("#tail li").count()) <= 200);
    });
  });

  test("the keyboard reaches everything from the top, and shows where it is", async () => {
    await on(bad(), VIEWS.light, async (page) => {
      await assertShows(page.locator("#tail"), "#1204866");
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the figures");
      const reached = new Set();
      for (let i = 0; i < 100; i++) {
        await page.keyboard.press("Tab");
        const [what, outline] = await page.evaluate(() => {
          const { activeElement } = document;
          const name = activeElement.getAttribute("aria-label") ?? (activeElement.id || activeElement.tagName);
          return [name, getComputedStyle(activeElement).outlineStyle];
        });
        if (what === "BODY") {
          break;
        }
        reached.add(what);
        assert.notEqual(outline, "none", what);
      }
      for (const wanted of ["gaps-days", "List of gaps", "Pause crm", "Replay crm", "Resume mail", "Choose entry 1204100 of crm", "tail-event", "tail-hold"]) {
        assert.ok(reached.has(wanted), wanted + " is not among " + [...reached].join(", "));
      }
    });
  });
});
