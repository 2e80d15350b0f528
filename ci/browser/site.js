// The book as it is published: built once into a folder of its own, and served as GitHub Pages would.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, sep } from "node:path";
import { after, before } from "node:test";
import { gzipSync } from "node:zlib";
import { cargoBook, editions, launch, root, watchForErrors, withoutNetwork } from "./book.js";

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".png": "image/png",
  ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2", ".xml": "application/xml",
};
/** What is compressed on its way; the rest is compressed already. */
const TEXT = new Set([".css", ".html", ".js", ".json", ".svg", ".xml"]);

/** The browser and the site of a test file that has called `published`. */
export let browser;
export let site;

/** Has a browser and the published site there before a file's tests, and gone after them. `prepare` may look at them first. */
export function published(prepare = () => {}) {
  before(async () => {
    browser = await launch();
    site = await publish();
    await prepare();
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });
}

/** Builds the site into a temporary folder, and serves it. Resolves to `{ url, folder, pages, stop }`. */
export async function publish() {
  const folder = join(mkdtempSync(join(tmpdir(), "book-site-")), "site");
  // The server first: the pages name the address that they are published at.
  const server = await serveFolder(folder);
  const stop = async () => {
    await server.stop();
    rmSync(join(folder, ".."), { recursive: true });
  };
  try {
    cargoBook(root, "build", "--dest-dir", folder, "--base-url", server.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, folder, pages: pagesOf(folder), stop };
}

/** Serves a folder at a free port, compressed, and its own page for what it does not have. */
export async function serveFolder(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const found = read(folder, path.endsWith("/") ? `${path}index.html` : path);
    const edition = path.split("/")[1];
    const [file, status] = found ? [found, 200] : [read(folder, "/404.html") ?? read(folder, `/${edition}/404.html`), 404];
    if (!file) return response.writeHead(404).end();
    const headers = { "content-type": TYPES[file.extension] ?? "application/octet-stream" };
    const compress = TEXT.has(file.extension);
    if (compress) headers["content-encoding"] = "gzip";
    response.writeHead(status, headers).end(compress ? gzipSync(file.bytes, { level: 9 }) : file.bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

function read(folder, path) {
  const file = join(folder, path);
  if (!file.startsWith(folder + sep)) return null;
  try {
    return { bytes: readFileSync(file), extension: extname(file) };
  } catch {
    return null;
  }
}

/** The paths of all pages of a site, from its folder: `en/introduction.html`. */
export function pagesOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((path) => path.split(sep).join("/"));
  return files.filter((path) => path.endsWith(".html") && statSync(join(folder, path)).isFile()).sort();
}

/** The pages of an edition that a reader turns through, in their order. */
export function chapters(site, tag) {
  const html = readFileSync(join(site.folder, tag, "index.html"), "utf8");
  const contents = html.slice(html.indexOf("<nav id=\"contents\""), html.indexOf("<ul class=\"more\""));
  const links = [...contents.matchAll(/href="([^"#]+\.html)"/g)].map(([, path]) => `${tag}/${path}`);
  return [...new Set(links)];
}

/** Opens a page of the site in a browser of its own, and fails if it complains about anything; `expected` says what it may complain about. */
export async function visit(browser, address, options, look, expected = () => false) {
  const context = await browser.newContext(options);
  try {
    context.setDefaultTimeout(10_000);
    await withoutNetwork(context);
    const page = await context.newPage();
    const errors = watchForErrors(page);
    await page.goto(address);
    await look(page, context);
    assert.deepEqual(errors.filter((error) => !expected(error)), []);
  } finally {
    await context.close();
  }
}

/** The tags of all editions. */
export const TAGS = Object.keys(editions());
