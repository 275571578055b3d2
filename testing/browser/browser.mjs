// A headless Chromium, and what each test wants of it.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = fileURLToPath(new URL("target/screenshots/", import.meta.url));

export const VIEWS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "dark", deviceScaleFactor: 2, hasTouch: true },
  wall: { viewport: { width: 1920, height: 1080 }, colorScheme: "dark" },
};

/** CHROMIUM names the browser; see .ci/browser. */
export async function launch() {
  const root = process.getuid?.() === 0;
  // Its sandbox does not work for root; the pages are ours.
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: root ? ["--no-sandbox"] : [] });
}

/** Opens the page, and ends with an error whatever the browser complained of, a refusal by the content policy included. */
export async function withPage(browser, address, view, work, allowed = /$^/) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce", ...view });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.setDefaultTimeout(15_000);
  try {
    await page.goto(address);
    await work(page);
    assert.deepEqual(complaints.filter((text) => !allowed.test(text)), []);
  } finally {
    await context.close();
  }
}

export async function shoot(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: SHOTS + name + ".png", fullPage: true });
}

/** Labels, landmarks, names of controls, contrast and so on, by axe-core. */
export async function assertAccessible(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html.slice(0, 200) + " " + node.failureSummary));
  assert.deepEqual(found, []);
}

export async function assertNothingIsCutOff(page) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= room, "the page is " + wide + " px wide, and there are " + room);
}

/** Waits until a text is shown, and says what was shown instead. */
export async function assertShows(locator, expected, seconds = 15) {
  const matches = (text) => (expected instanceof RegExp ? expected.test(text) : text.includes(expected));
  const end = Date.now() + seconds * 1000;
  let text = "";
  while (Date.now() < end) {
    text = (await locator.count()) === 0 ? "" : (await locator.first().innerText()).replaceAll("\u00a0", " ");
    if (matches(text)) {
      return;
    }
    await locator.page().waitForTimeout(50);
  }
  assert.fail("not shown within " + seconds + " s: " + expected + "; but: " + text);
}
