// The page of `hcclit review`. What was decided is known by the server alone; this shows it and sends what is decided.

import { elementAt, selectedSpan, textAt } from "./offsets.js";
import { make, rows, showErrors, valuesOf } from "./form.js";
import { card, findings, listOf } from "./panel.js";

const $ = (id) => document.getElementById(id);
const blind = document.documentElement.dataset.origin === "blind";
const state = {
  papers: [],
  forms: {},
  gold: "",
  paper: null, // what the server says of the open paper
  items: new Map(),
  current: null, // key of the record under review
  order: document.documentElement.dataset.order,
  selection: null, // what was last selected in the text
  editing: null, // { key, span } while a form is open
};

const rowsOfList = listOf(choose);
$("list").append(rowsOfList.element);

// --- the server ---------------------------------------------------------------------------------------

async function ask(path, body) {
  const request = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw { message: "hcclit review has ended. Start it again with the same command: all steps are saved." };
  }
  if (answer.ok) return path.endsWith("/text") ? answer.text() : answer.json();
  const said = await answer.json().catch(() => ({}));
  throw { message: said.message ?? `the server refused this (${answer.status})`, errors: said.errors, status: answer.status };
}

// One thing after the other, however fast the keys come.
let last = Promise.resolve();
function then(action) {
  last = last.then(action).catch(failed);
  return last;
}

async function failed(error) {
  say(error.message ?? String(error), true);
  const form = document.querySelector("#card form");
  if (error.errors && form) showErrors(form, error.errors);
  if (error.status === 409) await openPaper(state.paper.number, true);
}

function say(message, wrong = false) {
  $("message").textContent = message;
  $("message").hidden = !message;
  $("message").className = wrong ? "wrong" : "";
}

// --- papers -------------------------------------------------------------------------------------------

const MARKS = { done: "✓", begun: "…", new: " " };

function nameOf(paper) {
  const left = paper.undecided ? ` (${paper.undecided} left)` : "";
  return paper.failure ? `⚠ ${paper.doc_id}` : `${MARKS[paper.state]} ${paper.doc_id}${left}`;
}

async function loadPapers() {
  Object.assign(state, await ask("api/papers"));
  const options = state.papers.map((paper) =>
    make("option", { value: paper.number, textContent: nameOf(paper), title: paper.failure ?? "" }),
  );
  $("papers").replaceChildren(...options);
}

// The open paper's own line follows every step.
function showName({ number, done, undecided }) {
  const line = Object.assign(state.papers[number], { state: done ? "done" : "begun", undecided });
  $("papers").options[number].textContent = nameOf(line);
  $("papers").value = number;
}

async function openPaper(number, quiet = false) {
  $("papers").value = number;
  if (!quiet) say(`Reading ${state.papers[number].doc_id} …`);
  clear();
  const paper = await ask(`api/papers/${number}`);
  state.paper = paper;
  state.items = new Map(paper.items.map((item) => [item.key, item]));
  await loadText();
  if (!quiet) say(paper.notice ?? "", Boolean(paper.notice));
  document.title = `${paper.doc_id} – hcclit review`;
  state.current = firstWaiting() ?? ordered()[0]?.key ?? null;
  show();
}

function clear() {
  Object.assign(state, { paper: null, items: new Map(), current: null, editing: null });
  selected(null);
  for (const id of ["text", "card", "findings", "progress"]) $(id).replaceChildren();
  rowsOfList.update([], null);
}

async function loadText() {
  const before = $("text").scrollTop;
  // marked text: made by the server, all of the paper's own signs escaped; the page's policy runs no script in it
  $("text").innerHTML = await ask(`api/papers/${state.paper.number}/text`);
  $("text").scrollTop = before;
}

function firstUsable() {
  const usable = state.papers.filter((paper) => !paper.failure);
  return usable.find((paper) => paper.state !== "done") ?? usable[0];
}

function turn(by) {
  const usable = state.papers.filter((paper) => !paper.failure);
  const at = usable.findIndex((paper) => paper.number === state.paper?.number);
  const next = usable[at + by];
  return next ? openPaper(next.number) : undefined;
}

// --- records ------------------------------------------------------------------------------------------

function ordered() {
  const sure = (item) => item.confidence ?? 2; // what a person added comes last
  const items = [...state.items.values()];
  const byPlace = (a, b) => a.start - b.start || a.end - b.end;
  return items.sort((a, b) => (state.order === "text" ? 0 : sure(a) - sure(b)) || byPlace(a, b));
}

function firstWaiting(after = null) {
  const items = ordered();
  const at = items.findIndex((item) => item.key === after) + 1;
  return [...items.slice(at), ...items.slice(0, at)].find((item) => item.verdict === null)?.key;
}

function move(by) {
  const items = ordered();
  const at = items.findIndex((item) => item.key === state.current);
  const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
  if (next) choose(next.key);
}

function choose(key) {
  state.current = key;
  state.editing = null;
  show();
}

