// Our search beside that of stock mdBook, on this book: `node search-bench.js [WORD]`, with mdbook 0.5 on the path.
//
// For each run a new browser context, the two in turns, and in the end the medians. Both are served by the same small server,
// which packs texts as GitHub Pages does.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { cargoBook, launch, withoutNetwork } from "./book.js";

const RUNS = 15;
const WORD = process.argv[2] ?? "waker";
const PAGE = "02_execution/03_wakeups.html";
const root = fileURLToPath(new URL("../..", import.meta.url));

const SEARCHES = {
  ours: { folder: "ours/en", open: "/", input: "#search input", result: "#search ol > li" },
  stock: { folder: "stock", open: "s", input: "#mdbook-searchbar", result: "#mdbook-searchresults > li" },
};

function build(folder) {
  cargoBook(root, "build", "--dest-dir", join(folder, "ours"));
  // mdBook's own theme, and its search.
  mkdirSync(join(folder, "no-theme"));
  const env = { ...process.env, MDBOOK_OUTPUT__HTML__THEME: join(folder, "no-theme"), MDBOOK_OUTPUT__HTML__SEARCH__ENABLE: "true" };
  execFileSync("mdbook", ["build", "-d", join(folder, "stock")], { cwd: root, env, stdio: "ignore" });
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };

function serve(folder) {
  const server = createServer((request, response) => {
    const file = join(folder, decodeURI(new URL(request.url, "http://localhost").pathname));
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    const type = TYPES[extname(file)];
    const text = readFileSync(file);
    if (!type) return response.writeHead(200, { "content-type": "application/octet-stream" }).end(text);
    response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-encoding": "gzip" }).end(gzipSync(text));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** One reader's first search: what is transferred for it, and the times from a key to the first result. */
async function run(browser, url, { folder, open, input, result }) {
  const context = await browser.newContext();
  await withoutNetwork(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(`${url}/${folder}/${PAGE}`, { waitUntil: "networkidle" });
  bytes = 0;
  // In the page, the time of the last key, and of the first result behind it.
  await page.evaluate((result) => {
    addEventListener("keydown", () => ([window.key, window.shown] = [performance.now(), undefined]), true);
    const look = () => {
      if (window.shown === undefined && document.querySelector(result)) window.shown = performance.now();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  }, result);
  const time = async () => {
    await page.waitForFunction(() => window.shown !== undefined);
    return page.evaluate(() => window.shown - window.key);
  };
  // The last letter of the word is typed as a key. mdBook moves the cursor to the beginning when its index is there.
  const type = async () => {
    await page.locator(input).fill(WORD.slice(0, -1));
    await page.keyboard.press("End");
    await page.evaluate((result) => document.querySelectorAll(result).forEach((item) => item.remove()), result);
    await page.keyboard.press(WORD.at(-1));
  };
  // The first search of all: the index is fetched, too.
  await page.keyboard.press(open);
  const opened = await page.evaluate(() => performance.now());
  await page.locator(input).waitFor();
  await page.waitForFunction((input) => document.activeElement === document.querySelector(input), input);
  await type();
  await time();
  const first = await page.evaluate((opened) => window.shown - opened, opened);
  await page.waitForLoadState("networkidle");
  const transferred = bytes;
  // A search with the index there, from an empty field.
  await page.locator(input).fill("");
  await page.keyboard.press("Shift");
  await page.waitForFunction((result) => !document.querySelector(result), result);
  await type();
  const key = await time();
  await context.close();
  return { first, key, transferred };
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const folder = mkdtempSync(join(tmpdir(), "search-bench-"));
const server = await (build(folder), serve(folder));
const browser = await launch();
try {
  const url = `http://127.0.0.1:${server.address().port}`;
  const runs = Object.fromEntries(Object.keys(SEARCHES).map((name) => [name, []]));
  for (let number = 0; number < RUNS; number += 1) {
    for (const [name, search] of Object.entries(SEARCHES)) runs[name].push(await run(browser, url, search));
  }
  console.log(`"${WORD}", medians of ${RUNS} runs`);
  console.log("        opening to result   key to result   transferred for the first search");
  for (const [name, results] of Object.entries(runs)) {
    const of = (field) => median(results.map((result) => result[field]));
    console.log(`${name.padEnd(6)} ${of("first").toFixed(0).padStart(15)} ms ${of("key").toFixed(1).padStart(12)} ms ${String(of("transferred")).padStart(16)} bytes`);
  }
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
}
