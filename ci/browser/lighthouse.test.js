// Lighthouse finds nothing to improve in what does not depend on the machine. How fast the pages are, `npm run lighthouse` says.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CHAPTER, judge } from "./lighthouse.js";
import { TAGS, publish } from "./site.js";

let judged;
let site;

before(async () => {
  judged = await judge();
  site = await publish();
});

after(async () => {
  await judged?.stop();
  await site?.stop();
});

for (const tag of TAGS) {
  test(`${tag}: accessibility, best practices and search engines have 100 of 100`, async () => {
    const categories = await judged.score(`${site.url}/${tag}/${CHAPTER}`, ["accessibility", "best-practices", "seo"]);
    assert.deepEqual(categories.map(({ name, score }) => [name, score]), [["accessibility", 100], ["best-practices", 100], ["seo", 100]], categories.flatMap(({ lacks }) => lacks).join("\n"));
  });
}
