// A refusal that answers a partial request is shown at the top, and what stood on the page stays.
const MARK = "data-refusal";

function showAtTop(event) {
  const answer = event.detail;
  if (answer.xhr.status < 400 || !answer.serverResponse.includes(MARK)) return;
  answer.shouldSwap = true;
  answer.target = document.getElementById("messages");
  answer.swapOverride = "innerHTML show:top";
  answer.selectOverride = `[${MARK}]`;
}

// After a page is loaded anew because of errors, the summary takes the focus.
function focusSummary(root) {
  root.querySelector?.("[data-focus]")?.focus();
}

document.addEventListener("htmx:beforeSwap", showAtTop);
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.detail.elt));
focusSummary(document);
