// Keys of a desk: j and k move along a list, Enter opens, x selects, / searches, ? helps. None of them changes a case.
const CURRENT = "is-current";
const KEYS = { j: () => move(1), k: () => move(-1), x: toggleSelected, "/": focusSearch, "?": showHelp };

function rows() {
  return [...document.querySelectorAll("[data-list] tbody tr:has(a[href])")];
}

function current() {
  return document.querySelector(`[data-list] tr.${CURRENT}`);
}

function move(step) {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  mark(all[next]);
  return true;
}

// The link itself takes the focus, so that Enter opens it without help.
function mark(row) {
  current()?.classList.remove(CURRENT);
  row.classList.add(CURRENT);
  const link = row.querySelector("a[href]");
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function toggleSelected() {
  const box = current()?.querySelector("input[type='checkbox']");
  box?.click();
  return Boolean(box);
}

function focusSearch() {
  const box = document.querySelector("[data-search]");
  box?.focus();
  box?.select();
  return Boolean(box);
}

function showHelp() {
  document.getElementById("keys")?.showModal();
  return true;
}

function isTyping(target) {
  return target.isContentEditable || target.closest("input:not([type='checkbox'], [type='radio']), select, textarea, dialog");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (KEYS[event.key]?.()) event.preventDefault();
}

// The menu of the account folds up with Escape and with a click beside it.
function foldMenus(event) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (event.key === "Escape") menu.querySelector("summary").focus();
    if (event.key === "Escape" || !menu.contains(event.target)) menu.open = false;
  }
}

function followFocus(event) {
  const row = event.target.closest?.("[data-list] tbody tr");
  if (!row || row === current()) return;
  current()?.classList.remove(CURRENT);
  row.classList.add(CURRENT);
}

function offerHelp() {
  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.hidden = false;
    button.addEventListener("click", showHelp);
  }
}

document.addEventListener("keydown", onKey);
document.addEventListener("keydown", (event) => event.key === "Escape" && foldMenus(event));
document.addEventListener("click", foldMenus);
document.addEventListener("focusin", followFocus);
offerHelp();
