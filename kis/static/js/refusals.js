// A refusal that answers a partial request is shown at the top, and what stood on the page stays.
const MARK = "data-refusal";
const SIGN_IN = "data-sign-in";
const BY_ITSELF = "data-by-itself";

function showAtTop(event) {
  const answer = event.detail;
  if (answer.elt.hasAttribute(BY_ITSELF)) return ignore(answer);
  if (answer.serverResponse.includes(SIGN_IN)) return leave(answer);
  if (answer.xhr.status < 400 || !answer.serverResponse.includes(MARK)) return;
  answer.shouldSwap = true;
  answer.target = document.getElementById("messages");
  answer.swapOverride = "innerHTML show:top";
  answer.selectOverride = `[${MARK}]`;
}

// What a page asks by itself never disturbs who writes on it: a refusal, or the sign-in, is let go.
function ignore(answer) {
  answer.shouldSwap = answer.xhr.status < 300 && !answer.serverResponse.includes(SIGN_IN);
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
