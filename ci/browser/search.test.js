// Search, in each edition in its own language: what is found, by the code that a reader's browser runs, and how it is shown.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Book } from "../../theme/search.js";
import { editions, launch, serve, watchForErrors, withoutNetwork } from "./book.js";
import { ABSENT, FORMS } from "./search.words.js";

const CHAPTER = "02_execution/03_wakeups.html";
const TAGS = Object.keys(editions());
/** Of a hundred queries, so many may miss what they look for. */
const MISSES = 1;

let browser;
let server;
/** By tag: the book that is searched, and its pages as a browser reads them. */
const books = {};

before(async () => {
  [browser, server] = await Promise.all([launch(), serve()]);
  const page = await browser.newPage();
  for (const tag of TAGS) {
    const index = await (await fetch(`${server.url}/${tag}/search/index.bin`)).arrayBuffer();
    const book = new Book(JSON.parse(gunzipSync(index)));
    const pages = new Map();
    for (const { path } of book.pages) pages.set(path, await page.evaluate(read, await (await fetch(`${server.url}/${tag}/${path}`)).text()));
    books[tag] = { book, pages };
  }
  await page.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** In the browser: a page's headings, and its text as far as it is shown. Recorded runs are left out: the search does not know them. */
function read(html) {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  for (const apart of main.querySelectorAll(".boring, .stale, .untranslated, .recording, button")) apart.remove();
  const headings = [...main.querySelectorAll(":is(h1, h2, h3, h4, h5, h6)[id]")].map(({ id, textContent }) => ({ id, text: textContent.trim() }));
  for (const block of main.querySelectorAll("p, li, pre, td, th, summary, h1, h2, h3, h4")) block.append("\n");
  return { headings, text: main.textContent };
}

const found = (tag, query) => books[tag].book.search(query).map(({ page, sections }) => ({ path: page.path, sections: sections.map(({ id }) => id) }));

/** As many of a list as are wanted, spread over all of it: the same ones each time. */
function sample(list, wanted) {
  const step = Math.max(list.length / wanted, 1);
  return Array.from({ length: Math.min(wanted, list.length) }, (_, number) => list[Math.floor(number * step)]);
}

/** The words of the text, each with its pages. In Chinese, what a dictionary takes for words; elsewhere, what stands between
 * other signs: the parts of a name, and of what a Persian joiner joins. Signs of vowels are not typed. */
function words(tag) {
  const pages = new Map();
  const segmenter = new Intl.Segmenter(tag, { granularity: "word" });
  for (const [path, { text }] of books[tag].pages) {
    const found = tag === "zh-CN" ? [...segmenter.segment(text)].filter((word) => word.isWordLike).map(({ segment }) => segment) : text.replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu);
    for (const word of found) {
      if (!/\p{L}/u.test(word)) continue;
      const known = word.toLowerCase();
      pages.set(known, (pages.get(known) ?? new Set()).add(path));
    }
  }
  // Without spaces, a word is wherever its letters are.
  for (const [word, paths] of pages) {
    if (/\p{Script=Han}/u.test(word)) for (const [path, { text }] of books[tag].pages) if (text.includes(word)) paths.add(path);
  }
  return [...pages].map(([word, pages]) => ({ word, pages })).sort((a, b) => (a.word < b.word ? -1 : 1));
}

/** Whether the first five results are right for a word: if it is on five pages or fewer, all of these; else, all of them have it. */
function first(tag, query, pages) {
  const paths = found(tag, query).slice(0, 5).map(({ path }) => path);
  return pages.size <= 5 ? [...pages].every((path) => paths.includes(path)) : paths.length === 5 && paths.every((path) => pages.has(path));
}

/** Reports, and fails if more is missed than may be. */
function recall(context, name, queries, isFound) {
  const missed = queries.filter((query) => !isFound(query));
  context.diagnostic(`${name.padEnd(48)} ${String(queries.length - missed.length).padStart(4)} of ${String(queries.length).padStart(4)}${missed.length ? `, not: ${missed.slice(0, 12).map((query) => query.word ?? query.text ?? query).join(" · ")}` : ""}`);
  assert.ok(queries.length > 0, `${name}: nothing was tried`);
  assert.ok(missed.length * 100 <= queries.length * MISSES, `${name}: ${missed.length} of ${queries.length} missed`);
}

for (const tag of TAGS) {
  test(`${tag}: what is in the book is found`, (context) => {
    const { pages } = books[tag];
    const headings = [...pages].flatMap(([path, { headings }]) => headings.map((heading) => ({ ...heading, path })));
    const same = ({ text }) => headings.filter((heading) => heading.text === text);
    recall(context, `${tag}: headings, to the section`, headings, (heading) => {
      const results = found(tag, heading.text).slice(0, 5);
      return same(heading).some(({ path, id }) => results.some((result) => result.path === path && result.sections[0] === id));
    });
    const all = words(tag);
    recall(context, `${tag}: words`, sample(all, 200), ({ word, pages }) => first(tag, word, pages));
    const names = [...new Set([...pages].flatMap(([, { text }]) => text.match(/[A-Za-z]+(?:_[a-z]+|::[a-z]\w+|[A-Z][a-z]+)+/g) ?? []))].sort();
    recall(context, `${tag}: names in code`, sample(names, 100), (name) => first(tag, name, pagesWith(tag, `${name}(?![a-z])`)));
    recall(context, `${tag}: beginnings of names`, ["wake", "poll", "Pin::new", "wake_by_ref", "futu", "exec", "TimerFut", "spawn"], (query) => found(tag, query).length > 0);
  });

  test(`${tag}: what is not in the book is not found`, (context) => {
    const results = ABSENT[tag].map((word) => [word, found(tag, word).length]).filter(([, results]) => results > 0);
    context.diagnostic(`${tag}: words that the book does not have: ${ABSENT[tag].length}`);
    assert.deepEqual(results, []);
  });
}

/** The pages that have a text, of which `pattern` is a pattern, at the beginning of a word. */
function pagesWith(tag, pattern) {
  const word = new RegExp(`(?<!\\p{L})(?:${pattern})`, "iu");
  return new Set([...books[tag].pages].filter(([, { text }]) => word.test(text)).map(([path]) => path));
}

/** Each form of a word finds all pages that have one of the forms; and first of all, none that has not even the stem. */
function forms(context, tag, name, lists) {
  const queries = lists.flatMap(([stem, ...forms]) => {
    const [some, right] = [pagesWith(tag, `(?:${forms.join("|")})(?!\\p{L})`), pagesWith(tag, stem)];
    return forms.map((word) => ({ word, some, right })).filter(() => some.size > 0);
  });
  recall(context, `${tag}: ${name}`, queries, ({ word, some, right }) => {
    const paths = found(tag, word).map(({ path }) => path);
    return paths.slice(0, 5).every((path) => right.has(path)) && [...some].every((path) => paths.includes(path));
  });
}

test("ru: any inflection finds every other", (context) => forms(context, "ru", "inflections", FORMS.ru));

test("ko: a noun is found with any particle, and without", (context) => {
  const final = (noun) => (noun.codePointAt(noun.length - 1) - 0xac00) % 28;
  const particles = (noun) => (final(noun) ? ["이", "은", "을", "과", final(noun) === 8 ? "로" : "으로"] : ["가", "는", "를", "와", "로"]);
  const lists = FORMS.ko.map((noun) => [noun, noun, ...[...particles(noun), "의", "에", "에서", "에게", "까지", "부터", "도", "만", "처럼", "보다"].map((particle) => noun + particle)]);
  forms(context, "ko", "nouns with particles", lists);
});

test("fa: with or without the joiner, and with Arabic letters", (context) => {
  const all = words("fa");
  const joined = [...books.fa.pages].flatMap(([path, { text }]) => text.match(/\p{L}+\u200c[\p{L}\u200c]+/gu).map((word) => ({ word, pages: new Set([path]) })));
  const misses = ({ word, pages }) => [...pages].every((path) => found("fa", word).some((result) => result.path === path));
  recall(context, "fa: without the joiner", sample(joined, 100).map(({ word, pages }) => ({ word: word.replaceAll("\u200c", ""), pages })), misses);
  const arabic = all.filter(({ word }) => /[یک]/.test(word));
  recall(context, "fa: with Arabic letters", sample(arabic, 100).map(({ word, pages }) => ({ word: word.replaceAll("ی", "ي").replaceAll("ک", "ك"), pages })), misses);
  const plain = all.filter(({ word }) => /^\p{Script=Arabic}{4,}$/u.test(word));
  recall(context, "fa: with a joiner too many", sample(plain, 50).map(({ word, pages }) => ({ word: `${word.slice(0, 2)}\u200c${word.slice(2)}`, pages })), misses);
});

test("zh-CN: phrases that are cut from the text", (context) => {
  const phrases = [...books["zh-CN"].pages].flatMap(([path, { text }]) => [...text.matchAll(/\p{Script=Han}{8,}/gu)].map(({ 0: run }, number) => ({ word: run.slice(0, 4 + (number % 5)), path })));
  recall(context, "zh-CN: phrases", sample(phrases, 200), ({ word }) => first("zh-CN", word, new Set([...books["zh-CN"].pages].filter(([, { text }]) => text.includes(word)).map(([path]) => path))));
  const mixed = [...books["zh-CN"].pages].flatMap(([path, { text }]) => [...text.matchAll(/\p{Script=Han}{2,3} ?[A-Za-z]+ ?\p{Script=Han}{2,3}/gu)].map(({ 0: run }) => ({ word: run.replaceAll(" ", ""), path })));
  recall(context, "zh-CN: phrases with Latin words, unspaced", sample(mixed, 100), ({ word, path }) => found("zh-CN", word).slice(0, 5).some((result) => result.path === path));
});

test("whatever is typed, search answers", () => {
  const odd = ["", " ", "?", "=>", "(", "[a-z]*", "\\p{L}", "a{1,99}", "`", "½ Ⅳ ① ²", "\u200c", "\u{1f980}", "\ud800", "ﷺ", "ß", "İ", "e\u0301", "x".repeat(5000), "任务".repeat(50), "\u0bf1", "ⲁ𐤀", "مي".repeat(200)];
  for (const tag of TAGS) {
    for (const query of odd) assert.ok(Array.isArray(found(tag, query)), query);
    assert.deepEqual(found(tag, "=>"), []);
  }
});

/** Opens a page, and search on it, with nothing that the browser complains about. */
async function searching(tag, options, act) {
  const context = await browser.newContext(options);
  try {
    await withoutNetwork(context);
    const page = await context.newPage();
    const errors = watchForErrors(page);
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${server.url}/${tag}/${CHAPTER}`);
    assert.deepEqual(asked.filter((path) => path.includes("/search/")), [], "search is fetched when it is opened");
    await page.keyboard.press("/");
    await page.locator("#search[open] input:focus").waitFor();
    await act(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

for (const [tag, dir] of Object.entries(editions())) {
  test(`${tag}: a section is found and opened with the keyboard`, () =>
    searching(tag, {}, async (page) => {
      const { id, text } = books[tag].pages.get(CHAPTER).headings.find(({ id }) => id === "lazy");
      await page.keyboard.insertText(text);
      const link = page.locator("#search ol > li > a").first();
      await page.waitForFunction(() => /\p{Nd}/u.test(document.querySelector("#search [role=status]").textContent));
      assert.ok((await link.textContent()).endsWith(text.replaceAll("`", "")), await link.textContent());
      assert.equal(await link.locator("mark").count() > 0, true);
      const places = await page.locator("#search").evaluate((dialog) => [dialog.querySelector("input"), dialog.querySelector("button")].map((part) => part.getBoundingClientRect().x));
      assert.equal(places[0] > places[1], dir === "rtl", "the field is where the lines begin");
      await page.keyboard.press("ArrowDown");
      assert.equal(await link.evaluate((link) => link === document.activeElement), true);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/${tag}/${CHAPTER}#${id}`);
      assert.equal(await page.locator("#search").evaluate((dialog) => dialog.open), false, "it is closed by a link to the page itself");
    }));

  test(`${tag}: what is not found is said, and Escape closes`, () =>
    searching(tag, { viewport: { width: 360, height: 640 } }, async (page) => {
      await page.keyboard.insertText("qwertz");
      await page.waitForFunction(() => document.querySelector("#search [role=status]").textContent.includes("qwertz"));
      assert.equal(await page.locator("#search ol > li").count(), 0);
      await page.locator("#search input").fill("poll");
      await page.locator("#search ol > li").nth(4).waitFor();
      assert.equal(await page.locator("#search").evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth && document.documentElement.scrollWidth <= innerWidth), true, "nothing is wider than the screen");
      await page.keyboard.press("Escape");
      await page.locator("#search").waitFor({ state: "hidden" });
    }));
}

test("the focus returns to the button that opened search", () =>
  searching("en", {}, async (page) => {
    await page.keyboard.press("Escape");
    await page.click("#search-open");
    await page.locator("#search input:focus").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search-open");
  }));
