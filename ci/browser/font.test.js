// The Persian font is a subset: it must have every letter and mark that the Persian edition writes, and its CSS must give them to it.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./book.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every Persian character is drawn by the book's own font", async () => {
  const folder = join(root, "src", "fa");
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(md|toml)$/.test(file));
  const text = files.map((file) => readFileSync(join(folder, file), "utf8")).join("");
  // With their tatweel the marks have a letter to stand on.
  const characters = [...new Set(text.match(/\p{Script_Extensions=Arabic}/gu))].map((character) => (/\p{M}/u.test(character) ? `ـ${character}` : character));
  assert.ok(characters.length > 40);

  const font = readFileSync(join(root, "theme", "fonts", "vazirmatn.woff2")).toString("base64");
  const face = readFileSync(join(root, "theme", "book.css"), "utf8").match(/@font-face \{[^}]*\{\{[^}]*\}\}[^}]*\}/)[0];
  const rule = face.replace(/url\(.*?\}\}"\)/, `url("data:font/woff2;base64,${font}")`).replace("optional", "block");
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const spans = characters.map((character) => `<span>${character}</span>`).join(" ");
    await page.setContent(`<html lang="fa"><style>${rule} p { font-family: Vazirmatn, sans-serif }</style><p>${spans}`);
    await page.evaluate(() => document.fonts.ready);
    const session = await page.context().newCDPSession(page);
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    const { root: { nodeId } } = await session.send("DOM.getDocument");
    const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId, selector: "span" });
    for (const [index, nodeId] of nodeIds.entries()) {
      const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
      assert.deepEqual(fonts.map((font) => font.familyName), ["Vazirmatn"], `U+${characters[index].codePointAt(characters[index].length - 1).toString(16)} of src/fa is not in theme/fonts/vazirmatn.woff2`);
    }
  } finally {
    await browser.close();
  }
});
