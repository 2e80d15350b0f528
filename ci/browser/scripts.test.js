// Each edition in its own script: Persian is mirrored, and no page speaks English to those who chose another language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { editions, root } from "./book.js";
import { TAGS, browser, published, site, visit } from "./site.js";

const DIRECTIONS = editions();
const CHAPTER = "02_execution/03_wakeups.html";
const OPTIONS = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" };

published();

const open = (path, options, look) => visit(browser, `${site.url}/${path}`, { ...OPTIONS, ...options }, look);

/** Asserts that the first of two things is where the lines begin, and the second is where they end. */
const inOrder = (tag, what, [first, second]) => {
  assert.ok(Number.isFinite(first) && Number.isFinite(second), `${what}: ${first}, ${second}`);
  assert.ok(DIRECTIONS[tag] === "rtl" ? first > second : first < second, `${what}: ${first}, ${second}`);
};

/** The middle of what a selector finds, or two of them, across the page. */
const middles = (page, ...selectors) => Promise.all(selectors.map((selector) => page.locator(selector).first().evaluate((element) => {
  const { left, right } = element.getBoundingClientRect();
  return (left + right) / 2;
})));

for (const tag of TAGS) {
  test(`${tag}: what begins a line is where the script begins it`, () =>
    open(`${tag}/${CHAPTER}`, {}, async (page) => {
      const across = async (...pair) => inOrder(tag, pair.join(", "), await middles(page, ...pair));
      await across("#contents", "main");
      await across(".home", ".bar .tools");
      await across(".home svg", ".home span");
      await across("#contents .number", "#contents .number + .title");
      await across(".turn a[rel=prev]", ".turn a[rel=next]");
      await across("#contents a[aria-current]", "#contents .sections li:nth-child(2) a");
    }));

  test(`${tag}: lists, tables, notes and folds begin where the script does`, () =>
    open(`${tag}/introduction.html`, {}, async (page) => {
      const seen = new Set();
      for (const path of site.pages.filter((path) => path.startsWith(`${tag}/`) && /\/0\d_|introduction/.test(path))) {
        if (seen.size === 5) break;
        await page.goto(`${site.url}/${path}`);
        const found = await page.evaluate(() => {
          const middle = ({ left, right }) => (left + right) / 2;
          const found = {};
          const text = document.querySelector("main");
          // English text in another edition has its own direction.
          const own = (selector) => [...text.querySelectorAll(selector)].find((element) => !element.closest("[lang=en]:not(html)"));
          const padded = (element) => {
            const style = getComputedStyle(element);
            return [parseFloat(style.paddingRight), parseFloat(style.paddingLeft)];
          };
          // A marker stands in the padding before the items.
          const list = own("ul, ol");
          if (list) found.list = padded(list);
          const cells = own("table tr:has(td + td)")?.cells;
          if (cells) found.table = [middle(cells[0].getBoundingClientRect()), middle(cells[1].getBoundingClientRect())];
          const note = own("blockquote");
          if (note) found.note = [parseFloat(getComputedStyle(note).borderRightWidth), parseFloat(getComputedStyle(note).borderLeftWidth)];
          const fold = own("details:not(.stale)");
          if (fold) found.fold = [parseFloat(getComputedStyle(fold).borderRightWidth), parseFloat(getComputedStyle(fold).borderLeftWidth)];
          const summary = own("summary");
          if (summary) {
            // The marker stands before the words of the summary, within its padding.
            const range = document.createRange();
            range.selectNodeContents(summary);
            const words = range.getBoundingClientRect();
            const box = summary.getBoundingClientRect();
            found.summary = [box.right - words.right, words.left - box.left];
          }
          return found;
        });
        for (const [what, [right, left]] of Object.entries(found)) {
          seen.add(what);
          if (what === "table") inOrder(tag, `${path}: ${what}`, [right, left]);
          else if (what !== "summary") assert.ok(DIRECTIONS[tag] === "rtl" ? right > left : left > right, `${path}: ${what} has ${right} px at its right and ${left} at its left`);
          else assert.ok(DIRECTIONS[tag] === "rtl" ? right > 20 : left > 20, `${path}: the marker of a fold has ${right} px at its right and ${left} at its left`);
        }
      }
      assert.deepEqual([...seen].sort(), ["fold", "list", "note", "summary", "table"]);
    }));

  test(`${tag}: the line of what was read grows in the direction of reading`, () =>
    open(`${tag}/${CHAPTER}`, {}, async (page) => {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 3));
      const current = page.locator("#contents > ol > li > a[aria-current=page][style*='--read']");
      const { left, right, width } = await current.evaluate((link) => {
        const { left, right, width } = getComputedStyle(link, "::after");
        return { left: parseFloat(left), right: parseFloat(right), width: parseFloat(width) };
      });
      assert.ok(width > 0);
      inOrder(tag, "from the beginning of the link", [left, right]);
    }));

  test(`${tag}: on a phone, the contents come from where the lines begin`, () =>
    open(`${tag}/${CHAPTER}`, { viewport: { width: 600, height: 800 } }, async (page) => {
      await page.click(".menu");
      const { left, right } = await page.locator("#contents").evaluate((contents) => contents.getBoundingClientRect().toJSON());
      assert.equal(DIRECTIONS[tag] === "rtl" ? 600 - right : left, 0);
      inOrder(tag, "the button, the tools", await middles(page, ".menu", ".tools"));
    }));
}

