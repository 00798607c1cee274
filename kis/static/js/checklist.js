// A tick that the server did not take is shown as it was: the box never says more than what is stored.
function restore(event) {
  const form = event.target.closest?.("form[data-tick]");
  if (form && !event.detail.successful) form.reset();
}

document.addEventListener("htmx:afterRequest", restore);
