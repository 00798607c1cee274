// What every page loads. Each module looks for its own marks in the page and does nothing without them.
import "./draft.js";
import "./keyboard.js";
import "./mention.js";
import "./once.js";
import "./refusals.js";
import "./rows.js";
