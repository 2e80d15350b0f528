// Recorded runs: a drawing and a list for everybody, and a player for those who have a script and want to step through.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { cargoBook, editions, root } from "./book.js";
import { TAGS, browser, published, site, visit } from "./site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DIRECTIONS = editions();
const DESK = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" };
const RECORDING = '<figure class="recording"';
/** What the script may weigh, compressed. */
const BYTES = 5 * 1024;

/** The pages of all editions, from the site's root, that have a recording. */
let pages;

published(() => {
  const has = (path) => readFileSync(join(site.folder, path), "utf8").includes(RECORDING);
  pages = site.pages.filter((path) => !path.endsWith("print.html") && has(path));
});

const open = (path, options, look) => visit(browser, `${site.url}/${path}`, { ...DESK, ...options }, look);

/** Opens the first page of an edition that has a recording, when its player is there. `look` gets what it plays, too. */
async function play(tag, options, look) {
  const path = pages.find((path) => path.startsWith(`${tag}/`));
  assert.ok(path, `no page of ${tag} has a recording`);
  await open(path, options, async (page) => {
    await page.locator(".player").first().waitFor();
    const figure = page.locator("figure.recording").first();
    const steps = await figure.locator("details.steps li").evaluateAll((items) => items.map((item) => ({
      id: item.id, at: item.dataset.at ?? null, asks: "ask" in item.dataset,
      text: item.querySelector("p").textContent,
      state: [...item.querySelectorAll("dl > div")].map(({ firstElementChild, lastElementChild }) => [firstElementChild.textContent, lastElementChild.textContent]),
    })));
    await look(page, figure, steps, path);
  });
}

/** The step that all parts of a player show; they must agree. */
async function current(figure, steps) {
  const shown = await figure.evaluate((figure) => {
    const one = (selector) => figure.querySelectorAll(selector);
    return {
      scrubber: Number(figure.querySelector("[type=range]").value),
      caption: figure.querySelector(".caption").textContent,
      drawn: [...one(".step[aria-current=step]")].map((step) => Number(step.dataset.step)),
      listed: [...one("li[aria-current=step]")].map((item) => item.id),
      future: one(".step.future").length,
      output: figure.querySelector(".controls output").textContent,
      language: document.documentElement.lang,
      now: [...one(".now > div")].filter((entry) => entry.checkVisibility({ visibilityProperty: true })).map((entry) => [entry.firstElementChild.textContent, entry.lastElementChild.textContent]),
    };
  });
  const at = shown.scrubber;
  const { text, id } = steps[at - 1];
  assert.equal(shown.caption, text);
  assert.deepEqual(shown.drawn, [at]);
  assert.deepEqual(shown.listed, [id]);
  assert.equal(shown.future, steps.length - at);
  const now = new Map(steps.slice(0, at).flatMap(({ state }) => state));
  assert.deepEqual(new Map(shown.now), now, `the states at step ${at}`);
  const digits = (number) => number.toLocaleString(shown.language);
  assert.equal(shown.output, `${digits(at)} / ${digits(steps.length)}`);
  return at;
}

/** The file's line, without the space around it and without its comment, which an edition may translate. */
const bare = (line) => line.split("//")[0].trim();

