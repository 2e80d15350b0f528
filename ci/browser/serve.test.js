// `cargo book serve`: a saved file shows up in the open page, and the reader stays where they are.

import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { launch, serve, untranslate } from "./book.js";

const CHAPTER = "02_execution/03_wakeups";

let browser;
let book;
let page;

before(async () => {
  const prepare = (folder) => untranslate(folder, "ko", "02_execution/04_executor.md");
  [browser, book] = await Promise.all([launch(), serve(prepare)]);
});

// A page of its own for each test: a reload that the last one has caused would interrupt this one.
beforeEach(async () => {
  page = await browser.newPage();
});

afterEach(() => page.close());

after(async () => {
  await browser?.close();
  await book?.stop();
});

const file = (name) => join(book.folder, name);

/** Opens a page, and waits until it listens: a reload that is told before is not heard. */
async function open(path) {
  const listening = page.waitForResponse((response) => response.url().endsWith("/event-stream"));
  await page.goto(`${book.url}/${path}`);
  await listening;
}

/** Waits until the server has told that it rendered what this pattern says. */
const rendered = (started, pattern) => waitFor(() => book.log.slice(started).some((line) => pattern.test(line)));

function edit(name, from, to) {
  const text = readFileSync(file(name), "utf8");
  assert.ok(text.includes(from), `${name} has ${from}`);
  writeFileSync(file(name), text.replace(from, to));
}

test("an edited chapter is shown, and the reader keeps the place", async () => {
  await open(`en/${CHAPTER}.html`);
  await page.locator("#lazy").evaluate((heading) => heading.scrollIntoView({ behavior: "instant" }));
  const before = await page.evaluate(() => scrollY);
  assert.ok(before > 500);
  edit(`src/en/${CHAPTER}.md`, "{#now-you-can}", "{#now-you-can}\n\nA sentence that was saved a moment ago.");
  await page.getByText("A sentence that was saved a moment ago.").waitFor();
  await page.waitForFunction((place) => Math.abs(scrollY - place) < 3, before);
});

test("a change to one edition leaves the others alone", async () => {
  const started = book.log.length;
  await open(`ru/${CHAPTER}.html`);
  appendFileSync(file(`src/ru/${CHAPTER}.md`), "\n\nЕщё одно предложение.\n");
  await page.getByText("Ещё одно предложение.").waitFor();
  await waitFor(() => book.log.slice(started).some((line) => line.startsWith(`src/ru/${CHAPTER}.md: 1 page in`)));
});

test("a change to an example is shown in every edition that includes it", async () => {
  const started = book.log.length;
  edit("examples/02_03_timer/src/lib.rs", "fired: bool,", "fired: bool, // edited");
  await rendered(started, /lib\.rs: \d+ pages? in/);
  for (const tag of ["en", "ru", "fa", "zh-CN", "ko"]) {
    const answer = await page.context().request.get(`${book.url}/${tag}/${CHAPTER}.html`);
    assert.match(await answer.text(), /\/\/ edited/, tag);
  }
});

test("a mistake is reported with its place, the page stays, and the repair is shown", async () => {
  await open(`en/introduction.html`);
  const started = book.log.length;
  appendFileSync(file("src/en/introduction.md"), "\n{{#include nowhere.rs}}\n");
  await waitFor(() => book.log.slice(started).some((line) => line.includes("src/en/introduction.md:")));
  assert.ok(await page.locator("h1#introduction").isVisible());
  edit("src/en/introduction.md", "{{#include nowhere.rs}}", "Repaired.");
  await page.getByText("Repaired.").waitFor();
});

test("the search index and the print page know of a chapter that was rendered alone", async () => {
  const started = book.log.length;
  appendFileSync(file("src/en/introduction.md"), "\nxylophone\n");
  await rendered(started, /introduction\.md: \d+ pages? in/);
  const request = page.context().request;
  assert.match(await (await request.get(`${book.url}/en/print.html`)).text(), /xylophone/);
  assert.match(gunzipSync(await (await request.get(`${book.url}/en/search/index.bin`)).body()).toString(), /xylophone/);
});

test("a chapter that is added to an edition's contents takes the place of the English one", async () => {
  const chapter = "02_execution/04_executor";
  await open(`ko/${chapter}.html`);
  assert.equal(await page.locator(".untranslated").count(), 1);
  writeFileSync(file(`src/ko/${chapter}.md`), "# 실행기 {#executor}\n\n번역된 문장.\n");
  appendFileSync(file("src/ko/SUMMARY.md"), `- [실행기](${chapter}.md)\n`);
  await page.getByText("번역된 문장.").waitFor();
  assert.equal(await page.locator(".untranslated").count(), 0);
});

/** Waits for something that no page shows. */
async function waitFor(happened) {
  const end = Date.now() + 30_000;
  while (!happened()) {
    assert.ok(Date.now() < end, `still waiting for ${happened}\n${book.log.join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
