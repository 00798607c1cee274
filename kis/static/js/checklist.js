import "./keep.js";

// A tick that the server did not take is shown as it was: the box never says more than what is stored.
function restore(event) {
  const form = event.target.closest?.("form[data-tick]");
  const status = event.detail.xhr.status; // 0: no answer came
  if (form && (status < 200 || status >= 400)) form.reset();
}

document.addEventListener("htmx:afterRequest", restore);
