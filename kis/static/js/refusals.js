// A refusal that answers a partial request is shown at the top, and what stood on the page stays.
const MARK = "data-refusal";
const SIGN_IN = "data-sign-in";

function showAtTop(event) {
  const answer = event.detail;
  if (answer.serverResponse.includes(SIGN_IN)) return leave(answer);
  if (answer.xhr.status < 400 || !answer.serverResponse.includes(MARK)) return;
  answer.shouldSwap = true;
  answer.target = document.getElementById("messages");
  answer.swapOverride = "innerHTML show:top";
  answer.selectOverride = `[${MARK}]`;
}

// The session has ended: the page is loaded anew and leads to the sign-in, which then leads back here.
function leave(answer) {
  answer.shouldSwap = false;
  window.location.reload();
}

// After a page is loaded anew because of errors, the summary takes the focus.
function focusSummary(root) {
  root.querySelector?.("[data-focus]")?.focus();
}

document.addEventListener("htmx:beforeSwap", showAtTop);
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.detail.elt));
focusSummary(document);
