// A form for a record, made from what the server says of its type. All values are texts; the server reads them.

export function make(tag, properties = {}, ...children) {
  const { dataset, ...own } = properties;
  const element = Object.assign(document.createElement(tag), own);
  Object.assign(element.dataset, dataset ?? {});
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function select(field, value) {
  const options = field.options.map((option) => make("option", { value: option, textContent: option }));
  const none = make("option", { value: "", textContent: field.required ? "choose" : "–" });
  const element = make("select", { name: field.name }, none, ...options);
  element.value = value;
  return element;
}

function input(field, value) {
  const element = make("input", { name: field.name, value, placeholder: field.example, autocomplete: "off", spellcheck: false });
  if (field.kind !== "text") element.inputMode = "decimal";
  if (!field.suggested.length) return element;
  const id = `suggested-${field.name}`;
  element.setAttribute("list", id);
  const options = field.suggested.map((option) => make("option", { value: option }));
  return make("span", {}, element, make("datalist", { id }, ...options));
}

function row(field, values) {
  const value = values[field.name] ?? "";
  const control = field.kind === "select" ? select(field, value) : input(field, value);
  const name = make("span", { className: "name", textContent: field.name + (field.required ? " *" : "") });
  const help = field.help ? make("small", { className: "help", textContent: field.help }) : null;
  const error = make("strong", { className: "error", hidden: true });
  return make("label", { dataset: { field: field.name } }, name, control, help, error);
}

// The rows of a type's form.
export function rows(fields, values) {
  return fields.map((field) => row(field, values));
}

export function valuesOf(form) {
  const named = [...form.querySelectorAll(".fields [name]")];
  return Object.fromEntries(named.map((control) => [control.name, control.value]));
}

// Each complaint stands at its field; the first of these fields takes the focus.
export function showErrors(form, errors) {
  for (const label of form.querySelectorAll("[data-field]")) {
    const reason = errors[label.dataset.field];
    const control = label.querySelector("[name]");
    label.querySelector(".error").textContent = reason ?? "";
    label.querySelector(".error").hidden = !reason;
    control?.setAttribute("aria-invalid", reason ? "true" : "false");
  }
  form.querySelector('[aria-invalid="true"]')?.focus();
}
