// Rows that repeat: the server answers with the rows as they then are; this keeps the focus where the hand was.
const BUTTON = "button[name='add-row'], button[name='remove-row']";
let pressed = null;

function remember(event) {
  const button = event.target.closest?.(BUTTON);
  if (!button) return;
  const rows = [...button.closest("[data-rows]").querySelectorAll(":scope > .row")];
  pressed = { name: button.name, index: rows.indexOf(button.closest(".row")) };
}

function restore(event) {
  const box = document.getElementById(event.detail.target?.id ?? "");
  if (!pressed || !box?.matches("[data-rows]")) return;
  placeToGo(box).focus();
  pressed = null;
}

// A new row: its first control. A removed one: the button of the row that took its place, or the one which adds.
function placeToGo(box) {
  const rows = box.querySelectorAll(":scope > .row");
  if (pressed.name === "add-row") {
    return rows[rows.length - 1].querySelector("input:not([type='hidden']), select, textarea");
  }
  const next = rows[Math.min(pressed.index, rows.length - 1)];
  return next?.querySelector("button[name='remove-row']") ?? box.querySelector(":scope > button[name='add-row']");
}

document.addEventListener("htmx:beforeRequest", remember);
document.addEventListener("htmx:afterSettle", restore);
