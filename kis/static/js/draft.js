// A form with data-draft says when it holds changes that are not saved, and the browser asks before leaving.
const changed = new Set();

function note(event) {
  const form = event.target.form;
  if (!form?.dataset.draft || changed.has(form)) return;
  changed.add(form);
  const place = form.querySelector("[data-unsaved]");
  if (place) place.textContent = form.dataset.draft;
}

function ask(event) {
  const open = [...changed].some((form) => form.isConnected && form.dataset.state !== "sent");
  if (open) event.preventDefault();
}

// Rows that were added or removed are changes too.
function noteSwap(event) {
  const form = event.target.closest?.("form[data-draft]");
  if (form) note({ target: { form } });
}

document.addEventListener("input", note);
document.addEventListener("change", note);
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("htmx:afterSwap", noteSwap);
window.addEventListener("beforeunload", ask);
