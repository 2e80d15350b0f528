// The start page, the page for an address that leads nowhere, the language picker, and English text in other editions.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cargoBook, edit, editions, launch, serve, translations, untranslate, watchForErrors, withoutNetwork } from "./book.js";

/** The tags of all editions, in the order of the picker, and the direction of each. */
const EDITIONS = editions();
const TAGS = Object.keys(EDITIONS);
const CHAPTER = "02_execution/03_wakeups.html";
/** The editions that show this chapter in their own language. */
const TRANSLATED = translations(CHAPTER);
/** A reader to whom no edition speaks. */
const STRANGER = ["de-DE", "eo", "la"].find((locale) => !TAGS.some((tag) => tag.split("-")[0] === locale.split("-")[0]));

let browser;
let book;

before(async () => {
  const prepare = (folder) => {
    untranslate(folder, "fa", "02_execution/04_executor.md");
    // Whatever was polished since, the lock knows today's translation before its English text changes.
    for (const tag of TAGS.slice(1)) cargoBook(folder, "bless", tag, "introduction");
    edit(folder, "src/en/introduction.md", (text) => text.replace(/(\{#introduction\}\n\n)/, "$1Once more: "));
  };
  [browser, book] = await Promise.all([launch(), serve(prepare)]);
});

after(async () => {
  await browser?.close();
  await book?.stop();
});

/** Opens a page in a browser of its own, and fails if it complains about anything. */
async function visit(path, options, look) {
  const context = await browser.newContext(options);
  try {
    await withoutNetwork(context);
    const page = await context.newPage();
    const errors = watchForErrors(page);
    await page.goto(`${book.url}/${path}`);
    await look(page, context);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

const path = (page) => decodeURI(new URL(page.url()).pathname + new URL(page.url()).hash);

for (const [locale, tag] of [["en-GB", "en"], ["ru-RU", "ru"], ["fa-IR", "fa"], ["zh-CN", "zh-CN"], ["zh", "zh-CN"], ["ko-KR", "ko"]]) {
  test(`the start page sends a reader whose browser speaks ${locale} to ${tag}`, () =>
    visit("", { locale }, async (page) => {
      await page.waitForURL(`**/${tag}/index.html`);
    }));
}

test("the start page lets a reader of another language choose, and remembers the choice", () =>
  visit("", { locale: STRANGER }, async (page) => {
    assert.equal(path(page), "/");
    assert.deepEqual(await page.locator("main a").evaluateAll((links) => links.map((link) => link.hreflang)), TAGS);
    await page.click("a[hreflang=ko]");
    await page.waitForURL("**/ko/index.html");
    await page.goto(book.url);
    await page.waitForURL("**/ko/index.html");
    await page.goto(`${book.url}/index.html#choose`);
    assert.equal(path(page), "/index.html#choose");
  }));

test("a choice in the picker counts more than the browser's language", () =>
  visit(`en/${CHAPTER}`, { locale: "ko-KR" }, async (page) => {
    await page.click(".editions summary");
    await page.click(".editions a[hreflang=ru]");
    await page.waitForURL(`**/ru/${CHAPTER}*`);
    await page.goto(book.url);
    await page.waitForURL("**/ru/index.html");
  }));

for (const [tag, dir] of Object.entries(EDITIONS)) {
  test(`${tag}: the page says its language, its direction and its translations`, () =>
    visit(`${tag}/${CHAPTER}`, {}, async (page) => {
      const html = page.locator("html");
      assert.equal(await html.getAttribute("lang"), tag);
      assert.equal(await html.getAttribute("dir"), dir);
      const alternates = await page.locator("link[rel=alternate]").evaluateAll((links) => links.map((link) => [link.hreflang, new URL(link.href).pathname]));
      const expected = TRANSLATED.map((other) => [other, `/${other}/${CHAPTER}`]);
      assert.deepEqual(alternates, [...expected, ["x-default", `/en/${CHAPTER}`]]);
      assert.equal(await page.locator(".untranslated").count(), TRANSLATED.includes(tag) ? 0 : 1);
      const sidebar = await page.locator("#contents").boundingBox();
      const text = await page.locator("main").boundingBox();
      assert.equal(sidebar.x > text.x, dir === "rtl", "the sidebar is where the lines begin");
    }));

  test(`${tag}: the picker keeps page and section`, () =>
    visit(`${tag}/${CHAPTER}#lazy`, {}, async (page) => {
      for (const other of TAGS.filter((other) => other !== tag)) {
        await page.click(".editions summary");
        await page.click(`.editions a[hreflang=${other}]`);
        await page.waitForURL(`**/${other}/${CHAPTER}#lazy`);
        const top = await page.locator("#lazy").evaluate((heading) => heading.getBoundingClientRect().top);
        assert.ok(top >= 0 && top < 200, `${other}: the section is at ${top} px`);
        assert.equal(await page.locator(".editions a[aria-current]").getAttribute("hreflang"), other);
      }
    }));

  test(`${tag}: the picker works without JavaScript`, () =>
    visit(`${tag}/${CHAPTER}`, { javaScriptEnabled: false }, async (page) => {
      const other = tag === "ru" ? "fa" : "ru";
      await page.click(".editions summary");
      await page.click(`.editions a[hreflang=${other}]`);
      await page.waitForURL(`**/${other}/${CHAPTER}`);
    }));
}

test("the section is the one that the reader has scrolled to, not the one of the address", () =>
  visit(`en/${CHAPTER}#sleeps-forever`, {}, async (page) => {
    await page.locator("#proof").evaluate((heading) => heading.scrollIntoView({ behavior: "instant" }));
    await page.click(".editions summary");
    await page.click(".editions a[hreflang=fa]");
    await page.waitForURL(`**/fa/${CHAPTER}#proof`);
  }));

test("the picker is closed by Escape, and by a click elsewhere", () =>
  visit(`fa/${CHAPTER}`, {}, async (page) => {
    const open = () => page.locator(".editions").evaluate((picker) => picker.open);
    await page.focus(".editions summary");
    await page.keyboard.press("Enter");
    assert.equal(await open(), true);
    const list = await page.locator(".editions ul").boundingBox();
    assert.ok(list.x >= 0 && list.x + list.width <= page.viewportSize().width, "the list is on the screen");
    await page.keyboard.press("Escape");
    assert.equal(await open(), false);
    await page.click(".editions summary");
    await page.mouse.click(400, 500);
    assert.equal(await open(), false);
  }));

test("English text in another edition is said to be so, and marked as English", () =>
  visit("fa/02_execution/04_executor.html", {}, async (page) => {
    const notice = await page.locator(".untranslated").textContent();
    assert.match(notice, /\p{Script=Arabic}/u);
    const text = page.locator("main > div[lang=en]");
    assert.equal(await text.getAttribute("dir"), "ltr");
    assert.equal(await text.locator("h1").evaluate((heading) => getComputedStyle(heading).direction), "ltr");
    const translated = await page.locator("link[rel=alternate]").evaluateAll((links) => links.map((link) => link.hreflang));
    const others = translations("02_execution/04_executor.html").filter((tag) => tag !== "fa");
    assert.deepEqual(translated, [...others, "x-default"]);
    assert.match(await page.locator("link[rel=canonical]").getAttribute("href"), /\/en\/02_execution\/04_executor\.html$/);
    await page.click(".editions summary");
    await page.click(".editions a[hreflang=en]");
    await page.waitForURL("**/en/02_execution/04_executor.html");
    assert.equal(await page.locator(".untranslated").count(), 0);
  }));

for (const tag of TAGS.slice(1)) {
  test(`${tag}: a passage whose English text has changed says so, and what has changed`, () =>
    visit(`${tag}/introduction.html`, {}, async (page) => {
      const mark = page.locator("main > details.stale");
      assert.equal(await mark.count(), 1);
      assert.equal(await mark.evaluate((mark) => getComputedStyle(mark).direction), EDITIONS[tag]);
      await mark.locator("summary").click();
      const english = mark.locator("[lang=en]");
      assert.equal(await english.evaluate((text) => getComputedStyle(text).direction), "ltr");
      assert.match(await english.textContent(), /^Once more: /);
      await mark.locator("a").click();
      await page.waitForURL(`**/${tag}/translations.html`);
      const row = page.locator("main tr", { has: page.locator("a[href='introduction.html']") });
      const stale = await row.locator("td").nth(2).textContent();
      assert.equal(stale, new Intl.NumberFormat(tag).format(1));
    }));
}

test("in a Persian sentence, names follow one another from right to left, and each reads from left to right", () =>
  visit(`fa/${CHAPTER}`, {}, async (page) => {
    const names = page.locator("#before-you-start + p code");
    const boxes = await names.evaluateAll((all) => all.slice(0, 3).map((name) => {
      const { x, y } = name.getBoundingClientRect();
      return [name.textContent, x, y];
    }));
    assert.deepEqual(boxes.map(([name]) => name), ["poll", "Context", "Pin::new"]);
    // To the left of the one before, or on the next line.
    for (const at of [1, 2]) {
      const [[, before, above], [, x, y]] = [boxes[at - 1], boxes[at]];
      assert.ok(y > above + 10 || x < before, JSON.stringify(boxes));
    }
    assert.ok(boxes[1][2] < boxes[0][2] + 10, "the first two are on one line");
    const underscore = await page.locator("code", { hasText: /^_alive$/ }).first().evaluate((name) => {
      const range = document.createRange();
      range.setStart(name.firstChild, 0);
      range.setEnd(name.firstChild, 1);
      return range.getBoundingClientRect().x - name.getBoundingClientRect().x;
    });
    assert.ok(underscore < 12, `the underscore of _alive stands ${underscore} px from its left end`);
  }));

test("a comment is Persian in code that is not, and what a reader copies has no invisible marks", () =>
  visit(`fa/${CHAPTER}`, {}, async (page) => {
    const comment = page.locator("main pre bdi[dir=rtl]").first();
    assert.match(await comment.textContent(), /\p{Script=Arabic}/u);
    assert.equal(await page.locator("main pre code").first().evaluate((code) => getComputedStyle(code).direction), "ltr");
    for (const code of await page.locator("main pre code").allInnerTexts()) {
      assert.doesNotMatch(code, /[\u2066-\u2069]/);
    }
  }));

test("the context of a snippet can be unfolded", () =>
  visit(`en/${CHAPTER}`, {}, async (page) => {
    const block = page.locator("figure.code", { hasText: "pub struct TimerFuture" }).first();
    const context = block.locator(".boring", { hasText: "fn fire" }).first();
    assert.equal(await context.isVisible(), false);
    await block.getByLabel("Show hidden lines").check();
    assert.equal(await context.isVisible(), true);
  }));

/** Opens an address that leads nowhere, and looks at the page that says so. The one error is that. */
async function lost(path, options, look) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    const response = await page.goto(`${book.url}/${path}`);
    assert.equal(response.status(), 404);
    await look(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

const sections = (page) => page.locator("section").evaluateAll((all) => all.map((section) => section.lang));
const near = (page, tag) => page.locator(`section[lang="${tag}"] .near a`).evaluateAll((links) => links.filter((link) => link.checkVisibility()).map((link) => link.pathname));

for (const [address, chapter] of [
  ["fa/02_execution/04_wakeups.html", "/fa/02_execution/03_wakeups.html"],
  ["fa/wakeup", "/fa/02_execution/03_wakeups.html"],
  ["fa/02_Execution/03_wake-ups/", "/fa/02_execution/03_wakeups.html"],
  ["fa/%zz/introductoin.html", "/fa/introduction.html"],
]) {
  test(`/${address} is probably another page of this edition`, () =>
    lost(address, { locale: "ru-RU" }, async (page) => {
      const [first, ...others] = await sections(page);
      assert.equal(first, "fa");
      assert.deepEqual(others, TAGS.filter((tag) => tag !== "fa"));
      assert.equal((await near(page, "fa"))[0], chapter);
      assert.deepEqual(await near(page, "ru"), []);
      await page.click("section:first-of-type .near a");
      assert.equal(path(page), chapter);
    }));
}

test("a chapter in an edition that does not exist is offered in those that do", () =>
  lost(`tlh/${CHAPTER}`, { locale: "ko-KR" }, async (page) => {
    assert.equal((await sections(page))[0], "ko");
    for (const tag of TAGS) assert.deepEqual(await near(page, tag), [`/${tag}/${CHAPTER}`]);
  }));

test("a title that is English is said to be so", () =>
  lost("fa/02_execution/04_executor.htm", {}, async (page) => {
    const link = page.locator('section[lang="fa"] .near a');
    assert.deepEqual(await link.evaluateAll(([link]) => [link.lang, link.dir]), ["en", "ltr"]);
  }));

test("an address like no other leads to the editions", () =>
  lost("ru/qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", {}, async (page) => {
    assert.equal((await sections(page))[0], "ru");
    assert.equal(await page.locator(".near:visible").count(), 0);
    await page.click("section:first-of-type a.card");
    assert.equal(path(page), "/ru/index.html");
  }));

test("without script, every language says that there is no such page", () =>
  lost("no/such/page.html", { javaScriptEnabled: false }, async (page) => {
    assert.deepEqual(await sections(page), TAGS);
    assert.equal(await page.locator(".near:visible").count(), 0);
    assert.equal(await page.locator("h2:visible").count(), TAGS.length);
    await page.click("section[lang=zh-CN] a");
    assert.equal(path(page), "/zh-CN/index.html");
  }));
