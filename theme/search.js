// Search. theme/book.js imports this file when search is first opened; `cargo book build` puts it beside the index.
//
// The index is the text of one edition, section by section. Each word of a query becomes a regular expression that finds
// the word in every form, and shows where to put the marks. So nothing is done to the text, and there is only one place
// that knows what counts as the same word: here. What differs between languages is data of the index: `[search]` in the
// language.toml of the edition.

/** The kinds of script. A word ends where another kind begins (`Pin的`, `Waker를`), and in a script without spaces anywhere. */
const UNSPACED = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}";
const KINDS = {
  latin: "[\\p{sc=Latin}\\p{Nd}]",
  unspaced: `[${UNSPACED}]`,
  other: `[[\\p{L}\\p{M}]--[\\p{sc=Latin}${UNSPACED}]]`,
};
const RUNS = new RegExp(Object.entries(KINDS).map(([kind, letter]) => `(?<${kind}>${letter}+)`).join("|"), "gv");
const kindOf = (groups) => Object.keys(KINDS).find((kind) => groups[kind]);

/** The letters of each kind that a text has, as ranges for an expression. Classes of all Unicode would take the browser ten
 * milliseconds for each expression. */
function alphabet(text) {
  const ranges = { latin: "", unspaced: "", other: "" };
  const used = [...new Set(text)].sort((a, b) => a.codePointAt() - b.codePointAt());
  let [before, from, to] = [];
  const close = () => before && (ranges[before] += `${from}-${to}`);
  for (const letter of used) {
    const [found] = letter.matchAll(RUNS);
    const kind = found && kindOf(found.groups);
    if (kind !== before) {
      close();
      [before, from] = [kind, letter];
    }
    to = letter;
  }
  close();
  return ranges;
}

/** Where a part of a name begins or ends: between `Timer` and `Future`. */
const HUMP = "(?<=[a-z])(?=[A-Z])";

/** What a word does not begin or end with. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;

/** How much was typed. A Korean syllable is two or three letters, as in the other scripts. */
const letters = (word) => word.normalize("NFD").match(/\p{L}|\p{N}/gu)?.length ?? 0;
/** From so many letters on, a word finds the longer words that it begins. Fewer would find `category` for "cat". */
const BEGINNING = 4;
/** From so many letters on, a word that is nowhere in the book is looked for with a space in it. */
const DIVISIBLE = 6;

/** As much of a query is read, and as much of a paragraph is shown: about two lines. */
const LONGEST = 220;

/** The words of a language: which letters are the same, and which endings a word may have. */
class Language {
  constructor({ same, ignored, endings, "shortest-stem": shortest }, text) {
    this.letters = alphabet(text);
    this.same = new Map(same.flatMap((group) => [...group].map((letter) => [letter, [...group]])));
    this.ignored = new RegExp(`[${ignored || "\u00ad"}]`, "gv");
    this.shortest = shortest;
    // Between two parts of a word that the reader wrote without a space: `Pin::new`, `wake_by_ref`.
    this.joint = `[^${Object.values(this.letters).join("")}]{0,3}`;
    this.between = ignored ? `[${ignored}]*` : "";
    this.groups = endings.map((group) => {
      const own = group.map((ending) => this.fold(ending));
      const spelled = own.filter(Boolean).map((ending) => this.spelled(ending, this.between, false));
      // In the text, an ending may follow code: `poll`을.
      return { own, found: `\`?(?:${spelled.join("|")})${this.between}${this.ends(this.parts(own.join(""))[0])}` };
    });
  }

  /** A word as it is compared. */
  fold(word) {
    const plain = word.normalize("NFKC").toLowerCase().replace(this.ignored, "").replace(EDGES, "");
    return [...plain].map((letter) => this.same.get(letter)?.[0] ?? letter).join("");
  }

  /** A pattern for letters, however they are written. */
  spelled(word, between = this.between, capitals = true) {
    const letter = (letter) => {
      const same = this.same.get(letter) ?? [letter];
      const upper = capitals ? same.map((letter) => letter.toUpperCase()) : [];
      const cases = new Set([...same, ...upper].filter((letter) => [...letter].length === 1));
      return cases.size > 1 ? `[${[...cases].join("")}]` : letter;
    };
    return [...word].map(letter).join(between);
  }

  /** Patterns for the forms of a word: its stem with any ending of a group that its own one belongs to. */
  forms(word) {
    return this.groups.flatMap(({ own, found }) => {
      const endings = own.filter((ending) => word.endsWith(ending));
      const stems = endings.map((ending) => word.slice(0, word.length - ending.length));
      const patterns = stems.filter((stem) => stem === word || letters(stem) >= this.shortest).map((stem) => this.pattern(stem));
      if (!patterns.length) return [];
      const bare = own.includes("") ? patterns.map(({ letters, end }) => letters + end) : [];
      return [...bare, `(?:${patterns.map(({ letters }) => letters).join("|")})${found}`];
    });
  }

  /** The parts of a word that belong to one kind of script each. */
  parts(word) {
    return [...word.matchAll(RUNS)].map(({ 0: text, groups }) => ({ text, kind: kindOf(groups) }));
  }

