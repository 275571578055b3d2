// The page against the built server, from its start to its end.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { VIEWS, assertAccessible, assertNothingIsCutOff, assertShows, launch, shoot, withPage } from "./browser.mjs";
import { RealServer } from "./real-server.mjs";
import { HOSTILE } from "./scenarios.mjs";

describe("the page of the built server", { concurrency: false }, () => {
  let browser;
  let server;

  before(async () => {
    browser = await launch();
    server = await RealServer.start();
  });

  after(async () => {
    await server?.close();
    await browser?.close();
  });

  test("shows that events are received, and each as it comes", async () => {
    await withPage(browser, server.address, VIEWS.light, async (page) => {
      await assertShows(page.locator("#verdict-word"), "Receiving");
      await assertShows(page.locator("#verdict-why"), /no gap in the journal|no gap since/);
      await assertShows(page.locator("#tail"), "meeting.");
      await assertShows(page.locator(".legend"), /\d\.\d \/s/);
      await assertShows(page.locator(".feed"), /Last frame\s+[\d.]+ m?s ago/);
      await assertNothingIsCutOff(page);
    });
  });

  test("shows what a stranger sent as a text, redacted until it is asked for", async () => {
    await withPage(browser, server.address, VIEWS.dark, async (page) => {
      await page.getByRole("textbox", { name: "Events" }).fill("chat_message.*");
      await page.keyboard.press("Enter");
      await assertShows(page.locator("#tail-state"), "following only");
      const object = { topic: HOSTILE.script + HOSTILE.bidi, id: "1" };
      const sent = { event: "chat_message.sent", event_ts: 1706123456789, payload: { account_id: "a", object } };
      await server.send(sent);
      const first = page.locator("#tail li").first();
      // By key: what is above may grow while a pointer is on its way.
      await first.locator("summary").press("Enter");
      await assertShows(first.locator("pre"), '"***"');
      assert.doesNotMatch(await first.innerText(), /script/);

      await page.getByLabel("Content as sent").check();
      await assertShows(page.locator("#tail-state"), "following only");
      await server.send(sent);
      // By key: what is above may grow while a pointer is on its way.
      await first.locator("summary").press("Enter");
      await assertShows(first.locator("pre"), HOSTILE.script);
      await assertShows(first.locator("pre"), "⟨U+202E⟩");
      assert.equal(await page.evaluate(() => window.hacked), undefined);
    });
  });

  test("lets a plugin that failed be redriven, paused and resumed", async () => {
    await withPage(browser, server.address, VIEWS.light, async (page) => {
      const row = page.locator("#plugins tr", { hasText: "fickle" });
      await assertShows(page.locator("#parked"), "java.lang.IllegalStateException");
      await assertAccessible(page);
      await shoot(page, "server-parked");
      server.mend(true);
      await page.getByRole("button", { name: "Redrive all" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Redrive" }).click();
      await assertShows(page.locator("dialog .outcome[data-level=ok]"), "delivered again");
      await page.keyboard.press("Escape");
      await page.locator("#parked-panel").waitFor({ state: "hidden" });

      await page.getByRole("button", { name: "Pause fickle" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
      await assertShows(page.locator("dialog .outcome[data-level=ok]"), "plugin instance fickle does not run (stopped)");
      await page.keyboard.press("Escape");
      await assertShows(row, /stopped\s+\d+ entr/);

      await page.getByRole("button", { name: "Resume fickle" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
      await assertShows(page.locator("dialog .outcome[data-level=ok]"), "plugin instance fickle is ");
      await page.keyboard.press("Escape");
      await assertShows(row, /running/);
    });
  });

  test("begins a replay, and refuses one of nothing", async () => {
    await withPage(
      browser,
      server.address,
      VIEWS.light,
      async (page) => {
        for (const [to, level, text] of [["1", "bad", "Not done: no entry lies between from and to"], ["9", "ok", "sequence 1 to 8 are replayed"]]) {
          await page.getByRole("button", { name: "Replay fickle" }).click();
          await page.getByLabel("From").fill("1");
          await page.getByLabel("To, which is not included").fill(to);
          await page.getByRole("dialog").getByRole("button", { name: "Replay" }).click();
          await assertShows(page.locator("dialog .outcome[data-level=" + level + "]"), text);
          await page.keyboard.press("Escape");
        }
      },
      /409/,
    );
  });

  test("tells loudly that the connection is lost, and afterwards which gap that left", async () => {
    await withPage(browser, server.address, VIEWS.light, async (page) => {
      await assertShows(page.locator("#verdict-word"), "Receiving");
      await server.fault("faults:\n  - after: 1ms\n    handshake-status: 502\n    for: 3s\n  - after: 50ms\n    reset:\n");
      await assertShows(page.locator("#verdict-word"), "Not receiving");
      await assertShows(page.locator("#gaps-list"), "open, ");
      await shoot(page, "server-not-receiving");
      // The server waits longer after each try that fails.
      await assertShows(page.locator("#verdict-word"), /^Receiving$/, 60);
      await assertShows(page.locator("#verdict-why"), "no gap since");
      await assertShows(page.locator(".gaplist li").first(), /\d s/);
    });
  });

  test("tells loudly that the server does not answer, and goes on when it does", async () => {
    await withPage(
      browser,
      server.address,
      VIEWS.phone,
      async (page) => {
        await assertShows(page.locator("#verdict-word"), "Receiving");
        await server.stop();
        await assertShows(page.locator("#lost"), "No word from the server");
        await shoot(page, "server-lost-phone");
        await server.run();
        await assertShows(page.locator("#verdict-word"), "Receiving");
        await assertShows(page.locator("#gaps-list"), "restart");
        await assertShows(page.locator("#tail-state"), "following");
      },
      /Failed to load resource|INCOMPLETE|REFUSED/,
    );
  });
});