// A step: sent, saved, then shown. `next` says whether to go on to what waits.
async function step(asked, next) {
  const was = new Map(state.items);
  const done = await ask(`api/papers/${state.paper.number}/steps`, { seen: state.paper.seen, ...asked });
  const { changed, gone, key, ...standing } = done;
  Object.assign(state.paper, standing);
  for (const item of changed) state.items.set(item.key, item);
  for (const each of gone) state.items.delete(each);
  state.editing = null;
  say("");
  if (gone.length || changed.some((item) => was.get(item.key)?.id !== item.id)) await loadText();
  state.current = (next && firstWaiting(key)) || (state.items.has(key) ? key : state.current);
  if (!state.items.has(state.current)) state.current = ordered()[0]?.key ?? null;
  if (next && standing.undecided === 0 && !standing.done && !blind) say("All are decided. Press F when the paper is done.");
  show();
  return standing;
}

async function finish() {
  const finished = await step({ do: state.paper.done ? "resume" : "finish" }, false).catch((error) => {
    state.current = firstWaiting() ?? state.current;
    show();
    throw error;
  });
  const where = `${state.gold}/${state.paper.doc_id}.jsonl`;
  say(finished.done ? `Done: ${records(finished.gold)} gold in ${where}` : "Not done any more; its gold is taken away.");
}

// --- forms --------------------------------------------------------------------------------------------

function edit(item) {
  state.editing = { key: item.key, type: item.type, values: item.values, start: item.start, end: item.end, quote: null };
  show();
}

function add() {
  if (!state.selection) throw { message: "Select the words of the record in the text first, then press N." };
  const type = state.lastType ?? Object.keys(state.forms)[0];
  state.editing = { key: null, type, values: {}, ...state.selection };
  show();
}

function spanButtons(editing, quoted) {
  const nudge = (text, title, start, end) =>
    make("button", {
      type: "button",
      textContent: text,
      title,
      onclick: () => {
        if (editing.end + end <= editing.start + start || editing.start + start < 0) return;
        editing.start += start;
        editing.end += end;
        editing.quote = null;
        quoted();
      },
    });
  const take = make("button", {
    type: "button",
    textContent: "use the selected text",
    onclick: () => {
      if (!state.selection) return say("Select the words of the record in the text first.", true);
      Object.assign(editing, state.selection);
      quoted();
    },
  });
  return [
    make("small", { textContent: "start " }),
    nudge("◂", "one sign more at the start", -1, 0),
    nudge("▸", "one sign less at the start", 1, 0),
    make("small", { textContent: "end " }),
    nudge("◂", "one sign less at the end", 0, -1),
    nudge("▸", "one sign more at the end", 0, 1),
    " ",
    take,
  ];
}

function formOf(editing) {
  const quote = make("q");
  const quoted = () => {
    quote.textContent = editing.shown && editing.quote === editing.shown ? editing.shown : words(editing);
  };
  const fields = make("div", { className: "fields" }, ...rows(state.forms[editing.type], editing.values));
  const types = Object.keys(state.forms).map((name) => make("option", { value: name, textContent: name }));
  const type = make("select", { id: "type", ariaLabel: "type of the record" }, ...types);
  type.value = editing.type;
  type.addEventListener("change", () => {
    editing.values = { ...editing.values, ...valuesOf(form) };
    editing.type = type.value;
    fields.replaceChildren(...rows(state.forms[editing.type], editing.values));
  });
  const span = make("p", { className: "span" }, quote, " ", ...spanButtons(editing, quoted));
  const place = make("div", { dataset: { field: "span" } }, span, make("strong", { className: "error", hidden: true }));
  const save = make("button", { className: "main", textContent: editing.key ? "Save" : "Add" });
  const cancel = make("button", { type: "button", textContent: "Cancel", onclick: stop });
  const form = make("form", { noValidate: true, autocomplete: "off" }, make("label", {}, make("span", { className: "name", textContent: "type" }), type), place, fields);
  form.append(make("p", { className: "buttons" }, save, cancel, make("small", { textContent: "* needed; empty means that the paper does not say" })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    then(() => submit(editing, form));
  });
  quoted();
  return form;
}

function words({ start, end }) {
  return textAt($("text"), start, end) || `${start}–${end}`;
}

async function submit(editing, form) {
  const { key, type, start, end, quote } = editing;
  editing.values = { ...editing.values, ...valuesOf(form) };
  const asked = { do: key ? "correct" : "add", type, start, end, quote, values: valuesOf(form) };
  await step(key ? { ...asked, key } : asked, Boolean(key));
  if (!key) state.lastType = type;
  selected(null);
  window.getSelection().removeAllRanges();
}

function stop() {
  state.editing = null;
  say("");
  show();
}

function selected(span) {
  state.selection = span;
  $("selected").hidden = !span;
  if (!span) return;
  const words = span.shown.replace(/\s+/g, " ");
  $("selected").querySelector("span").textContent = `“${words.length > 80 ? `${words.slice(0, 80)}…` : words}”`;
}

// --- what is seen -------------------------------------------------------------------------------------

