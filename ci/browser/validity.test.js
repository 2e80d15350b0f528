// Every page of the built site is valid HTML, by the Nu checker of the W3C.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { publish } from "./site.js";

const CHECKER = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

let site;

before(async () => {
  site = await publish();
});

after(() => site?.stop());

test("every page is valid HTML", (context) => {
  const files = site.pages.map((page) => join(site.folder, page));
  const { stderr, error } = spawnSync("java", ["-jar", CHECKER, "--format", "json", ...files], { encoding: "utf8", maxBuffer: 2 ** 28 });
  assert.ifError(error);
  const { messages } = JSON.parse(stderr);
  const said = messages.map(({ type, subType, url, lastLine, message, extract }) => ({
    isError: type !== "info",
    line: `${subType ?? type}: ${url?.slice(url.indexOf("site/") + 5)}:${lastLine}: ${message} ${JSON.stringify(extract ?? "")}`,
  }));
  const errors = said.filter(({ isError }) => isError).map(({ line }) => line);
  for (const { line } of said.filter(({ isError }) => !isError)) context.diagnostic(line);
  assert.deepEqual(errors.slice(0, 20), [], `${errors.length} errors`);
});
