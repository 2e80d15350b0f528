// Where the links of the built site lead: the contents, previous and next, and every link within the book.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TAGS, browser, chapters, published, site } from "./site.js";

let pages;

published(async () => {
  pages = await read();
});

/** What each page of the site says, by its path: its heading, ids, links and place in the contents. */
async function read() {
  const page = await browser.newPage();
  await page.goto(`${site.url}/index.html#choose`);
  const found = await page.evaluate((paths) => Promise.all(paths.map(async (path) => {
    const address = new URL(path, location.origin);
    const document = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const base = new URL(document.querySelector("base")?.getAttribute("href") ?? "", address);
    const link = (element) => element && new URL(element.getAttribute("href"), base).href;
    const text = (element) => element?.textContent.trim();
    return [path, {
      heading: text(document.querySelector("main h1")),
      title: document.title,
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      links: [...document.querySelectorAll("a[href], link[href]")].map(link),
      contents: [...document.querySelectorAll("#contents > ol > li > a")].map((element) => ({ to: link(element), title: text(element.querySelector(".title")) })),
      current: [...document.querySelectorAll("#contents > ol > li > a[aria-current=page]")].map(link),
      previous: link(document.querySelector(".turn a[rel=prev]")),
      next: link(document.querySelector(".turn a[rel=next]")),
    }];
  })), site.pages);
  return new Map(found);
}

const path = (address) => decodeURI(new URL(address).pathname.slice(1));

for (const tag of TAGS) {
  test(`${tag}: every link of the contents leads to the page of that title, which says that it is current`, () => {
    const { contents } = pages.get(`${tag}/index.html`);
    assert.ok(contents.length > 10);
    for (const { to, title } of contents) {
      const page = pages.get(path(to));
      assert.ok(page, `${to} exists`);
      assert.equal(page.heading, title, to);
      assert.deepEqual(page.current, [to]);
      assert.ok(page.title.startsWith(title), page.title);
    }
  });

  test(`${tag}: previous and next go through the whole book and back`, () => {
    const order = chapters(site, tag);
    let at = order[0];
    const forth = [at];
    while (pages.get(at).next) forth.push(at = path(pages.get(at).next));
    assert.deepEqual(forth, order);
    const back = [at];
    while (pages.get(at).previous) back.unshift(at = path(pages.get(at).previous));
    assert.deepEqual(back, order);
  });
}

test("every link within the site leads to a page or file, and to a place in it", async () => {
  const wrong = [];
  const answers = new Map();
  for (const [from, { links }] of pages) {
    for (const link of links.filter((link) => link.startsWith(site.url))) {
      const { pathname, hash } = new URL(link);
      const to = pathname.endsWith("/") ? `${path(link)}index.html` : path(link);
      const page = pages.get(to);
      if (!page && !answers.has(to)) answers.set(to, (await fetch(`${site.url}/${to}`)).status);
      const id = decodeURIComponent(hash.slice(1));
      if (!page && answers.get(to) !== 200) wrong.push(`${from}: ${link} does not exist`);
      // `#choose` is for the script of the start page.
      else if (page && id && to !== "index.html" && !page.ids.includes(id)) wrong.push(`${from}: ${link} has no such place`);
    }
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} wrong links`);
});

test("an id is on its page only once", () => {
  for (const [path, { ids }] of pages) assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), [], path);
});
