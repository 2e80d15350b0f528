// Each kind of page, in every edition, light and dark, on a phone and on a desk: nothing fails to load, nothing sticks out, nothing is
// in the way of a reader who sees or moves otherwise, and no page is heavier than it has to be.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { TAGS, browser, published, site, visit } from "./site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const CHAPTER = "02_execution/03_wakeups.html";
const PAGES = [CHAPTER, "introduction.html", "translations.html", "print.html", "no/such/page.html"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

published();

/** Opens a page. The address that does not exist is the only one that may be answered so. */
const open = (path, options, look) => visit(browser, `${site.url}/${path}`, options, look, (error) => error.startsWith(`${site.url}/${path}: 404`) || error.includes("status of 404"));

/** What axe-core finds, one line for each place. */
async function violations(page, run) {
  await page.evaluate((axe) => { if (!globalThis.axe) (0, eval)(axe); }, AXE);
  return page.evaluate(async (run) => {
    const { violations } = await axe.run(document, { ...run, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => `${id}: ${node.target} ${node.failureSummary}`));
  }, run);
}

/** What a reader would have to scroll sideways for: elements wider than the window, that are in no box which scrolls by itself. */
const stickingOut = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const found = document.documentElement.scrollWidth > width ? [`the document: ${document.documentElement.scrollWidth} of ${width} px`] : [];
  const scrolls = (element) => element && element !== document.body && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  for (const element of document.querySelectorAll("body *")) {
    const { left, right, width: own } = element.getBoundingClientRect();
    if (own === 0 || (left >= -1 && right <= width + 1) || !element.checkVisibility() || scrolls(element.parentElement)) continue;
    found.push(`${element.tagName}.${element.className} from ${left} to ${right} of ${width} px: ${element.textContent.slice(0, 40)}`);
  }
  return found.slice(0, 5);
});

/** Pairs of neighbours that lie upon each other, in the bar and in the text. */
const overlaps = (page) => page.evaluate(() => {
  const found = [];
  for (const parent of document.querySelectorAll(".bar, .bar .tools, main, .turn")) {
    const children = [...parent.children].filter((child) => child.checkVisibility() && !["absolute", "fixed"].includes(getComputedStyle(child).position));
    const boxes = children.map((child) => child.getBoundingClientRect());
    for (let at = 1; at < boxes.length; at++) {
      const [one, two] = [boxes[at - 1], boxes[at]];
      const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (across > 1 && down > 1) found.push(`${children[at - 1].outerHTML.slice(0, 60)} and ${children[at].outerHTML.slice(0, 60)}`);
    }
  }
  return found;
});

/** How wide a page is shown: a phone, WCAG's reflow, a desk at 200 % zoom, a desk. */
const WIDTHS = [360, 320, 720, 1440];

/** Looks at a page in one edition, or outside of them all, at each width, light and dark. */
function examine(path) {
  const isPrint = path.endsWith("print.html");
  test(`${path}: nothing sticks out, nothing is in anybody's way`, () =>
    open(path, { viewport: { width: WIDTHS[0], height: 800 }, colorScheme: "light", reducedMotion: "reduce" }, async (page) => {
      // The whole book has what its chapters have, and takes long to measure.
      for (const width of isPrint ? [WIDTHS[0]] : WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await stickingOut(page), [], `${width} px`);
        assert.deepEqual(await overlaps(page), [], `${width} px`);
      }
      // On a desk, the contents are beside the text; on a phone, they are behind a button.
      for (const width of isPrint ? [360] : [1440, 360]) {
        await page.setViewportSize({ width, height: 800 });
        const rules = { "color-contrast": { enabled: !isPrint } };
        assert.deepEqual(await violations(page, { runOnly: RULES, rules }), [], `${width} px`);
      }
      const brightness = () => page.evaluate(() => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d");
        canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        const drawn = canvas.getImageData(0, 0, 1, 1).data;
        return drawn[3] === 0 ? null : Math.max(...drawn.slice(0, 3));
      });
      const light = await brightness();
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      const dark = await brightness();
      // A page without a colour of its own has that of the system.
      if (light !== null) assert.ok(light > 200 && dark < 60, `${light} and ${dark} of 255`);
      if (!isPrint) assert.deepEqual(await violations(page, { runOnly: ["color-contrast"] }), [], "dark");
    }));
}

for (const tag of TAGS) for (const page of PAGES) examine(`${tag}/${page}`);
for (const page of ["index.html#choose", "no-edition/page.html"]) examine(page);

/** What a chapter may cost to read, in bytes on their way. The Persian edition brings its font. */
const BYTES = { fa: 110_000 };
const REQUESTS = 8;

for (const tag of TAGS) {
  test(`${tag}: a chapter is light, and stays where it is while it loads`, () =>
    open("index.html#choose", {}, async (page) => {
      const network = await page.context().newCDPSession(page);
      await network.send("Network.enable");
      const addresses = new Set();
      let bytes = 0;
      network.on("Network.requestWillBeSent", ({ request }) => addresses.add(request.url));
      network.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
      await page.addInitScript(() => {
        globalThis.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) for (const { node, previousRect, currentRect } of entry.sources) globalThis.shifts.push(`${node?.outerHTML?.slice(0, 80)} from ${previousRect.x}, ${previousRect.y} to ${currentRect.x}, ${currentRect.y}`);
        }).observe({ type: "layout-shift", buffered: true });
      });
      // What is late must not move what is there.
      await page.route(/\.(woff2|js)$/, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        await route.continue();
      });
      await page.goto(`${site.url}/${tag}/${CHAPTER}`, { waitUntil: "networkidle" });
      await page.evaluate(() => document.fonts.ready);
      const icon = await page.evaluate(() => document.querySelector("link[rel=icon]").href);
      if (!addresses.has(icon)) {
        addresses.add(icon);
        bytes += (await page.evaluate(async (icon) => { await (await fetch(icon)).text(); return performance.getEntriesByName(icon)[0].transferSize; }, icon));
      }
      assert.ok(addresses.size <= REQUESTS, [...addresses].join("\n"));
      assert.ok(bytes <= (BYTES[tag] ?? 60_000), `${bytes} bytes`);
      const late = await page.evaluate(() => performance.getEntriesByType("resource").filter((entry) => entry.initiatorType === "script" && entry.renderBlockingStatus === "blocking").map((entry) => entry.name));
      assert.deepEqual(late, [], "no script holds up the page");
      // The contents of a narrow page come when the reader asks for them; on the way down nothing moves.
      await page.evaluate(async () => {
        for (let at = 0; at < document.body.scrollHeight; at += innerHeight) {
          scrollTo({ top: at, behavior: "instant" });
          await new Promise(requestAnimationFrame);
        }
      });
      assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
    }));
}
