// Places of the page as offsets of the document. Every block and cell has `data-start`, the offset of its first sign,
// and holds exactly the document's text from there on. Offsets count code points; JavaScript's strings count UTF-16
// units, of which a sign outside the basic plane is two.

export function codePoints(string) {
  let count = 0;
  for (const _ of string) count += 1;
  return count;
}

function offsetOf(element, container, offset) {
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(container, offset);
  return Number(element.dataset.start) + codePoints(before.toString());
}

function holder(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element.closest("[data-start]");
}

// The first element with an offset at or after a place that is in none, as between two blocks.
function following(root, node) {
  return [...root.querySelectorAll("[data-start]")].find(
    (element) => node.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
}

function place(root, container, offset) {
  const element = holder(container);
  if (element) return offsetOf(element, container, offset);
  const inside = container.childNodes[offset];
  if (inside && inside.nodeType === Node.ELEMENT_NODE) {
    const first = inside.matches("[data-start]") ? inside : inside.querySelector("[data-start]");
    if (first) return Number(first.dataset.start);
  }
  const next = following(root, inside ?? container);
  return next ? Number(next.dataset.start) : null;
}

// What is selected in the text: its offsets, and the words where they stand in one block; null if nothing is.
export function selectedSpan(root) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const start = place(root, range.startContainer, range.startOffset);
  const end = place(root, range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  const together = holder(range.startContainer) && holder(range.startContainer) === holder(range.endContainer);
  return { start, end, quote: together ? range.toString() : null, shown: range.toString() };
}

// The element that holds an offset.
export function elementAt(root, offset) {
  let found = null;
  for (const element of root.querySelectorAll("[data-start]")) {
    if (Number(element.dataset.start) > offset) break;
    found = element;
  }
  return found;
}

// The text between two offsets as far as it stands in the element of the first.
export function textAt(root, start, end) {
  const element = elementAt(root, start);
  if (!element) return "";
  const from = start - Number(element.dataset.start);
  return Array.from(element.textContent).slice(from, from + end - start).join("");
}
