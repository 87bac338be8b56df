"use strict";
// Sorts, filters and searches the table, and joins it with the text and the pages. All that it shows is on the page
// without it; nothing is ever written as HTML, only as text.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  // What each record says: the titles of its marks, which give way to a tip of our own.
  const says = new Map();
  for (const mark of all("mark[data-record]")) {
    says.set(mark.dataset.record, mark.title);
    mark.removeAttribute("title");
  }
  for (const title of all(".box title")) title.remove();
  const elements = new Map();
  for (const element of all("[data-record]")) {
    const id = element.dataset.record;
    elements.set(id, [...(elements.get(id) || []), element]);
  }

  // --- sorting -----------------------------------------------------------------------------------------------------
  const collator = new Intl.Collator("en", { numeric: true });
  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();

  function sort(table, column) {
    const heads = all("thead th", table), head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    const compare = head.dataset.sort === "number" ? (a, b) => Number(a) - Number(b) : collator.compare;
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, key: keyOf(row, column) }));
    rows.sort((a, b) => (a.key === "") - (b.key === "") || (a.key && b.key ? compare(a.key, b.key) * (down ? -1 : 1) : 0));
    table.tBodies[0].append(...rows.map(({ row }) => row));
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  for (const table of all("table.sortable")) {
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column));
      head.append(button);
    });
  }

  // --- filters and search ------------------------------------------------------------------------------------------
  const controls = one(".controls"), table = one("table.sortable");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const words = new Map(rows.map((row) => [row, row.textContent.replace(/\s+/g, " ").toLowerCase()]));

  function isWanted(row, terms) {
    const type = one("#type")?.value, subject = one("#subject")?.value;
    return (!type || row.dataset.type === type) && (!subject || row.dataset.subject === subject)
      && (!one("#flagged")?.checked || "flagged" in row.dataset) && terms.every((term) => words.get(row).includes(term));
  }

  function filter() {
    const terms = one("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const wanted = isWanted(row, terms);
      row.hidden = !wanted;
      shown += wanted;
      for (const element of elements.get(row.dataset.record) || []) {
        element.classList.toggle("off", !wanted);
        if (element.id.startsWith("m-")) element.tabIndex = wanted ? 0 : -1;
      }
    }
    one("#shown").textContent = `${shown} of ${rows.length}`;
  }

  if (controls) {
    controls.hidden = false;
    controls.addEventListener("input", filter);
    controls.addEventListener("submit", (event) => event.preventDefault());
    controls.addEventListener("reset", () => setTimeout(filter));
    filter();
  }

  // --- parts of the page -------------------------------------------------------------------------------------------
  const views = all(".view");
  const isShown = (id) => views.some((view) => view.id === id && !view.hidden);

  function show(view) {
    for (const other of views) other.hidden = other !== view;
    for (const link of all(".views a")) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function follow(id) {
    const target = id && document.getElementById(id);
    if (!target) return;
    const view = target.closest(".view");
    if (view && view.hidden) show(view);
    if (target.dataset.record) choose(target.dataset.record, target.localName === "tr" ? "row" : "text");
    else if (view !== target) target.scrollIntoView({ block: "center" });
  }

  if (views.length) show(views[0]);

  // --- a record, wherever it stands --------------------------------------------------------------------------------
  function choose(id, from) {
    for (const element of all(".chosen")) element.classList.remove("chosen");
    for (const element of elements.get(id) || []) element.classList.add("chosen");
    const row = document.getElementById(`row-${id}`);
    if (row.hidden) {
      controls.reset();
      filter();
    }
    if (from !== "row") showRow(row);
    else showPlace(id);
  }

  function showRow(row) {
    const frame = one(".scroll"), at = row.getBoundingClientRect(), around = frame.getBoundingClientRect();
    const above = Math.max(2 * row.closest("table").tHead.offsetHeight, (frame.clientHeight - at.height) / 2);
    frame.scrollTop += at.top - around.top - above;
  }

  function showPlace(id) {
    const box = one(`.box.chosen rect`);
    if (isShown("pages") && box) return box.scrollIntoView({ block: "center" });
    show(views[0]);
    document.getElementById(`m-${id}`).scrollIntoView({ block: "center" });
  }

  /** The record that a click on a mark means: the innermost, or the one around it when that is chosen already. */
  function meant(mark) {
    const around = mark.classList.contains("chosen") && mark.parentElement.closest("mark[data-record]:not(.off)");
    return (around || mark).dataset.record;
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const mark = target.closest("mark[data-record]:not(.off)"), box = target.closest(".box"), row = target.closest("tr[data-record]");
    const link = target.closest('a[href^="#"]');
    if (mark) return choose(meant(mark), "text");
    if (box) {
      event.preventDefault();
      return choose(box.dataset.record, "box");
    }
    if (row && !(link && link.classList.contains("flag"))) {
      event.preventDefault();
      if (!link && !getSelection().isCollapsed) return undefined;
      choose(row.dataset.record, "row");
      if (event.detail === 0) one(".chosen[tabindex]")?.focus({ preventScroll: true }); // by keyboard
      return undefined;
    }
    if (link) follow(link.hash.slice(1));
    return undefined;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
    const mark = event.target.closest("mark[data-record]");
    if (!mark || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    const id = meant(mark);
    choose(id, "text");
    one("a", document.getElementById(`row-${id}`)).focus({ preventScroll: true });
  });

  // --- the tip -----------------------------------------------------------------------------------------------------
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);

  const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  function showTip(element) {
    tip.replaceChildren();
    for (let at = element; at; at = at.parentElement.closest("mark[data-record]:not(.off)")) {
      const [type, ...fields] = (says.get(at.dataset.record) || "").split("\n");
      const list = make("dl", "");
      for (const field of fields) {
        const cut = field.indexOf(": ");
        list.append(make("dt", field.slice(0, cut)), make("dd", field.slice(cut + 2)));
      }
      tip.append(make("strong", type), list);
    }
    tip.hidden = false;
    element.setAttribute("aria-describedby", "tip");
    const at = element.getClientRects()[0] || element.getBoundingClientRect();
    const below = at.bottom + 8 + tip.offsetHeight < innerHeight;
    tip.style.top = `${below ? at.bottom + 8 : Math.max(4, at.top - 8 - tip.offsetHeight)}px`;
    tip.style.left = `${Math.max(4, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
  }

  function hideTip() {
    tip.hidden = true;
    for (const element of all("[aria-describedby=tip]")) element.removeAttribute("aria-describedby");
  }

  const described = (target) => target.closest && target.closest("mark[data-record]:not(.off), .box");
  for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => {
      const element = described(event.target);
      if (element) showTip(element);
    });
    document.addEventListener(leave, (event) => {
      if (described(event.target)) hideTip();
    });
  }
  document.addEventListener("scroll", hideTip, { capture: true, passive: true });

  if (location.hash) follow(location.hash.slice(1));
})();
