// What a reader does on a page: with the keyboard alone, without a script, with a theme of their own, and what the page remembers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "./book.js";
import { TAGS, browser, chapters, published, site, visit } from "./site.js";

const DIRECTIONS = editions();
const CHAPTER = "02_execution/03_wakeups.html";
const PHONE = { viewport: { width: 360, height: 740 }, reducedMotion: "reduce" };
const DESK = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" };

published();

const open = (path, options, look) => visit(browser, `${site.url}/${path}`, options, look);
const pathOf = (page) => decodeURI(new URL(page.url()).pathname.slice(1));
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme);

for (const tag of TAGS) {
  const order = () => chapters(site, tag);
  test(`${tag}: everything can be reached by the keyboard`, () =>
    open(`${tag}/${CHAPTER}`, DESK, async (page) => {
      const at = order().indexOf(`${tag}/${CHAPTER}`);
      await page.keyboard.press("Tab");
      assert.equal(await focused(page), "skip");
      assert.ok(await page.locator(".skip").evaluate((link) => link.getBoundingClientRect().top >= 0), "the first link is seen when it has the focus");
      await page.keyboard.press("Enter");
      assert.equal(await focused(page), "text");

      const [forth, back] = DIRECTIONS[tag] === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
      await page.keyboard.press(forth);
      await page.waitForURL(`**/${order()[at + 1]}`);
      await page.keyboard.press(back);
      await page.waitForURL(`**/${order()[at]}`);

      await page.keyboard.press("t");
      assert.equal(await theme(page), "light");
      await page.focus("#keys-open");
      await page.keyboard.press("?");
      assert.ok(await page.locator("#keys").evaluate((dialog) => dialog.open));
      // Behind a dialog, nothing happens.
      await page.keyboard.press(forth);
      await page.keyboard.press("t");
      assert.equal(await theme(page), "light");
      await page.keyboard.press("Escape");
      assert.ok(!(await page.locator("#keys").evaluate((dialog) => dialog.open)));
      assert.equal(await focused(page), "keys-open");

      // The browser's own keys stay the browser's, and in a block of code the arrows scroll.
      for (const key of [`Control+${forth}`, `Alt+Shift+${forth}`, `Meta+${forth}`, "Control+t", "Alt+t"]) await page.keyboard.press(key);
      await page.focus("main pre");
      await page.keyboard.press(forth);
      assert.equal(await theme(page), "light");
      assert.equal(pathOf(page), order()[at]);
    }));

  test(`${tag}: search is opened by its keys, and left by Escape`, () =>
    open(`${tag}/${CHAPTER}`, DESK, async (page) => {
      for (const key of ["s", "/"]) {
        await page.focus("#search-open");
        await page.keyboard.press(key);
        await page.locator("#search[open] input").waitFor();
        // What is typed is typed, and no command.
        await page.keyboard.type("st?");
        await page.keyboard.press("ArrowLeft");
        assert.equal(await page.locator("#search input").inputValue(), "st?");
        assert.equal(await theme(page), "auto");
        assert.equal(pathOf(page), `${tag}/${CHAPTER}`);
        await page.keyboard.press("Escape");
        // Where a first Escape empties the field, a second one closes.
        if (await page.locator("#search[open]").count()) await page.keyboard.press("Escape");
        assert.equal(await page.locator("#search[open]").count(), 0);
        assert.equal(await focused(page), "search-open");
      }
    }));

  test(`${tag}: on a phone, the contents are opened and left by the keyboard`, () =>
    open(`${tag}/${CHAPTER}`, PHONE, async (page) => {
      const contents = page.locator("#contents");
      assert.equal(await contents.isVisible(), false);
      await page.focus(".menu");
      await page.keyboard.press("Enter");
      assert.ok(await contents.isVisible());
      const current = contents.locator("> ol > li > a[aria-current=page]");
      assert.ok(await current.isVisible());
      await page.keyboard.press("Escape");
      assert.equal(await contents.isVisible(), false);
      assert.equal(await focused(page), "tool menu");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.closest("#contents") !== null), "the next stop is in the contents");
    }));

  for (const [name, screen] of [["a desk", DESK], ["a phone", PHONE]]) {
    test(`${tag}: on ${name}, a page without a script lacks nothing but what needs one`, () =>
      open(`${tag}/${CHAPTER}`, { ...screen, javaScriptEnabled: false, colorScheme: "dark" }, async (page) => {
        const contents = page.locator("#contents");
        if (screen === PHONE) {
          assert.equal(await contents.isVisible(), false);
          await page.click(".menu");
        }
        assert.ok(await contents.isVisible());
        assert.equal(await contents.locator("> ol > li > a[aria-current=page]").getAttribute("href"), "../02_execution/03_wakeups.html");
        if (screen === PHONE) await page.keyboard.press("Escape");
        for (const id of ["search-open", "theme", "keys-open"]) assert.equal(await page.locator(`#${id}`).isVisible(), false, id);
        assert.equal(await page.locator("figure.code button").count(), 0);
        const background = await page.locator("html").evaluate((html) => getComputedStyle(html).backgroundColor);
        assert.ok(Math.max(...background.match(/\d+/g).map(Number)) < 60, `${background} is dark, as the system`);

        const figure = page.locator("figure.code", { has: page.locator(".unfold") }).first();
        const hidden = figure.locator(".boring").first();
        assert.equal(await hidden.isVisible(), false);
        await figure.locator(".unfold").check();
        assert.ok(await hidden.isVisible());

        const answer = page.locator("main details").first();
        await answer.locator("summary").click();
        assert.ok(await answer.locator("> :not(summary)").first().isVisible());

        await page.click(".turn a[rel=next]");
        await page.waitForURL(`**/${order()[order().indexOf(`${tag}/${CHAPTER}`) + 1]}`);
        const other = tag === "en" ? "ko" : "en";
        await page.click(".editions summary");
        await page.click(`.editions a[hreflang=${other}]`);
        await page.waitForURL(`**/${other}/02_execution/04_executor.html`);
      }));
  }

  test(`${tag}: a theme is remembered, and there before the page is drawn`, () =>
    open(`${tag}/introduction.html`, { ...DESK, colorScheme: "light" }, async (page, context) => {
      const labels = [];
      for (const chosen of ["light", "dark", "auto", "light", "dark"]) {
        await page.click("#theme");
        assert.equal(await theme(page), chosen);
        labels.push(await page.getAttribute("#theme", "aria-label"));
      }
      assert.equal(new Set(labels).size, 3, labels.join(", "));
      // A page whose script never comes.
      await context.route(/book[^/]*\.js$/, () => {});
      const [other] = TAGS.filter((other) => other !== tag);
      await page.goto(`${site.url}/${other}/${CHAPTER}`, { waitUntil: "commit" });
      await page.locator("main h1").waitFor();
      assert.equal(await theme(page), "dark");
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
      await context.unroute(/book[^/]*\.js$/);
    }));

  test(`${tag}: a chapter that was read is marked, in every edition`, () =>
    open(`${tag}/${CHAPTER}`, DESK, async (page) => {
      const link = page.locator("#contents > ol > li > a[href$='03_wakeups.html']");
      const neighbour = page.locator("#contents > ol > li > a[href$='04_executor.html']");
      assert.equal(await link.getAttribute("data-read"), null);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
      await page.waitForFunction(() => Number(document.querySelector("#contents a[aria-current=page]").style.getPropertyValue("--read")) > 0.3);
      assert.equal(await link.getAttribute("data-read"), null, "half of it is not all");
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.waitForFunction(() => "read" in document.querySelector("#contents a[aria-current=page]").dataset);
      for (const other of TAGS) {
        await page.goto(`${site.url}/${other}/introduction.html`);
        assert.equal(await link.getAttribute("data-read"), "", other);
        assert.equal(await neighbour.getAttribute("data-read"), null, other);
      }
    }));
}
