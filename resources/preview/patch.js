// Runs in a world of its own beside the page, whose own scripts are off. Patches blocks and answers where things are.
(() => {
  const head = () => document.getElementById("head");
  const text = () => document.getElementById("text");
  const boxes = () => text().children;
  const box = ([, html]) => {
    const made = document.createElement("div");
    made.className = "block";
    made.dir = "auto";
    made.innerHTML = html;
    return made;
  };
  let lines = [], marked = null;
  const place = (line) => {
    let low = 0, high = lines.length - 1, found = -1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (lines[middle] <= line) { found = middle; low = middle + 1; } else { high = middle - 1; }
    }
    return found;
  };
  const mark = (target) => {
    if (marked === target) return;
    if (marked) marked.classList.remove("here");
    if (target) target.classList.add("here");
    marked = target;
  };
  // A scroll by the reader is told through the title, which nobody sees; one of our own is not.
  let silent = 0;
  const quiet = () => { silent = performance.now() + 200; };
  // How many lines a block takes, without the blank one that parts it from the next.
  const room = (at) => (at + 1 < lines.length ? Math.max(1, lines[at + 1] - lines[at] - 1) : 1);
  const topLine = () => {
    const all = boxes();
    if (window.scrollY < 1 || !all.length) return 0;
    let low = 0, high = all.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].getBoundingClientRect().bottom > 0) { high = middle; } else { low = middle + 1; }
    }
    const edge = all[low].getBoundingClientRect();
    if (!low && edge.top > 0) return 0;
    return lines[low] + room(low) * Math.min(1, Math.max(0, -edge.top) / Math.max(1, edge.height));
  };
  window.addEventListener("scroll", () => {
    if (performance.now() < silent) return;
    requestAnimationFrame(() => { document.title = `line ${topLine().toFixed(2)}`; });
  }, { passive: true });
  // What a click on an element means; some it answers itself.
  const under = (hit, y) => {
    const summary = hit.closest("summary");
    if (summary) { summary.parentElement.open = !summary.parentElement.open; return {}; }
    const hidden = hit.closest("span.spoiler");
    if (hidden && !hidden.classList.contains("open")) { hidden.classList.add("open"); return {}; }
    const link = hit.closest("a[href]");
    if (link) {
      const address = link.getAttribute("href");
      if (address.startsWith("#")) { const goal = document.getElementById(decodeURIComponent(address.slice(1))); if (goal) goal.scrollIntoView(); return {}; }
      return { link: address };
    }
    const film = hit.closest("cite.mention");
    if (film) return { film: film.textContent };
    const block = hit.closest(".block");
    if (!block) return {};
    const edge = block.getBoundingClientRect();
    const at = Array.prototype.indexOf.call(boxes(), block);
    const span = at + 1 < lines.length ? lines[at + 1] - lines[at] : 1;
    return { line: lines[at] + Math.floor(Math.max(0, span - 1) * (y - edge.top) / Math.max(1, edge.height)) };
  };
  // A click is told through the title too; one that ends a selection is none.
  let clicks = 0;
  window.addEventListener("click", (event) => {
    event.preventDefault();
    if (!window.getSelection().isCollapsed) return;
    const found = under(event.target, event.clientY);
    if (Object.keys(found).length) document.title = `hit ${++clicks} ${JSON.stringify(found)}`;
  }, true);
  const lineOf = (block) => lines[Array.prototype.indexOf.call(boxes(), block)];
  window.reviewer = {
    lineOf,
    head(html) { head().innerHTML = html; },
    theme(name) { document.documentElement.dataset.theme = name; },
    language(code) { document.documentElement.lang = code; },
    // Keep `head` boxes at the start and `tail` at the end, put the new ones between, and move the lines of the last.
    splice({ kept, head, tail, blocks, shift, lines: anew }, caret) {
      if (!kept) { text().replaceChildren(); lines = []; marked = null; }
      const end = lines.length - tail;
      const after = boxes()[end] || null;
      let gone = boxes()[head];
      blocks.forEach((block) => {
        const made = box(block);
        if (gone && gone !== after) {
          const next = gone.nextElementSibling;
          if (gone === marked) { made.classList.add("here"); marked = made; }
          gone.replaceWith(made);
          gone = next;
        } else {
          text().insertBefore(made, after);
        }
      });
      while (gone && gone !== after) { const next = gone.nextElementSibling; if (gone === marked) marked = null; gone.remove(); gone = next; }
      const last = anew || lines.slice(end).map((line) => line + shift);
      lines = lines.slice(0, head).concat(blocks.map((block) => block[0]), last);
      this.here(...caret);
    },
    // Mark the block of a source line, and bring it to the same height as in the editor (a share of the window).
    here(line, share, follow) {
      const at = place(line);
      const target = at < 0 ? null : boxes()[at];
      mark(target);
      if (!follow) return;
      if (!target) { window.scrollTo(0, 0); return; }
      const edge = target.getBoundingClientRect();
      const wanted = share * window.innerHeight;
      const span = at + 1 < lines.length ? Math.max(1, lines[at + 1] - lines[at]) : 1;
      const inside = edge.height * Math.min(1, (line - lines[at]) / span);
      quiet();
      if (edge.top + inside < 40 || edge.top + inside > window.innerHeight - 80) window.scrollBy(0, edge.top + inside - wanted);
    },
    // Bring a place of the text, a line with its fraction, to the top of the page.
    top(line, whole) {
      const at = place(Math.floor(line));
      if (whole || at < 0) { quiet(); window.scrollTo(0, 0); return; }
      const edge = boxes()[at].getBoundingClientRect();
      quiet();
      window.scrollBy(0, edge.top + edge.height * Math.min(1, (line - lines[at]) / room(at)));
    },
    // What lies under a point: a link's address, a film's name, a source line, or a detail that was opened.
  };
})();
