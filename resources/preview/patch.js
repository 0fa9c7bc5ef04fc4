// Runs in a world of its own beside the page, whose own scripts are off. Patches blocks and answers where things are.
(() => {
  const head = () => document.getElementById("head");
  const text = () => document.getElementById("text");
  const boxes = () => text().children;
  const box = ([line, html]) => {
    const made = document.createElement("div");
    made.className = "block";
    made.dir = "auto";
    made.dataset.line = line;
    made.innerHTML = html;
    return made;
  };
  const lineOf = (element) => Number(element.dataset.line);
  const at = (line) => {
    let low = 0, high = boxes().length - 1, found = null;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (lineOf(boxes()[middle]) <= line) { found = boxes()[middle]; low = middle + 1; } else { high = middle - 1; }
    }
    return found;
  };
  window.reviewer = {
    head(html) { head().innerHTML = html; },
    theme(name) { document.documentElement.dataset.theme = name; },
    language(code) { document.documentElement.lang = code; },
    clear() { text().replaceChildren(); },
    // Keep `first` boxes at the start and `last` at the end, put the new ones between, and renumber the last.
    splice(first, last, blocks, lines) {
      const all = boxes();
      const end = all.length - last;
      const gone = [];
      for (let n = first; n < end; n++) gone.push(all[n]);
      const after = all[end] || null;
      blocks.forEach((block, n) => {
        const made = box(block);
        if (n < gone.length) {
          if (gone[n].classList.contains("here")) made.classList.add("here");
          gone[n].replaceWith(made);
        } else {
          text().insertBefore(made, after);
        }
      });
      gone.slice(blocks.length).forEach((element) => element.remove());
      lines.forEach((line, n) => { boxes()[boxes().length - last + n].dataset.line = line; });
    },
    // Mark the block of a source line, and bring it to the same height as in the editor (a share of the window).
    here(line, share, follow) {
      const target = at(line);
      document.querySelectorAll(".block.here").forEach((element) => { if (element !== target) element.classList.remove("here"); });
      if (!target) { if (follow) window.scrollTo(0, 0); return; }
      target.classList.add("here");
      if (!follow) return;
      const edge = target.getBoundingClientRect();
      const wanted = share * window.innerHeight;
      const next = target.nextElementSibling;
      const span = next ? Math.max(1, lineOf(next) - lineOf(target)) : 1;
      const inside = edge.height * Math.min(1, (line - lineOf(target)) / span);
      if (edge.top + inside < 40 || edge.top + inside > window.innerHeight - 80) window.scrollBy(0, edge.top + inside - wanted);
    },
    // What lies under a point: a link's address, a film's name, a source line, or a detail that was opened.
    under(x, y) {
      const hit = document.elementFromPoint(x, y);
      if (!hit) return {};
      const summary = hit.closest("summary");
      if (summary) { summary.parentElement.open = !summary.parentElement.open; return {}; }
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
      const next = block.nextElementSibling;
      const span = next ? lineOf(next) - lineOf(block) : 1;
      return { line: lineOf(block) + Math.floor(Math.max(0, span - 1) * (y - edge.top) / Math.max(1, edge.height)) };
    },
  };
})();