test("fa: a call in a sentence is not turned around", () =>
  open("fa/print.html", {}, async (page) => {
    const calls = await page.locator("main :not(pre) > code").evaluateAll((names) => names.filter((name) => name.textContent.endsWith("()") && name.childNodes.length === 1 && name.getClientRects().length === 1).map((name) => {
      const node = name.firstChild;
      const lefts = [...node.textContent].map((_, at) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect().left;
      });
      return [name.textContent, lefts.every((left, at) => at === 0 || left > lefts[at - 1])];
    }));
    assert.ok(calls.length > 0);
    for (const [call, isInOrder] of calls) assert.ok(isInOrder, call);
  }));

/** Names that every language writes in Latin letters. What a chapter's title has, its edition's SUMMARY.md decides. */
const NAMES = ["Rust", "Playground", "EPUB", "CONTRIBUTING.md", "README.md", "Esc"];

for (const tag of TAGS.filter((tag) => tag !== "en")) {
  test(`${tag}: around the text, no page says anything in English`, async () => {
    const titles = readFileSync(join(root, "src", tag, "SUMMARY.md"), "utf8").replace(/\(.*?\)/g, "").match(/[A-Za-z]+/g) ?? [];
    const known = new Set([...NAMES, ...titles]);
    const paths = ["introduction.html", CHAPTER, "translations.html", "print.html"];
    for (const path of paths.map((path) => `${tag}/${path}`)) {
      await open(path, {}, async (page) => {
        const said = await page.evaluate(() => {
          const said = [];
          // Code is English in all languages; other editions are named in their own; marked English is marked.
          const elsewhere = "pre, code, kbd, script, style, svg, [lang]:not(html, [lang=" + document.documentElement.lang + "])";
          // The text of a chapter is its author's; what the tool writes about it is not.
          const isProse = !location.pathname.endsWith("/translations.html");
          const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            if (element.closest(elsewhere) || (isProse && element.closest("main, .sections"))) continue;
            said.push(texts.currentNode.textContent);
          }
          for (const element of document.querySelectorAll("body *")) {
            if (element.closest("[lang]:not(html, [lang=" + document.documentElement.lang + "])")) continue;
            for (const { name, value } of element.attributes) {
              // What a script says stands in data attributes of the page.
              const words = ["title", "alt", "placeholder"].includes(name) || /^aria-(label|description|roledescription|valuetext)$/.test(name) || (name.startsWith("data-") && element.matches("template, .tool"));
              if (words && !/^(search\/|.*\.js$)/.test(value)) said.push(value);
            }
          }
          return said;
        });
        const english = said.flatMap((text) => (text.match(/[A-Za-z][A-Za-z.]*[A-Za-z]/g) ?? []).filter((word) => !known.has(word)).map((word) => `${word}: ${text.trim().slice(0, 80)}`));
        assert.deepEqual([...new Set(english)], [], path);
      });
    }
  });

  test(`${tag}: no sentence of a chapter is English without saying so`, () =>
    open(`${tag}/print.html`, {}, async (page) => {
      const texts = await page.locator("main").evaluate((main) => {
        const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) => node.parentElement.closest("pre, code, kbd, [lang=en]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
        const found = [];
        while (texts.nextNode()) found.push(texts.currentNode.textContent);
        return found;
      });
      assert.ok(texts.length > 500);
      // A term in brackets has up to four words.
      const sentences = texts.flatMap((text) => text.match(/(?:[A-Za-z'’-]+[ ,]+){4,}[A-Za-z'’-]+/g) ?? []);
      assert.deepEqual(sentences, []);
    }));
}