  /** What a word, which may have parts, begins with, the letters of it, and what it ends with. */
  pattern(word, between) {
    const parts = this.parts(word);
    const [first, last] = [parts[0], parts.at(-1)];
    const spelled = ({ text, kind }) => this.spelled(text, kind === "unspaced" ? "\\s?" : between);
    // The first letter is looked at before anything else: most places are passed over so, ten times as fast.
    return { begin: `(?=${this.spelled([...first.text][0])})${this.begins(first)}`, letters: parts.map(spelled).join(this.joint) + this.between, end: this.ends(last), last };
  }

  begins({ kind }) {
    return kind === "unspaced" ? "" : `(?:(?<![${this.letters[kind]}])|${HUMP})`;
  }

  ends({ kind }) {
    return kind === "unspaced" ? "" : `(?:(?![${this.letters[kind]}])|${HUMP})`;
  }

  /** The expression that finds a word: as it is, in another form, or as the beginning of a longer one. */
  expression(word) {
    if (!this.parts(word).length) return null;
    const whole = this.pattern(word);
    const found = [`(?<same>${whole.letters}${whole.end})`];
    const forms = this.forms(word);
    if (forms.length) found.push(`(?<form>${forms.join("|")})`);
    if (whole.last.kind !== "unspaced" && letters(word) >= BEGINNING) found.push(`${whole.letters}[${this.letters[whole.last.kind]}]*`);
    return new RegExp(`${whole.begin}(?:${found.join("|")})`, "gv");
  }

  /** The expression for a word that is nowhere in the book: written in one, and in the book with something in between. */
  divided(word) {
    const [{ text, kind }, ...more] = this.parts(word);
    if (more.length) return null;
    if (kind !== "unspaced") {
      const { begin, letters: spelled, end } = this.pattern(word, `${this.between}\\s?`);
      return letters(word) >= DIVISIBLE ? new RegExp(begin + spelled + end, "gv") : null;
    }
    const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)].map(({ segment }) => segment);
    if (words.filter((word) => word.length > 1).length < 2) return null;
    return new RegExp(words.map((word) => this.spelled(word, "\\s?")).join("[^\\n]{0,8}?"), "gv");
  }
}

/** An edition that can be searched. */
export class Book {
  constructor(index) {
    this.pages = index.pages;
    this.sections = this.pages.flatMap((page) => page.sections);
    this.language = new Language(index, this.sections.map(({ heading, text }) => heading + text).join(""));
  }

  /** The pages that have every word of the query: `{ page, sections, words }`, with the page's sections, the best first, and the
   * expressions to mark. First come the pages that have the words as they were typed. */
  search(query) {
    const typed = [...new Set(query.slice(0, LONGEST).split(/\s+/).map((word) => this.language.fold(word)))];
    const words = typed.map((word) => this.find(word)).filter(Boolean);
    if (!words.length) return [];
    const pages = this.pages.map((page) => this.rank(page, words)).filter(Boolean);
    return pages.sort((a, b) => b.same - a.same || b.score - a.score);
  }

  /** Where a word is: for each section how much of its heading, and how much in its text. */
  find(word) {
    let expression = this.language.expression(word);
    if (!expression) return null;
    let places = this.places(expression);
    if (!places.size) {
      expression = this.language.divided(word) ?? expression;
      places = this.places(expression);
    }
    return { expression, places, weight: Math.log(1 + this.sections.length / (1 + places.size)) };
  }

  places(expression) {
    const places = new Map();
    for (const section of this.sections) {
      const heading = weigh(section.heading, expression);
      const text = weigh(section.text, expression);
      if (!heading.count && !text.count) continue;
      // The tenth time that a text has the word says less than the first.
      places.set(section, { heading: heading.share, text: text.count / (text.count + 4), same: heading.same || text.same });
    }
    return places;
  }

  rank(page, words) {
    if (!words.every(({ places }) => page.sections.some((section) => places.has(section)))) return null;
    const all = words.reduce((sum, { weight }) => sum + weight, 0);
    const score = (section) => {
      let [heading, text, present] = [0, 0, 0];
      for (const { places, weight } of words) {
        const place = places.get(section);
        if (!place) continue;
        present += weight / all;
        heading += place.heading;
        text += (place.text * weight) / all;
      }
      return present ** 2 * (4 * heading + text);
    };
    const scored = page.sections.map((section) => ({ section, score: score(section) })).filter(({ score }) => score > 0);
    const ranked = scored.sort((a, b) => b.score - a.score);
    const title = score(page.sections[0]);
    const same = words.every(({ places }) => page.sections.some((section) => places.get(section)?.same));
    return { page, same, sections: ranked.map(({ section }) => section), words: words.map(({ expression }) => expression), score: ranked[0].score + title / 4 };
  }
}

/** How often an expression is found, which share of the text that is, and whether it is the word as it was typed. */
function weigh(text, expression) {
  let [count, length, same] = [0, 0, false];
  for (const { 0: found, groups } of text.matchAll(expression)) {
    same ||= groups?.same !== undefined;
    // The beginning of another word is a guess.
    count += groups?.same ?? groups?.form ? 1 : 0.3;
    length += found.length;
  }
  return { count, same, share: length && length / text.replace(/[^\p{L}\p{N}]/gu, "").length };
}

