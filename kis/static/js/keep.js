// Forms with data-keep stand side by side: what is typed in one stays when the answer to another replaces them all,
// with what it was typed upon, so that the server can compare. Kept by the form's address: name to value.
const kept = new Map();

function controls(form) {
  return [...form.querySelectorAll("textarea[name], select[name], input[name]:not([type='file'], [name='csrf_token'], [name='version'])")];
}

function isChanged(control) {
  if (control.tagName !== "SELECT") return control.type !== "hidden" && control.value !== control.defaultValue;
  return [...control.options].some((option) => option.selected !== option.defaultSelected);
}

function remember(event) {
  const { shouldSwap, target, requestConfig } = event.detail;
  if (!shouldSwap) return;
  for (const form of target.querySelectorAll("form[data-keep]")) {
    const held = controls(form);
    if (form === requestConfig.elt || !held.some(isChanged)) continue;
    kept.set(form.action, held.map((control) => [control.name, control.value]));
  }
}

function putBack() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    for (const [name, value] of kept.get(form.action) ?? []) {
      const control = form.elements[name];
      control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    kept.delete(form.action);
  }
}

// Where the answer was a choice, the other form is not there: leaving the page would lose it.
function ask(event) {
  if (kept.size > 0) event.preventDefault();
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSwap", putBack);
window.addEventListener("beforeunload", ask);
