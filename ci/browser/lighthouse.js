// Lighthouse on a chapter of each edition. As a program (`npm run lighthouse`), it prints all four categories as they are on a simulated
// phone, beside those of the page that stock mdBook makes of the same chapter.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import lighthouse from "lighthouse";
import { launch, root } from "./book.js";
import { TAGS, publish, serveFolder } from "./site.js";

export const CHAPTER = "02_execution/03_wakeups.html";

/** A browser that Lighthouse can drive, as `{ score, stop }`. `score` resolves to a page's categories from 0 to 100, and to what keeps
 * each below 100. */
export async function judge() {
  const port = await freePort();
  const browser = await launch(`--remote-debugging-port=${port}`);
  const score = async (url, categories) => {
    // What is said of speed needs a page that has come to rest.
    const hurry = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 };
    const { lhr } = await lighthouse(url, { port, onlyCategories: categories, logLevel: "silent", ...(categories ? hurry : {}) });
    const failed = ({ score, weight }) => weight > 0 && score !== null && score < 1;
    return Object.entries(lhr.categories).map(([name, { score, auditRefs }]) => ({
      name,
      score: Math.round(score * 100),
      lacks: auditRefs.filter(({ id, weight }) => failed({ score: lhr.audits[id].score, weight })).map(({ id }) => `${id}: ${lhr.audits[id].title}`),
      metrics: Object.fromEntries(["first-contentful-paint", "total-blocking-time", "total-byte-weight"].map((id) => [id, lhr.audits[id]?.displayValue])),
    }));
  };
  return { score, stop: () => browser.close() };
}

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** An edition as stock mdBook shows it: its own theme, its own search, no words of ours. */
function stock(tag, folder) {
  const theme = join(folder, "no-theme");
  mkdirSync(theme, { recursive: true });
  execFileSync("mdbook", ["build", "-d", join(folder, tag)], {
    cwd: root,
    stdio: "ignore",
    env: {
      ...process.env,
      MDBOOK_BOOK__SRC: `src/${tag}`,
      MDBOOK_BOOK__LANGUAGE: tag,
      MDBOOK_OUTPUT__HTML__THEME: theme,
      MDBOOK_OUTPUT__HTML__ADDITIONAL_CSS: "[]",
      MDBOOK_OUTPUT__HTML__SEARCH__ENABLE: "true",
    },
  });
}

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), "book-stock-"));
  const [site, judged, server] = await Promise.all([publish(), judge(), serveFolder(folder)]);
  try {
    for (const tag of TAGS) {
      stock(tag, folder);
      for (const [whose, url] of [["ours", site.url], ["stock", server.url]]) {
        const categories = await judged.score(`${url}/${tag}/${CHAPTER}`);
        const scores = categories.map(({ name, score }) => `${name} ${score}`).join("  ");
        console.log(`${tag.padEnd(6)} ${whose.padEnd(6)} ${scores}  ${Object.values(categories[0].metrics).join(", ")}`);
        for (const lack of categories.flatMap(({ lacks }) => lacks)) if (whose === "ours") console.log(`       ${lack}`);
      }
    }
  } finally {
    await Promise.all([site.stop(), judged.stop(), server.stop()]);
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compare();