function show() {
  const paper = state.paper;
  if (!paper) return;
  const items = ordered();
  const item = state.items.get(state.current);
  showName(paper);
  $("progress").textContent = progress(items);
  const order = state.order === "text" ? "As in the text " : "Least sure first ";
  $("order")?.replaceChildren(order, make("kbd", { textContent: "O" }));
  $("finish").firstChild.textContent = paper.done ? "Not done " : "Done ";
  $("undo").disabled = !paper.can_undo;
  $("card").replaceChildren(...cardOf(item, items));
  rowsOfList.update(items, state.current);
  const open = Boolean($("findings").querySelector("details")?.open);
  $("findings").replaceChildren(...findings(paper.findings, paper.silenced, { open, show: goTo, silence }));
  mark(item);
  $("card").querySelector(state.editing?.key ? ".fields [name]" : "#type")?.focus();
}

function records(count) {
  return `${count} ${count === 1 ? "record" : "records"}`;
}

function progress(items) {
  const { undecided, gold, done } = state.paper;
  if (blind) return `${records(gold)}${done ? ", done" : ""}`;
  return `${items.length - undecided} of ${items.length} decided, ${gold} gold${done ? ", done" : ""}`;
}

function cardOf(item, items) {
  if (state.editing) return [make("h2", { textContent: state.editing.key ? "Correct" : "Add a record" }), formOf(state.editing)];
  if (!item) {
    const how = "Select the words of a record in the text, and press N to add it.";
    return [make("p", { className: "empty", textContent: blind ? how : `No records were found in this paper. ${how}` })];
  }
  const button = (text, key, action, main) =>
    make("button", { type: "button", className: main ? "main" : "", onclick: () => then(action) }, `${text} `, make("kbd", { textContent: key }));
  const buttons = [
    blind ? null : button("Accept", "A", ACTIONS.a, item.verdict === null),
    button(blind ? "Take back" : "Reject", "R", ACTIONS.r),
    button("Correct", "C", ACTIONS.c),
  ];
  const position = `${items.indexOf(item) + 1} / ${items.length}`;
  return card(item, position, buttons.filter(Boolean));
}

function mark(item) {
  const keys = new Map([...state.items.values()].map((each) => [each.id, each]));
  for (const element of $("text").querySelectorAll("mark[data-record]")) {
    const each = keys.get(element.dataset.record);
    const verdict = each?.verdict ?? "undecided";
    if (element.dataset.verdict !== verdict) element.dataset.verdict = verdict;
    element.classList.toggle("current", Boolean(item) && each === item);
  }
  if (item && !state.editing) $("text").querySelector("mark.current")?.scrollIntoView({ block: "center" });
}

function goTo(span) {
  const element = elementAt($("text"), span.start);
  element?.scrollIntoView({ block: "center" });
  element?.classList.add("shown");
  setTimeout(() => element?.classList.remove("shown"), 1500);
}

function silence(finding, reason) {
  then(() => step({ do: "silence", finding, reason }, false));
}

// --- keys ---------------------------------------------------------------------------------------------

const decided = (verdict) => () => {
  if (state.current === null) return undefined;
  return step({ do: verdict, key: state.current }, true);
};

const ACTIONS = {
  a: () => (blind ? undefined : decided("accept")()),
  r: decided("reject"),
  c: () => state.items.has(state.current) && edit(state.items.get(state.current)),
  n: add,
  j: () => move(1),
  arrowdown: () => move(1),
  k: () => move(-1),
  arrowup: () => move(-1),
  g: () => choose(firstWaiting(state.current) ?? state.current),
  u: () => step({ do: "undo" }, false),
  o: () => {
    if (blind) return;
    state.order = state.order === "text" ? "confidence" : "text";
    show();
  },
  f: finish,
  "[": () => turn(-1),
  "]": () => turn(1),
  "?": () => $("keys").showModal(),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  if (event.key === "Escape" && state.editing) return stop();
  if (event.target.closest("input, select, textarea, form")) return;
  const action = ACTIONS[event.key.toLowerCase()];
  if (!action || (!state.paper && event.key !== "?")) return;
  event.preventDefault();
  then(action);
}

document.addEventListener("keydown", pressed);
document.addEventListener("selectionchange", () => {
  const span = selectedSpan($("text"));
  if (span) selected(span);
});
$("text").addEventListener("click", (event) => {
  if (!window.getSelection().isCollapsed) return;
  selected(null);
  const id = event.target.closest("mark[data-record]")?.dataset.record;
  const item = [...state.items.values()].find((each) => each.id === id);
  if (item) choose(item.key);
});
$("papers").addEventListener("change", (event) => {
  event.target.blur(); // so that the keys are for the records again
  then(() => openPaper(Number(event.target.value)));
});
for (const [id, key] of Object.entries({ order: "o", undo: "u", finish: "f", help: "?", add: "n" })) {
  $(id)?.addEventListener("click", () => then(ACTIONS[key]));
}

then(async () => {
  await loadPapers();
  const paper = firstUsable();
  if (paper) await openPaper(paper.number);
  else say("No paper here can be reviewed.", true);
});