for (const tag of TAGS) {
  const [forth, back] = DIRECTIONS[tag] === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];

  test(`${tag}: without a script, a recording is a drawing and a list, and a step can be linked to`, async () => {
    const path = pages.find((path) => path.startsWith(`${tag}/`));
    await open(path, { javaScriptEnabled: false }, async (page) => {
      const figure = page.locator("figure.recording").first();
      assert.ok(await figure.locator(".drawing svg").isVisible());
      assert.equal(await page.locator(".player").count(), 0);
      const items = figure.locator("details.steps li");
      const count = await items.count();
      assert.equal(await figure.locator(".drawing [data-step]").count(), count);
      assert.equal(await items.first().isVisible(), false);
      await page.focus("figure.recording summary");
      await page.keyboard.press("Enter");
      assert.ok(await items.first().isVisible());
      const { id, number } = await items.nth(count - 1).evaluate((item) => ({ id: item.id, number: getComputedStyle(item).listStyleType }));
      assert.equal(number, tag === "fa" ? "persian" : "decimal");
      await page.goto("about:blank");
      await page.goto(`${site.url}/${path}#${id}`);
      const target = page.locator("li:target");
      assert.equal(await target.getAttribute("id"), id);
      assert.ok(await target.isVisible(), "the address of a step opens the list");
      const plain = await items.first().evaluate((item) => getComputedStyle(item).backgroundColor);
      assert.notEqual(await target.evaluate((item) => getComputedStyle(item).backgroundColor), plain);
    });
  });

  test(`${tag}: a recording is played by the keyboard alone`, () =>
    play(tag, {}, async (page, figure, steps) => {
      const at = () => current(figure, steps);
      const address = page.url();
      await figure.locator("[data-do=next]").focus();
      const press = async (key, step) => {
        await page.keyboard.press(key);
        assert.equal(await at(), step, key);
      };
      assert.equal(await at(), 1);
      await press(back, 1);
      await press(forth, 2);
      await press("Enter", 3);
      await press(" ", 4);
      await press(back, 3);
      await press("End", steps.length);
      await press(forth, steps.length);
      await press("Home", 1);
      // The scrubber has keys of its own, and they follow the direction of reading, too.
      await figure.locator("[type=range]").focus();
      await press(forth, 2);
      await press("End", steps.length);
      await press("Home", 1);
      // Nothing else listens: no chapter is turned.
      await figure.locator("[data-do=next]").focus();
      for (const key of [`Control+${forth}`, `Alt+Shift+${forth}`]) await press(key, 1);
      assert.equal(page.url(), address);
      // Tab goes through all controls in their order, and out of the player.
      await figure.locator("[data-do=first]").focus();
      const stops = [];
      for (let step = 0; step < 6; step++) {
        stops.push(await page.evaluate(() => document.activeElement.dataset.do ?? document.activeElement.type ?? document.activeElement.className));
        await page.keyboard.press("Tab");
      }
      assert.deepEqual(stops, ["first", "back", "next", "last", "range", "quiz"]);
    }));

  test(`${tag}: every button, the scrubber and the drawing lead to a step`, () =>
    play(tag, {}, async (page, figure, steps) => {
      const last = steps.length;
      for (const [what, step] of [["next", 2], ["next", 3], ["back", 2], ["last", last], ["next", last], ["back", last - 1], ["first", 1], ["back", 1]]) {
        const button = figure.locator(`[data-do=${what}]`);
        assert.ok((await button.getAttribute("aria-label")).length > 1, `${what} has a name`);
        const { width, height } = await button.boundingBox();
        assert.ok(width >= 24 && height >= 24, `${what} is ${width} by ${height} px`);
        await button.click({ force: true });
        assert.equal(await current(figure, steps), step, what);
      }
      await figure.locator("[type=range]").fill("4");
      assert.equal(await current(figure, steps), 4);
      const scrolled = await page.evaluate(() => scrollY);
      await figure.locator("[data-step='6'] .row").dispatchEvent("click");
      assert.equal(await current(figure, steps), 6);
      // The drawing scrolls in itself: the step is in view below the heads, and the page stays.
      for (const step of [last, Math.ceil(last / 2), 1]) {
        await figure.locator("[type=range]").fill(String(step));
        const seen = await figure.evaluate((figure) => {
          const box = (selector) => figure.querySelector(selector).getBoundingClientRect();
          const [row, view] = [box(".step[aria-current] .row"), box(".drawing")];
          return row.top >= view.top && row.bottom <= view.bottom;
        });
        assert.ok(seen, `step ${step}`);
      }
      assert.equal(await page.evaluate(() => scrollY), scrolled);
    }));

  test(`${tag}: the line of the step is lit, wherever the page shows it`, () =>
    play(tag, {}, async (page, figure, steps) => {
      const scrubber = figure.locator("[type=range]");
      const lit = () => page.evaluate(() => [...CSS.highlights.get("step") ?? []].map((range) => ({
        text: range.toString(), folded: !range.startContainer.parentElement.checkVisibility(), lines: range.startContainer.parentElement.closest("figure").dataset.lines,
      })));
      assert.deepEqual(await lit(), [], "nothing is lit before the reader acts");
      let seen = 0;
      for (const [index, { at }] of steps.entries()) {
        await scrubber.fill(String(index + 1));
        if (index === 0) await scrubber.dispatchEvent("input");
        const ranges = await lit();
        const shown = await figure.locator(".line").textContent();
        assert.equal(shown, ranges[0]?.text ?? "");
        if (!at) assert.deepEqual(ranges, []);
        for (const { text, folded, lines } of ranges) {
          const [file, line] = at.split(":");
          const code = readFileSync(join(root, file), "utf8").split("\n")[line - 1];
          assert.equal(bare(text), bare(code), at);
          assert.equal(text, text.trim());
          assert.equal(folded, false);
          assert.ok(lines.startsWith(`${file}:`));
          seen += 1;
        }
      }
      assert.ok(seen > steps.length / 3, `${seen} lit lines in ${steps.length} steps`);
    }));

  test(`${tag}: a link to a step leads to the player, from the page and from elsewhere`, () =>
    play(tag, {}, async (page, figure, steps, path) => {
      const inView = () => page.evaluate(() => { const { top, bottom } = document.querySelector(".player").getBoundingClientRect(); return top >= 0 && top < innerHeight / 2 && bottom > 0; });
      const [one, two] = [steps[4].id, steps[2].id];
      await page.evaluate((id) => {
        scrollTo({ top: 0, behavior: "instant" });
        document.querySelector("main").prepend(Object.assign(document.createElement("a"), { href: `#${id}`, id: "to-step", textContent: "a step" }));
      }, one);
      await page.click("#to-step");
      assert.equal(await current(figure, steps), 5);
      assert.ok(await inView());
      assert.equal(new URL(page.url()).hash, `#${one}`);
      assert.equal(await page.locator("details.steps").first().evaluate((list) => list.open), false);
      await page.keyboard.press(forth);
      assert.equal(await current(figure, steps), 6);
      await page.goto("about:blank");
      await page.goto(`${site.url}/${path}#${two}`);
      await page.locator(".player").first().waitFor();
      await page.waitForLoadState();
      assert.equal(await current(figure, steps), 3);
      assert.ok(await inView());
    }));

  test(`${tag}: it plays by itself only where the reader wants motion, and stops when the reader acts`, () =>
    play(tag, { reducedMotion: "no-preference" }, async (page, figure, steps) => {
      const button = figure.locator("[data-do=play]");
      const [name, pause] = await button.evaluate((button) => [button.ariaLabel, button.dataset.pause]);
      await button.click();
      assert.equal(await button.getAttribute("aria-label"), pause);
      await page.waitForFunction(() => Number(document.querySelector("[type=range]").value) >= 2);
      await page.keyboard.press("Escape");
      assert.equal(await button.getAttribute("aria-label"), name);
      await figure.locator(".drawing").focus();
      await page.keyboard.press(" ");
      assert.equal(await button.getAttribute("aria-label"), pause);
      await page.keyboard.press(back);
      assert.equal(await button.getAttribute("aria-label"), name);
      // It stops at the end, and begins anew from there.
      await figure.locator("[type=range]").fill(String(steps.length - 1));
      await button.click();
      await page.waitForFunction((last) => Number(document.querySelector("[type=range]").value) === last, steps.length);
      assert.equal(await button.getAttribute("aria-label"), name);
      await button.click();
      assert.equal(await current(figure, steps), 1);
      await button.click();

      await page.emulateMedia({ reducedMotion: "reduce" });
      assert.equal(await button.isVisible(), false);
      await figure.locator(".drawing").focus();
      await page.keyboard.press(" ");
      assert.equal(await figure.locator(".player.playing").count(), 0);
      assert.equal(await figure.locator(".drawing").evaluate((drawing) => getComputedStyle(drawing).scrollBehavior), "auto");
    }));

  test(`${tag}: the reader is asked what happens next, and the score is kept`, () =>
    play(tag, {}, async (page, figure, steps) => {
      const quiz = figure.locator(".quiz");
      const next = figure.locator("[data-do=next]");
      const first = steps.findIndex(({ asks }, at) => asks && at > 0);
      // Who has not asked for it is not asked.
      await figure.locator("[type=range]").fill(String(first));
      await next.click();
      assert.equal(await current(figure, steps), first + 1);
      await figure.locator("[data-do=quiz]").check();
      await figure.locator("[data-do=back]").click();
      assert.equal(await quiz.isVisible(), false, "back does not ask");
      const says = await quiz.locator(".verdict").evaluate((verdict) => ({ ...verdict.dataset }));
      const digits = (number) => number.toLocaleString(tag);
      let [score, asked] = [0, 0];
      const order = [];
      for (let step = first + 1; step <= steps.length && asked < 4; step++) {
        await next.focus();
        await page.keyboard.press("Enter");
        if (!steps[step - 1].asks) continue;
        assert.equal(await current(figure, steps), step - 1, "the step is not shown before the answer");
        assert.ok(await quiz.evaluate((quiz) => quiz === document.activeElement));
        const hidden = await figure.locator(".step.future .code").first().evaluate((code) => getComputedStyle(code).visibility);
        assert.equal(hidden, "hidden", "the drawing does not tell");
        await page.keyboard.press(forth);
        assert.equal(await current(figure, steps), step - 1, "no way around the question but to leave it");
        const choices = await quiz.locator(".choices button").allTextContents();
        assert.equal(choices.length, 3);
        assert.equal(new Set(choices).size, 3, choices.join(" | "));
        const truth = choices.indexOf(steps[step - 1].text);
        assert.notEqual(truth, -1);
        order.push(truth);
        const chosen = asked % 2 === 0 ? truth : (truth + 1) % 3;
        if (asked < 2) await page.keyboard.press(`Digit${chosen + 1}`);
        else {
          for (let tab = 0; tab <= chosen; tab++) await page.keyboard.press("Tab");
          await page.keyboard.press("Enter");
        }
        asked += 1;
        score += chosen === truth ? 1 : 0;
        const verdict = (chosen === truth ? says.right : says.wrong).replace("{score}", digits(score)).replace("{asked}", digits(asked));
        assert.equal(await quiz.locator(".verdict").textContent(), verdict);
        assert.equal(await current(figure, steps), step);
        assert.ok(await next.evaluate((next) => next === document.activeElement));
        assert.equal(await quiz.locator("button.right").textContent(), steps[step - 1].text);
        assert.equal(await quiz.locator("button.wrong").count(), chosen === truth ? 0 : 1);
      }
      assert.equal(asked, 4);
      assert.ok(new Set(order).size > 1, `the right answer is not always the same: ${order}`);
      // A question can be left, and is the same when it is asked again.
      await figure.locator("[type=range]").fill(String(first));
      const choices = quiz.locator(".choices button");
      await next.click();
      const before = await choices.allTextContents();
      await page.keyboard.press("Escape");
      assert.equal(await quiz.isVisible(), false);
      assert.equal(await current(figure, steps), first);
      await next.click();
      assert.deepEqual(await choices.allTextContents(), before);
      await figure.locator("[type=range]").fill("1");
      assert.equal(await quiz.isVisible(), false, "a scrubber does not ask");
    }));

  test(`${tag}: a player is in nobody's way: axe, light and dark, with a question and without`, () =>
    play(tag, { colorScheme: "light" }, async (page, figure, steps) => {
      const violations = () => page.evaluate(async ([axe]) => {
        if (!globalThis.axe) (0, eval)(axe);
        const { violations } = await globalThis.axe.run("figure.recording", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
        return violations.flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => `${id}: ${node.target} ${node.failureSummary}`));
      }, [AXE]);
      const first = steps.findIndex(({ asks }, at) => asks && at > 0);
      await figure.locator("summary").click();
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await figure.locator("[data-do=quiz]").uncheck();
        await figure.locator("[type=range]").fill(String(first));
        assert.deepEqual(await violations(), [], colorScheme);
        await figure.locator("[data-do=quiz]").check();
        await figure.locator("[data-do=next]").click();
        assert.ok(await figure.locator(".quiz").isVisible());
        assert.deepEqual(await violations(), [], `${colorScheme}, asked`);
        await figure.locator(".choices button").first().click();
        assert.deepEqual(await violations(), [], `${colorScheme}, answered`);
      }
    }));

  test(`${tag}: first and last are where the script begins and ends, and nothing is wider than the page`, () =>
    play(tag, {}, async (page, figure, steps) => {
      for (const width of [1440, 360, 320]) {
        await page.setViewportSize({ width, height: 800 });
        for (const step of [1, steps.length]) {
          await figure.locator("[type=range]").fill(String(step));
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        }
        const order = await figure.evaluate((figure) => {
          const middle = (element) => { const { left, right } = element.getBoundingClientRect(); return (left + right) / 2; };
          const ends = (...selectors) => selectors.map((selector) => middle(figure.querySelector(selector)));
          return {
            buttons: ends("[data-do=first]", "[data-do=back]", "[data-do=next]", "[data-do=last]"),
            lanes: [...figure.querySelectorAll(".drawing .lane")].map(middle),
            labels: ends(".step text:not(.code)", ".step .code"),
          };
        });
        for (const [what, places] of Object.entries(order)) {
          const sorted = places.toSorted((a, b) => DIRECTIONS[tag] === "rtl" ? b - a : a - b);
          assert.deepEqual(places, sorted, `${what} at ${width} px`);
        }
        const icon = await figure.locator("[data-do=next] svg").evaluate((icon) => new DOMMatrix(getComputedStyle(icon).transform).a);
        assert.equal(icon, DIRECTIONS[tag] === "rtl" ? -1 : 1);
      }
    }));

  test(`${tag}: on paper, the drawing and the whole list, and no player`, () =>
    play(tag, {}, async (page, figure) => {
      await figure.locator("[data-do=quiz]").check();
      await page.emulateMedia({ media: "print" });
      assert.equal(await figure.locator(".player").isVisible(), false);
      const paper = await figure.evaluate((figure) => {
        const drawing = figure.querySelector(".drawing");
        return {
          items: [...figure.querySelectorAll("details.steps li")].every((item) => item.checkVisibility() && item.getBoundingClientRect().height > 0),
          cut: drawing.scrollHeight > drawing.clientHeight + 1,
          pale: [...figure.querySelectorAll(".step .code")].filter((code) => getComputedStyle(code).opacity !== "1" || getComputedStyle(code).visibility !== "visible").length,
        };
      });
      assert.deepEqual(paper, { items: true, cut: false, pale: 0 });
    }));
}

