// Forms with data-keep stand side by side: what is typed in one stays when the answer to another replaces them all.
const kept = new Map();

function controls(root) {
  return [...root.querySelectorAll("form[data-keep] :is(textarea, select, input:not([type='hidden']))[id]")];
}

function isChanged(control) {
  if (control.tagName !== "SELECT") return control.value !== control.defaultValue;
  return [...control.options].some((option) => option.selected !== option.defaultSelected);
}

function remember(event) {
  const sent = event.detail.requestConfig.elt;
  for (const control of controls(event.detail.target)) {
    if (control.form !== sent && isChanged(control)) kept.set(control.id, control.value);
  }
}

function putBack() {
  for (const [id, value] of kept) {
    const control = document.getElementById(id);
    if (!control) continue;
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    kept.delete(id);
  }
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSwap", putBack);
