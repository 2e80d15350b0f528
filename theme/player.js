// The player of recorded runs. theme/book.js loads this file on a page that has one; it uses what is defined there.
//
// A recording is readable without: its figure has a drawing, and a list with a caption for each step. The player stands before
// them, and all that it shows comes from there. It lights the step's line in the page's snippets, and the step in the drawing.
"use strict";
{
  const ICONS = {
    first: "M6 5v14M19 6 10 12l9 6z", back: "M16 5 7 12l9 7z", play: "M7 4v16l13-8z", pause: "M8 5v14M16 5v14",
    next: "M8 5l9 7-9 7z", last: "M18 5v14M5 6l9 6-9 6z",
  };
  /** How long autoplay shows a step, in milliseconds. */
  const PACE = 1200;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const digits = (number) => number.toLocaleString(root.lang);
  const [FORTH, BACK] = rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];

  /** The ranges of the page's code by the line of the file that they show, `examples/02_01_cast/src/main.rs:9`. */
  const shown = {};
  for (const figure of document.querySelectorAll("figure.code[data-lines]")) {
    const [file, numbers] = figure.dataset.lines.split(/:(?=[\d,-]+$)/);
    const lines = visibleLines(figure.querySelector("code"));
    for (const span of numbers.split(",")) {
      const [from, to = from] = span.split("-").map(Number);
      for (let line = from; line <= to; line++) {
        const range = lines.shift();
        if (range) (shown[`${file}:${line}`] ??= []).push(range);
      }
    }
  }

  /** The lines of a block of code that are not folded away, as ranges without the space around them; null for an empty one. */
  function visibleLines(code) {
    const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT, (text) => text.parentElement.closest(".boring") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const lines = [null];
    while (texts.nextNode()) {
      const text = texts.currentNode;
      for (const { 0: piece, index } of text.data.matchAll(/\n|[^\n]*\S/g)) {
        if (piece === "\n") {
          lines.push(null);
          continue;
        }
        const at = lines.length - 1;
        if (!lines[at]) (lines[at] = new Range()).setStart(text, index + piece.search(/\S/));
        lines[at].setEnd(text, index + piece.length);
      }
    }
    return lines;
  }

  /** Lights a line wherever the page shows it. Its blocks of code scroll sideways to it; the page stays where it is. */
  function light(ranges) {
    globalThis.CSS?.highlights?.set("step", new Highlight(...ranges));
    for (const range of ranges) reveal(range, range.startContainer.parentElement.closest("pre"), "left", "right", "scrollLeft");
  }

  /** Scrolls a box, and nothing else, along one axis, until what is in it begins in view. */
  function reveal(inner, box, start, end, scroll) {
    const [of, view] = [inner.getBoundingClientRect(), box.getBoundingClientRect()];
    const room = (view[end] - view[start]) / 4;
    if (of[start] < view[start] + room / 2 || of[start] > view[end] - room) box[scroll] += of[start] - view[start] - room;
  }

  /** Puts a player into a figure. Returns what shows a step of it. */
  function upgrade(figure) {
    const steps = [...figure.querySelectorAll(".steps li")];
    const drawing = figure.querySelector(".drawing");
    const drawn = new Map([...drawing.querySelectorAll("[data-step]")].map((step) => [Number(step.dataset.step), step]));
    const player = figure.querySelector("template").content.firstElementChild.cloneNode(true);
    const find = (selector) => player.querySelector(selector);
    const [scrubber, output, caption, now, quiz, choices, verdict] = ["[type=range]", "output", ".caption", ".now", ".quiz", ".choices", ".verdict"].map(find);
    const line = element("code", { className: "line", dir: "ltr" });
    const words = (step) => step.querySelector("p");
    let at = 0;
    let playing = 0;
    let asking = 0;
    let [score, asked] = [0, 0];

    const name = (button, label, path) => {
      button.title = button.ariaLabel = label;
      button.replaceChildren(icon(path));
    };
    const button = (what) => find(`[data-do=${what}]`);
    const play = button("play");
    const names = { play: play.ariaLabel ?? play.textContent, pause: play.dataset.pause };
    for (const one of player.querySelectorAll("button")) name(one, one.ariaLabel ?? one.textContent, ICONS[one.dataset.do]);

    // All that is known at the end has its place from the start, so that nothing moves.
    const known = new Map();
    for (const term of figure.querySelectorAll(".steps dt")) {
      const key = term.textContent;
      if (known.has(key)) continue;
      const entry = element("div", {}, term.cloneNode(true), element("dd"));
      known.set(key, entry);
      now.append(entry);
    }

    function showState() {
      for (const entry of known.values()) {
        entry.lastChild.textContent = "";
        entry.className = "";
      }
      for (const step of steps.slice(0, at)) {
        for (const { firstElementChild: term, lastElementChild: value } of step.querySelectorAll("dl > div")) {
          const entry = known.get(term.textContent);
          entry.lastChild.innerHTML = value.innerHTML;
          entry.className = step === steps[at - 1] ? "changed" : "known";
        }
      }
    }

    /** Shows a step, the first of which is 1. Only what the reader did lights lines and scrolls the drawing. */
    function show(step, acted = true) {
      at = Math.min(Math.max(step, 1), steps.length);
      const item = steps[at - 1];
      scrubber.value = at;
      scrubber.ariaValueText = output.textContent = `${digits(at)} / ${digits(steps.length)}`;
      caption.innerHTML = words(item).innerHTML;
      const ranges = shown[item.dataset.at] ?? [];
      line.textContent = ranges[0]?.toString() ?? "";
      showState();
      for (const what of ["first", "back"]) button(what).ariaDisabled = at === 1;
      for (const what of ["next", "last"]) button(what).ariaDisabled = at === steps.length;
      for (const [number, shape] of drawn) {
        shape.classList.toggle("future", number > at);
        mark(shape, number === at);
      }
      for (const other of steps) mark(other, other === item);
      if (!acted) return;
      light(ranges);
      const shape = drawn.get(at);
      if (shape) reveal(shape, drawing, "top", "bottom", "scrollTop");
    }
    function mark(step, current) {
      if (current) step.ariaCurrent = "step";
      else step.removeAttribute("aria-current");
    }

    /** The reader goes to a step. */
    function go(step) {
      stop();
      leave();
      show(step);
    }

    /** Forward by one, with a question before it where the reader wants to be asked. */
    function forward() {
      if (asking) return quiz.focus();
      if (at === steps.length) return stop();
      if (button("quiz").checked && ask(at + 1)) return stop();
      leave();
      show(at + 1);
      if (at === steps.length) stop();
    }

    function start() {
      if (still.matches) return;
      leave();
      if (at === steps.length) show(1);
      playing = setInterval(forward, PACE);
      player.classList.add("playing");
      // Nobody can listen as fast.
      caption.ariaLive = "off";
      name(play, names.pause, ICONS.pause);
    }
    function stop() {
      if (!playing) return;
      clearInterval(playing);
      playing = 0;
      player.classList.remove("playing");
      caption.ariaLive = "polite";
      name(play, names.play, ICONS.play);
    }

    /** Asks what a step will be, if it is worth it. The answers and their order are the same each time. */
    function ask(number) {
      const truth = steps[number - 1];
      if (!("ask" in truth.dataset)) return false;
      const texts = new Map();
      for (const other of steps) {
        const text = words(other).textContent;
        if ("ask" in other.dataset && text !== words(truth).textContent) texts.set(text, other);
      }
      const others = [...texts.values()];
      const count = others.length;
      if (count === 0) return false;
      const wrong = [others[number * 7 % count]];
      if (count > 1) wrong.push(others[(number * 7 + 1 + number % (count - 1)) % count]);
      const answers = wrong.toSpliced((number ** 3 >> 4) % (wrong.length + 1), 0, truth);
      choices.replaceChildren(...answers.map((step) => {
        const choice = element("button", { type: "button", innerHTML: words(step).innerHTML });
        choice.addEventListener("click", () => answer(choice, step === truth));
        if (step === truth) choice.dataset.truth = "";
        return choice;
      }));
      verdict.textContent = "";
      quiz.hidden = false;
      asking = number;
      quiz.focus();
      return true;
    }
    function answer(choice, right) {
      asked += 1;
      score += right ? 1 : 0;
      for (const one of choices.children) {
        one.disabled = true;
        one.className = "truth" in one.dataset ? "right" : one === choice ? "wrong" : "";
      }
      const text = right ? verdict.dataset.right : verdict.dataset.wrong;
      verdict.textContent = text.replace("{score}", digits(score)).replace("{asked}", digits(asked));
      const step = asking;
      asking = 0;
      show(step);
      button("next").focus({ preventScroll: true });
    }
    /** No question any more. */
    function leave() {
      const inside = quiz.contains(document.activeElement);
      quiz.hidden = true;
      asking = 0;
      if (inside) button("next").focus({ preventScroll: true });
    }

    const ACTS = {
      first: () => go(1),
      back: () => go(at - 1),
      play: () => playing ? stop() : start(),
      next: () => { stop(); forward(); },
      last: () => go(steps.length),
    };
    const KEYS = { [FORTH]: ACTS.next, [BACK]: ACTS.back, Home: ACTS.first, End: ACTS.last, " ": ACTS.play };
    player.addEventListener("click", ({ target }) => ACTS[target.closest("[data-do]")?.dataset.do]?.());
    scrubber.addEventListener("input", () => go(scrubber.valueAsNumber));
    button("quiz").addEventListener("change", () => { stop(); leave(); });
    drawing.addEventListener("click", ({ target }) => {
      const step = target.closest("[data-step]");
      if (step) go(Number(step.dataset.step));
    });
    figure.addEventListener("keydown", (event) => {
      const { key, code, target } = event;
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      let act = KEYS[key];
      if (key === "Escape" && (playing || asking)) act = () => { stop(); leave(); };
      const number = asking && code.match(/^(?:Digit|Numpad)([1-3])$/)?.[1];
      if (number) act = () => choices.children[number - 1]?.click();
      // Keys that the element has a use for are its own.
      const own = key === " " ? "button, input, summary, a" : key === "Escape" || number ? null : "[type=range]";
      const scrolls = target === drawing && key.startsWith("Arrow") && drawing.scrollWidth > drawing.clientWidth;
      if (!act || scrolls || (own && target.closest(own))) return;
      event.preventDefault();
      act();
    });

    // The heads of the lanes stay in view.
    const heads = drawing.querySelector("svg").appendChild(document.createElementNS("http://www.w3.org/2000/svg", "g"));
    heads.classList.add("heads");
    const top = drawn.get(1).transform.baseVal[0].matrix.f + drawn.get(1).querySelector(".row").y.baseVal.value;
    heads.innerHTML = `<rect width='100%' height='${top}'/>`;
    heads.append(...drawing.querySelectorAll(".lane text"));
    drawing.addEventListener("scroll", () => { heads.style.transform = `translateY(${drawing.scrollTop}px)`; });

    output.ariaLive = "off";
    scrubber.max = steps.length;
    quiz.tabIndex = player.tabIndex = -1;
    quiz.role = "group";
    quiz.ariaLabel = quiz.firstElementChild.textContent;
    caption.after(line);
    figure.classList.add("played");
    drawing.before(player);
    show(1, false);
    return (step) => {
      go(step);
      player.scrollIntoView({ block: "start", behavior: "instant" });
      player.focus({ preventScroll: true });
    };
  }

  const players = new Map();
  for (const figure of document.querySelectorAll("figure.recording")) players.set(figure, upgrade(figure));

  /** Shows the step that an address names. Returns whether it names one. */
  function arrive(hash) {
    const item = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    const figure = item && item.closest(".steps li") && item.closest("figure.recording");
    if (!figure) return false;
    players.get(figure)([...item.parentElement.children].indexOf(item) + 1);
    return true;
  }
  /** The browser has opened the list for the step that its address names; the player shows it instead. */
  function arrived() {
    if (arrive(location.hash)) document.getElementById(decodeURIComponent(location.hash.slice(1))).closest("details").open = false;
  }
  addEventListener("hashchange", arrived);
  arrived();
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (!link || event.button || event.ctrlKey || event.shiftKey || event.metaKey || event.altKey) return;
    if (link.href.split("#")[0] !== location.href.split("#")[0] || !arrive(link.hash)) return;
    event.preventDefault();
    if (link.hash !== location.hash) history.pushState(null, "", link.hash);
  });
}
