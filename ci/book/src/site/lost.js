// The edition of the address comes first, with the pages whose addresses are the most like this one.
const { root, pages } = JSON.parse(document.getElementById("book").textContent);
const sections = [...document.querySelectorAll("section")];
const same = (a, b) => a.toLowerCase().replace("_", "-") === b.toLowerCase();

/** How many letters must be changed, added or removed to make one text of another. */
function distance(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
    row = next;
  }
  return row[b.length];
}

let address = location.pathname;
try { address = decodeURIComponent(address); } catch { /* it is looked for as it stands */ }
if (address.startsWith(root)) address = address.slice(root.length);
const parts = address.split("/").filter(Boolean);
const at = parts.findIndex((part) => sections.some((section) => same(part, section.lang)));
const wanted = parts.slice(at + 1).join("/").toLowerCase().replace(/(^|\/)index$|\.(html?|md)$/, "").slice(0, 200);

// The page itself, in an edition that does not exist. Or else those that are the most like it: a chapter may have moved, and
// then its name is still the same, and its number is another one.
const exact = pages.find(([path]) => `/${wanted}`.endsWith(`/${path}`));
const name = (path) => path.split("/").pop().replace(/^\d+_/, "");
const unlike = (a, b) => distance(a, b) / Math.max(a.length, b.length);
const alike = pages
  .map((page) => ({ page, score: Math.min(unlike(wanted, page[0]), unlike(name(wanted), name(page[0]))) }))
  .filter(({ score }) => wanted !== "" && score < 0.5)
  .sort((a, b) => a.score - b.score);
const near = exact ? [exact] : alike.slice(0, 3).map(({ page }) => page);

let chosen = null;
try { chosen = localStorage.getItem("edition"); } catch { /* private mode: nothing was remembered */ }
const wishes = [...(at < 0 ? [] : [parts[at]]), ...(chosen ? [chosen] : []), ...navigator.languages];
const find = (wish) =>
  sections.find((section) => same(wish, section.lang)) ?? sections.find((section) => wish.split(/[-_]/)[0].toLowerCase() === section.lang.split("-")[0]);
const first = wishes.map(find).find(Boolean) ?? sections[0];
sections[0].before(first);

for (const section of exact ? sections : [first]) {
  const title = 1 + sections.indexOf(section);
  for (const page of near) {
    const link = document.createElement("a");
    link.href = `${root}${section.lang}/${page[0]}.html`;
    link.textContent = page[title] || page[1];
    if (!page[title]) [link.lang, link.dir] = [sections[0].lang, sections[0].dir];
    const item = document.createElement("li");
    item.append(link);
    section.querySelector(".near ul").append(item);
  }
  section.querySelector(".near").hidden = near.length === 0;
}
