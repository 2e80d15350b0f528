// Code on a page: what is copied, what the playground is sent and what it answers, and which way it is written.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "smol-toml";
import { root } from "./book.js";
import { TAGS, browser, published, site, visit } from "./site.js";

const CHAPTER = "02_execution/03_wakeups.html";
const PLAYGROUND = "https://play.rust-lang.org/**";
const OPTIONS = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" };

published();

const open = (path, look, expected) => visit(browser, `${site.url}/${path}`, OPTIONS, look, expected);

/** What an edition's page says by this name: the template's words in its language. */
function word(tag, name) {
  if (tag === "en") return readFileSync(join(root, "theme/index.hbs"), "utf8").match(new RegExp(`\\{\\{#> ${name}\\}\\}(.*?)\\{\\{/`))[1];
  return parse(readFileSync(join(root, "src", tag, "language.toml"), "utf8")).strings.page[name];
}

/** The page of an edition that has a block of code the playground can run. */
async function runnable(page, tag) {
  const chapters = site.pages.filter((path) => path.startsWith(`${tag}/0`));
  for (const path of [`${tag}/${CHAPTER}`, ...chapters]) {
    if (!/<figure[^>]* data-run/.test(readFileSync(join(site.folder, path), "utf8"))) continue;
    await page.goto(`${site.url}/${path}`);
    return page.locator("figure.code[data-run]").first();
  }
  assert.fail("no chapter has a block that can be run");
}

for (const tag of TAGS) {
  test(`${tag}: what is shown is what is copied`, () =>
    open(`${tag}/${CHAPTER}`, async (page, context) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const copy = async (figure) => {
        await page.evaluate(() => navigator.clipboard.writeText("nothing"));
        const button = figure.getByRole("button", { name: word(tag, "copy"), exact: true });
        await button.click();
        await figure.getByRole("button", { name: word(tag, "copied"), exact: true }).waitFor();
        return page.evaluate(() => navigator.clipboard.readText());
      };
      const figure = page.locator("figure.code", { has: page.locator(".unfold") }).first();
      const whole = await figure.locator("code").textContent();
      const hidden = await figure.locator(".boring").first().textContent();
      const [first] = hidden.split("\n");
      assert.ok(first.length > 3);
      const short = await copy(figure);
      assert.ok(!short.includes(first), `${first} is hidden`);
      assert.equal(short, await figure.locator("code").evaluate((code) => code.innerText));
      await page.reload();
      await figure.locator(".unfold").check();
      assert.equal(await copy(figure), whole);
      assert.doesNotMatch(whole, /[\u2066-\u2069]/, "nothing invisible is copied");

      const console = page.locator("figure.code", { has: page.locator("code.console") }).first();
      const commands = (await console.locator("code").textContent()).split("\n").filter((line) => line.startsWith("$ "));
      assert.ok(commands.length > 0);
      assert.equal(await copy(console), commands.map((line) => line.slice(2)).join("\n"));
    }));

  test(`${tag}: a program is run in the playground, and its output is shown below it`, () =>
    open(`${tag}/introduction.html`, async (page, context) => {
      const sent = [];
      let answer = (route) => route.fulfill({ json: { result: "Hello from the playground\n", error: null }, headers: { "access-control-allow-origin": "*" } });
      await context.route(PLAYGROUND, (route) => {
        // A browser asks first whether it may send JSON to another site.
        if (route.request().method() === "OPTIONS") {
          return route.fulfill({ headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" } });
        }
        sent.push([route.request().url(), route.request().postDataJSON()]);
        return answer(route);
      });
      const figure = await runnable(page, tag);
      const run = figure.getByRole("button", { name: word(tag, "run"), exact: true });
      await run.click();
      await figure.locator("output", { hasText: "Hello from the playground" }).waitFor();
      const code = await figure.locator("code").textContent();
      assert.deepEqual(sent, [["https://play.rust-lang.org/evaluate.json", { version: "stable", optimize: "0", code, edition: "2024" }]]);
      assert.match(code, /fn main\(/);

      const says = async (now, text) => {
        answer = now;
        await run.click();
        await page.waitForFunction(([output, text]) => output.textContent === text, [await figure.locator("output").elementHandle(), text]);
      };
      await says((route) => route.fulfill({ json: { result: "", error: null }, headers: { "access-control-allow-origin": "*" } }), word(tag, "silent"));
      await says((route) => route.abort(), word(tag, "unreachable"));
      await says((route) => route.fulfill({ status: 503, body: "busy", headers: { "access-control-allow-origin": "*" } }), word(tag, "unreachable"));
    }, (error) => /play\.rust-lang\.org|Failed to load resource/.test(error)));

  test(`${tag}: code is written from left to right, and its buttons are at its right`, () =>
    open(`${tag}/${CHAPTER}`, async (page) => {
      const places = await page.evaluate(() => {
        const rect = (node, from) => {
          const range = document.createRange();
          range.setStart(node, from);
          range.setEnd(node, from + 1);
          return range.getBoundingClientRect();
        };
        const walk = (code) => document.createTreeWalker(code, NodeFilter.SHOW_TEXT, (node) => node.parentElement.checkVisibility() && !node.parentElement.closest("bdi") && /\S\S/.test(node.textContent) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
        const wrong = [];
        for (const code of document.querySelectorAll("main pre code")) {
          const words = walk(code);
          while (words.nextNode()) {
            const node = words.currentNode;
            const at = node.textContent.search(/\S\S/);
            if (rect(node, at).left >= rect(node, at + 1).left) wrong.push(node.textContent.slice(at, at + 20));
          }
        }
        for (const name of document.querySelectorAll("main :not(pre) > code")) {
          const node = name.firstChild;
          if (!node || name.getClientRects().length !== 1 || node.length < 2) continue;
          for (let at = 1; at < node.length; at++) if (rect(node, at - 1).left >= rect(node, at).left) wrong.push(node.textContent);
        }
        const figure = document.querySelector("figure.code:has(.unfold)");
        const middle = ({ left, right }) => (left + right) / 2;
        const buttons = [...figure.querySelectorAll(".unfold, button")].map((button) => button.getBoundingClientRect());
        const { right } = figure.getBoundingClientRect();
        return { wrong, buttons: buttons.length, far: Math.max(...buttons.map((button) => right - middle(button))), first: document.querySelector("main pre").getBoundingClientRect().left };
      });
      assert.deepEqual(places.wrong, []);
      assert.ok(places.buttons >= 2);
      assert.ok(places.far < 130, `the buttons are ${places.far} px from the right end`);
    }));
}
