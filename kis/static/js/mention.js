// A click on a name writes it into the note, where the hand of the writer last was.
const MARK = "data-mention";

function write(event) {
  const button = event.target.closest?.(`[${MARK}]`);
  const note = button?.closest("form")?.querySelector("textarea");
  if (!note) return;
  const [start, end] = [note.selectionStart, note.selectionEnd];
  const before = start && !/\s$/.test(note.value.slice(0, start)) ? " " : "";
  note.setRangeText(`${before}${button.getAttribute(MARK)} `, start, end, "end");
  note.dispatchEvent(new Event("input", { bubbles: true }));
  note.focus();
}

document.addEventListener("click", write);
