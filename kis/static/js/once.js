// A form is sent once: further clicks on its buttons do nothing until the answer is there. The server guards too.
const SENT = "sent";

function sentAlready(event) {
  const form = event.target;
  if (!form.matches("form[method='post' i]")) return;
  if (form.dataset.state === SENT) {
    event.preventDefault();
    return;
  }
  // The name of the button that was pressed is read after this event, so the buttons are marked a moment later.
  setTimeout(() => {
    if (!event.defaultPrevented) markSent(form);
  });
}

function markSent(form) {
  form.dataset.state = SENT;
  for (const button of buttonsOf(form)) {
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-busy", "true");
  }
}

function release(form) {
  delete form.dataset.state;
  for (const button of buttonsOf(form)) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
  }
}

function buttonsOf(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

// A page taken back from the browser's memory can be sent again.
function releaseAll(event) {
  if (event.persisted) document.querySelectorAll("form[data-state]").forEach(release);
}

document.addEventListener("submit", sentAlready);
window.addEventListener("pageshow", releaseAll);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
