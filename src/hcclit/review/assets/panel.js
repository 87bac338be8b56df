// What stands beside the text: the record under review, the list of all, what does not add up.

import { make } from "./form.js";

const SIGNS = { accepted: "✓", corrected: "✎", added: "+", rejected: "✗" };

export function sign(item) {
  return SIGNS[item.verdict] ?? "·";
}

function badge(text, name) {
  return make("span", { className: `badge ${name}`, textContent: text });
}

function context(item) {
  const around = item.context;
  const shown = make(
    "p",
    { className: "context" },
    around.before,
    make("mark", { className: item.type, textContent: item.text }),
    around.after,
  );
  if (around.caption === null) return [shown];
  const heads = [
    ["table", around.caption],
    ["row", around.row.join(" › ")],
    ["column", around.column.join(" › ")],
  ];
  const list = heads.filter(([, said]) => said).map(([name, said]) => entry(name, said));
  return [make("dl", { className: "cell" }, ...list), shown];
}

function entry(name, said, before) {
  const value = make("dd", {}, said || make("em", { textContent: "empty" }));
  if (before !== undefined) value.append(" ", make("del", { textContent: before || "empty" }));
  return make("div", { dataset: { name } }, make("dt", { textContent: name }), value);
}

// The fields that hold something, and what was predicted where that was corrected.
function fields(item) {
  const was = item.predicted && item.verdict === "corrected" ? item.predicted : item.values;
  const names = [...new Set([...Object.keys(item.values), ...Object.keys(was)])];
  const shown = names.filter((name) => item.values[name] || was[name]);
  const rows = shown.map((name) => {
    const now = item.values[name] ?? "";
    const before = was[name] ?? "";
    return entry(name, now, before === now ? undefined : before);
  });
  return make("dl", { className: "said" }, ...rows);
}

export function card(item, position, buttons) {
  const sure = item.confidence === null ? null : badge(`confidence ${item.confidence.toFixed(2)}`, "confidence");
  const head = make(
    "p",
    { className: "head" },
    badge(item.type, item.type),
    badge(item.verdict ?? "not decided", item.verdict ?? "undecided"),
    sure,
    item.page ? badge(`page ${item.page}`, "page") : null,
    make("span", { className: "position", textContent: position }),
  );
  return [head, ...context(item), fields(item), make("p", { className: "buttons" }, ...buttons)];
}

function row(item, choose) {
  const button = make(
    "button",
    { type: "button", className: item.verdict ?? "undecided", dataset: { key: item.key }, onclick: () => choose(item.key) },
    make("span", { className: "sign", textContent: sign(item) }),
    make("span", { className: `dot ${item.type}` }),
    make("span", { className: "words", textContent: item.text.replace(/\s+/g, " ") }),
    make("span", { className: "number", textContent: item.confidence === null ? "" : item.confidence.toFixed(2) }),
  );
  button.title = `${item.type}, ${item.verdict ?? "not decided"}`;
  return make("li", {}, button);
}

// A list of all records that makes anew only the rows of what has changed: a long paper has thousands.
export function listOf(choose) {
  const made = new Map(); // by key: the record as it was shown, and its row
  const rows = make("ol");
  let current = null;
  const update = (items, key) => {
    const wanted = items.map((item) => {
      if (made.get(item.key)?.item !== item) made.set(item.key, { item, element: row(item, choose) });
      return made.get(item.key).element;
    });
    const same = wanted.length === rows.children.length && wanted.every((element, at) => element === rows.children[at]);
    if (!same) rows.replaceChildren(...wanted);
    current?.removeAttribute("aria-current");
    current = made.get(key)?.element.firstChild ?? null;
    current?.setAttribute("aria-current", "true");
    current?.scrollIntoView({ block: "nearest" });
  };
  return { element: rows, update };
}

function reasonForm(finding, silence) {
  const reason = make("input", { name: "reason", required: true, placeholder: "why it is none", ariaLabel: "reason" });
  const form = make("form", {}, reason, make("button", { textContent: "Silence" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    silence(finding.id, reason.value);
  });
  return form;
}

export function findings(found, silenced, { open, show, silence }) {
  if (!found.length) return [];
  const left = found.filter((finding) => !(finding.id in silenced)).length;
  const rows = found.map((finding) => {
    const reason = silenced[finding.id];
    const at = finding.spans[0];
    const go = make("button", { type: "button", className: "go", textContent: `“${at.text}”`, onclick: () => show(at) });
    const said = make("p", {}, badge(finding.severity, finding.severity), " ", finding.message);
    const sum = make("small", { textContent: finding.computed });
    const rest = reason === undefined ? reasonForm(finding, silence) : make("p", { textContent: `silenced: ${reason}` });
    return make("li", { className: reason === undefined ? "" : "silenced" }, said, go, sum, rest);
  });
  return [
    make(
      "details",
      { open },
      make("summary", { textContent: `What does not add up: ${left} of ${found.length} open` }),
      make("ul", {}, ...rows),
    ),
  ];
}
