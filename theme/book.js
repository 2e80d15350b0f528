// What a page does with a script. Without it everything can be read; this adds the theme, keys, copying, running, the place
// kept across editions, and how far each chapter was read.

const root = document.documentElement;
const words = document.getElementById("words").dataset;
const rtl = root.dir === "rtl";

/** What is remembered between pages. A browser may refuse, and then nothing is. */
const memory = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* nothing is remembered */ } },
};

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function icon(path) {
  const holder = element("span");
  holder.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
  return holder.firstChild;
}

// Light or dark: as the system, or as chosen.
const theme = document.getElementById("theme");
const THEMES = ["auto", "light", "dark"];
function setTheme(name) {
  root.dataset.theme = THEMES.includes(name) ? name : "auto";
  theme.title = theme.ariaLabel = theme.dataset[root.dataset.theme];
}
function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length]);
  memory.set("theme", root.dataset.theme);
}
setTheme(root.dataset.theme);
theme.hidden = false;
theme.addEventListener("click", nextTheme);

// Search is fetched when somebody wants it.
const searchButton = document.getElementById("search-open");
// A page that was opened as a file may not fetch anything.
const searchable = "search" in searchButton.dataset && location.protocol !== "file:";
if (searchable) searchButton.hidden = false;
else searchButton.remove();
document.querySelector("[data-key=search]").hidden = !searchable;
async function search() {
  if (!searchable) return;
  const { open } = await import("./search/search.js");
  open();
}
searchButton.addEventListener("click", search);

// Keys. The arrows follow the direction of reading.
const keysDialog = document.getElementById("keys");
const keysButton = document.getElementById("keys-open");
keysButton.hidden = false;
keysButton.addEventListener("click", () => keysDialog.showModal());
const turn = (rel) => document.querySelector(`.turn a[rel=${rel}]`)?.click();
const KEYS = {
  ArrowRight: () => turn(rtl ? "prev" : "next"),
  ArrowLeft: () => turn(rtl ? "next" : "prev"),
  s: search,
  "/": search,
  t: nextTheme,
  "?": () => keysDialog.showModal(),
};
addEventListener("keydown", (event) => {
  const elsewhere = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog, pre, .drawing");
  const arrows = event.key.startsWith("Arrow");
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  // In a code block and in a drawing the arrows scroll.
  if (elsewhere && (arrows || !elsewhere.matches("pre, .drawing"))) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// The picker of editions leads to the section that the reader is at, and the choice is remembered for the start page.
const headings = [...document.querySelectorAll("main :is(h1, h2, h3, h4)[id]")];
const section = () => headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3)?.id;
const picker = document.querySelector(".editions");
picker?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  memory.set("edition", link.hreflang);
  link.hash = scrollY > 0 ? section() ?? "" : "";
});
addEventListener("click", (event) => { if (picker && !picker.contains(event.target)) picker.open = false; });
picker?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !picker.open) return;
  picker.open = false;
  picker.querySelector("summary").focus();
});

// Code: copy it, and run what can run in the playground.
const PLAYGROUND = "https://play.rust-lang.org/evaluate.json";
for (const figure of document.querySelectorAll("figure.code")) {
  const code = figure.querySelector("code");
  const unfold = figure.querySelector(".unfold");
  if (unfold) unfold.title = unfold.ariaLabel;
  const tools = element("div", { className: "tools" });
  const tool = (label, path, act) => {
    const button = element("button", { type: "button", title: label, ariaLabel: label }, icon(path));
    button.addEventListener("click", () => act(button));
    tools.append(button);
  };
  if ("run" in figure.dataset) tool(words.run, "M8 5v14l11-7z", () => run(figure, code.textContent));
  tool(words.copy, "M9 9h11v11H9zM5 15H4V4h11v1", async (button) => {
    await navigator.clipboard.writeText(copied(code, unfold?.checked));
    button.title = button.ariaLabel = words.copied;
    button.replaceChildren(icon("m5 12 5 5 9-10"));
    setTimeout(() => {
      button.title = button.ariaLabel = words.copy;
      button.replaceChildren(icon("M9 9h11v11H9zM5 15H4V4h11v1"));
    }, 2000);
  });
  figure.querySelector("pre").before(tools);
}

/** The commands of a console, or the lines of a program that are shown. */
function copied(code, unfolded) {
  const commands = [...code.querySelectorAll(".command")];
  if (commands.length > 0) return commands.map((command) => command.textContent.trim()).join("\n");
  const copy = code.cloneNode(true);
  if (!unfolded) for (const hidden of copy.querySelectorAll(".boring")) hidden.remove();
  return copy.textContent;
}

async function run(figure, code) {
  const output = figure.querySelector("output") ?? figure.appendChild(element("output"));
  output.textContent = words.running;
  try {
    const response = await fetch(PLAYGROUND, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ version: "stable", optimize: "0", code, edition: "2024" }),
      signal: AbortSignal.timeout(20_000),
    });
    const { result, error } = await response.json();
    output.textContent = error ?? (result || words.silent);
  } catch {
    output.textContent = words.unreachable;
  }
}

// How far each chapter was read, the same in all editions.
const READ = 0.97;
let progress = {};
try { progress = JSON.parse(memory.get("progress")) ?? {}; } catch { /* not ours: begin anew */ }
const pageOf = (link) => new URL(link.href).pathname.slice(new URL(document.querySelector(".home").href).pathname.lastIndexOf("/") + 1);
function show(link) {
  const far = progress[pageOf(link)];
  if (!far) return;
  link.style.setProperty("--read", far);
  if (far < READ || "read" in link.dataset) return;
  link.dataset.read = "";
  link.title = words.read;
}
for (const link of document.querySelectorAll("#contents > ol > li > a")) show(link);
const here = document.querySelector("#contents a[aria-current=page]");
if (here && headings.length > 0) {
  const main = document.querySelector("main");
  const measure = () => {
    const { top, height } = main.getBoundingClientRect();
    const far = Math.min(1, Math.max(0, (innerHeight - top) / height));
    if (far <= (progress[pageOf(here)] ?? 0) || scrollY === 0) return;
    progress[pageOf(here)] = Math.round(far * 100) / 100;
    memory.set("progress", JSON.stringify(progress));
    show(here);
  };
  let asked = 0;
  addEventListener("scroll", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(measure);
  }, { passive: true });
}

// The contents show the chapter that is being read, and the section.
const contents = document.getElementById("contents");
if (here) contents.scrollTop = Math.max(0, here.offsetTop - contents.clientHeight / 3);
const sections = new Map([...document.querySelectorAll(".sections a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
const markSection = () => {
  const at = section();
  // A smaller heading belongs to the section above it.
  const id = headings.slice(0, headings.findIndex((heading) => heading.id === at) + 1).findLast((heading) => sections.has(heading.id))?.id;
  for (const [name, link] of sections) {
    if (name === id) link.ariaCurrent = "true";
    else link.removeAttribute("aria-current");
  }
};
addEventListener("scroll", markSection, { passive: true });
markSection();

// Recorded runs are played by a script of their own. It comes as a page's first script does, from a file, too.
if (document.querySelector("figure.recording")) document.head.append(element("script", { src: words.player }));
