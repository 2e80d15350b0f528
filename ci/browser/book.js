// A copy of the book that a test may edit, served by `cargo book serve`, and a browser to look at it.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { parse } from "smol-toml";

/** The repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The direction of each edition, by its tag: the English one first, as everywhere in the book. */
export function editions() {
  const tags = readdirSync(join(root, "src")).filter((tag) => existsSync(join(root, "src", tag, "language.toml")));
  const others = tags.filter((tag) => tag !== "en").sort();
  return Object.fromEntries(["en", ...others].map((tag) => [tag, parse(readFileSync(join(root, "src", tag, "language.toml"), "utf8")).direction]));
}

/** The tags of the editions that have a page's chapter in their own language. */
export function translations(page) {
  const chapter = page.replace(/\.html$/, ".md");
  return Object.keys(editions()).filter((tag) => existsSync(join(root, "src", tag, chapter)));
}

/** The browser: $CHROMIUM, or one that the system has. `more` are further arguments of it. */
export function launch(...more) {
  const known = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];
  const executablePath = process.env.CHROMIUM ?? known.find(existsSync);
  if (!executablePath) throw new Error("no Chromium found: install it, or name it in the variable CHROMIUM");
  // Without these, Chromium asks its maker's servers about updates, and runs a sandbox that root may not start.
  const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more];
  return chromium.launch({ executablePath, args });
}

/** Edits a file of a copy of the book. */
export function edit(folder, path, change) {
  const file = join(folder, path);
  const text = readFileSync(file, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${path} is as it was`);
  writeFileSync(file, changed);
}

/** How the repository's tool is started, in a copy of the book, too. */
const TOOL = ["run", "--quiet", "--manifest-path", join(root, "Cargo.toml"), "--package", "book", "--"];

/** Runs a command of the tool in a copy of the book. */
export function cargoBook(folder, ...command) {
  execFileSync("cargo", [...TOOL, ...command], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
}

/** Takes a chapter out of an edition of a copy of the book, as if nobody had translated it. */
export function untranslate(folder, tag, chapter) {
  rmSync(join(folder, "src", tag, chapter));
  edit(folder, `src/${tag}/SUMMARY.md`, (text) => text.split("\n").filter((line) => !line.includes(`(${chapter})`)).join("\n"));
  edit(folder, `src/${tag}/translation.lock`, (text) => text.split("\n\n").filter((table) => !table.startsWith(`["${chapter}"]`)).join("\n\n"));
}

/** Copies the book into a new folder. */
export function copy() {
  const folder = mkdtempSync(join(tmpdir(), "book-browser-"));
  for (const name of ["book.toml", "src", "examples", "theme"]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  return folder;
}

/** Serves a copy of the book at a free port. Resolves to `{ url, folder, log, stop }` when the pages are there. `prepare` may edit
 * the copy before. */
export async function serve(prepare = () => {}) {
  const folder = copy();
  prepare(folder);
  const server = spawn("cargo", [...TOOL, "serve", "--port", "0"], { cwd: folder, stdio: ["ignore", "inherit", "pipe"] });
  const lines = [];
  const url = await new Promise((resolve, reject) => {
    let rest = "";
    server.stderr.setEncoding("utf8");
    server.stderr.on("data", (piece) => {
      const parts = (rest + piece).split("\n");
      rest = parts.pop();
      lines.push(...parts);
      const found = parts.join("\n").match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}:\n${lines.join("\n")}`)));
  });
  const stop = async () => {
    const ended = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { url, folder, log: lines, stop };
}

/** What a page must never have: errors in the console, requests that fail. */
export function watchForErrors(page) {
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // A page that is left gives up what it is still waiting for.
    if (reason !== "net::ERR_ABORTED") errors.push(`${request.url()}: ${reason}`);
  });
  page.on("response", (response) => response.status() >= 400 && errors.push(`${response.url()}: ${response.status()}`));
  return errors;
}

/** Answers for the playground, which a page asks which crates it has. Nothing else outside of the book may be asked. */
export async function withoutNetwork(context) {
  await context.route(/^https:\/\/play\.rust-lang\.org\//, (route) => route.fulfill({ json: { crates: [] }, headers: { "access-control-allow-origin": "*" } }));
}