/** The passage of a section to show: of the paragraph, or the line of code, that has the most of the words. */
export function passage(section, words) {
  let best = { count: -1, text: "" };
  for (const text of section.text.split("\n")) {
    const count = words.filter((word) => text.search(word) >= 0).length;
    if (count > best.count) best = { count, text };
  }
  return excerpt(best.text, Math.min(...words.map((word) => best.text.search(word)).filter((at) => at >= 0)));
}

/** At most so much of a paragraph, with what is at a place. */
function excerpt(text, at) {
  if (text.length <= LONGEST) return text;
  let start = at < LONGEST / 2 || at === Infinity ? 0 : at - LONGEST / 4;
  const space = text.indexOf(" ", start);
  if (start && space >= 0 && space < at) start = space + 1;
  let end = Math.min(start + LONGEST, text.length);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), end - 20);
  const inCode = (end) => text.slice(0, end).split("`").length % 2 === 0;
  return `${start ? "… " : ""}${inCode(start) ? "`" : ""}${text.slice(start, end)}${inCode(end) ? "`" : ""}${end < text.length ? " …" : ""}`;
}

// From here on, the page.

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Text with its code and its marks. */
function shown(text, words) {
  const marks = words.flatMap((word) => [...text.matchAll(word)].map(({ 0: found, index }) => [index, index + found.length]));
  marks.sort(([a], [b]) => a - b);
  const made = document.createDocumentFragment();
  // A tab begins a line of code. Elsewhere, every second piece between backticks is code.
  const pieces = text.startsWith("\t") ? ["", text.slice(1)] : text.split("`");
  let place = 0;
  pieces.forEach((piece, number) => {
    const holder = number % 2 ? made.appendChild(element("code")) : made;
    let done = 0;
    for (const [from, to] of marks) {
      const [start, end] = [Math.max(from - place, done), Math.min(to - place, piece.length)];
      if (start >= end) continue;
      holder.append(piece.slice(done, start), element("mark", {}, piece.slice(start, end)));
      done = end;
    }
    holder.append(piece.slice(done));
    place += piece.length + 1;
  });
  return made;
}

/** A page that was found: its best section, a passage of it, and links to more of its sections. */
function result({ page, sections, words }) {
  const link = (section, ...children) => element("a", { href: new URL(`${page.path}#${section.id}`, EDITION) }, ...children);
  const [chapter] = page.sections;
  const [best, ...more] = sections;
  const name = best === chapter ? [] : [" › ", element("span", { className: "section" }, shown(best.heading, words))];
  const item = element("li", {}, link(best, element("span", { className: "chapter" }, shown(chapter.heading, words)), ...name));
  const text = passage(best, words);
  if (text) item.append(element("p", {}, shown(text, words)));
  if (more.length) item.append(element("ul", {}, ...more.slice(0, 3).map((section) => element("li", {}, link(section, shown(section.heading, words))))));
  if (page.lang !== document.documentElement.lang) Object.assign(item, { lang: page.lang, dir: "auto" });
  return item;
}

/** The index is beside this script, and the edition's folder above it. */
const INDEX = new URL("index.bin", import.meta.url);
const EDITION = new URL("..", import.meta.url);

async function load() {
  const response = await fetch(INDEX, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new Book(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json());
}

let loading;
let connected = false;

/** Opens the dialog. */
export function open() {
  const dialog = document.getElementById("search");
  const input = dialog.querySelector("input");
  if (!dialog.open) dialog.showModal();
  input.select();
  if (!connected) connect(dialog, input);
  connected = true;
}

function connect(dialog, input) {
  const [status, list] = [dialog.querySelector("[role=status]"), dialog.querySelector("ol")];
  const number = new Intl.NumberFormat(document.documentElement.lang);

  const update = async (event) => {
    loading ??= load();
    let pages;
    try {
      pages = (await loading).search(input.value);
    } catch {
      loading = undefined;
      status.textContent = dialog.dataset.failed;
      return;
    }
    // What an input method shows before the word is there is not what the reader looks for.
    if (event?.isComposing && !pages.length) return;
    const query = input.value.trim();
    list.replaceChildren(...pages.map((page) => result(page)));
    if (!query) status.textContent = "";
    else if (!pages.length) status.textContent = dialog.dataset.none.replace("{query}", query);
    else status.textContent = dialog.dataset.found.replace("{count}", number.format(pages.length));
  };
  input.addEventListener("input", update);

  // The links of the results are reached by the arrows, too, and the first one by Enter.
  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "Escape") dialog.close();
    else if (event.key === "Enter" && at === 0) stops[1]?.click();
    else if (event.key === "ArrowDown" && at >= 0) stops[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at > 0) stops[at - 1].focus();
    else return;
    event.preventDefault();
  });
  // A link to another section of this page leaves the page, and the dialog, where they are.
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  update();
}