test("the script is small, and loaded only where there is a recording", async () => {
  const folder = join(site.folder, "en", "theme");
  const names = readdirSync(folder).filter((name) => /^player.*\.js$/.test(name));
  assert.equal(names.length, 1);
  const { length } = gzipSync(readFileSync(join(folder, names[0])), { level: 9 });
  assert.ok(length <= BYTES, `${length} bytes`);
  const loads = async (path) => {
    let loaded = false;
    await open("index.html#choose", {}, async (page) => {
      page.on("request", (request) => { loaded ||= /\/player[^/]*\.js$/.test(request.url()); });
      await page.goto(`${site.url}/${path}`, { waitUntil: "networkidle" });
    });
    return loaded;
  };
  assert.equal(await loads(pages[0]), true);
  const without = site.pages.find((path) => /^en\/0\d_/.test(path) && !pages.includes(path));
  assert.equal(await loads(without), false, without);
});

test("a page that was opened as a file plays, too", () =>
  visit(browser, pathToFileURL(join(site.folder, pages[0])).href, DESK, async (page) => {
    await page.locator(".player").first().waitFor();
    await page.click("[data-do=next]");
    assert.equal(await page.inputValue("[type=range]"), "2");
  }));

test("a page of a reader's own program has a player, too, and lights its lines", async () => {
  const folder = mkdtempSync(join(tmpdir(), "book-own-"));
  try {
    writeFileSync(join(folder, "my.rs"), "fn main() {\n    let one = 1;\n    println!(\"{one}\");\n}\n");
    cargoBook(root, "record", "--file", join(folder, "my.rs"));
    await visit(browser, pathToFileURL(join(folder, "my.html")).href, DESK, async (page) => {
      await page.locator(".player [data-do=next]").click();
      assert.equal(await page.locator(".player output").textContent(), "2 / 2");
      assert.equal(await page.locator(".player .line").textContent(), "println!(\"{one}\");");
      assert.equal(await page.evaluate(() => [...CSS.highlights.get("step")].join()), "println!(\"{one}\");");
      await page.evaluate(AXE);
      assert.deepEqual(await page.evaluate(async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)), []);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
