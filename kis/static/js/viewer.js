// Shows a scan sheet under sheet: page, zoom, width, turn. Sheets are painted when they come into sight.
import { openSheets } from "./sheets.js";

const STEP = 1.2;
const SMALLEST = 0.1;
const LARGEST = 6;
const MARGIN = 26; // of the pane, so that a sheet fits without a bar beneath
const KEYS = { "+": "larger", "-": "smaller", "0": "fit", r: "rotate", n: "next", b: "previous" };

class Viewer {
  constructor(box) {
    this.box = box;
    this.pane = box.querySelector("[data-pane]");
    this.scale = 1;
    this.turn = 0;
    this.fits = true;
    this.sight = new IntersectionObserver((seen) => this.paintSeen(seen), { root: this.pane, rootMargin: "50%" });
  }

  async open() {
    try {
      this.sheets = await openSheets(this.box.dataset.viewer, this.box.dataset.src);
    } catch (error) {
      console.warn(error);
      this.box.querySelector("[data-status]").textContent = this.box.dataset.failed;
      return;
    }
    this.listen();
    this.lay();
    this.box.dataset.ready = "";
  }

  listen() {
    this.tools = { next: () => this.go(1), previous: () => this.go(-1), fit: () => this.fit() };
    this.tools.larger = () => this.zoom(STEP);
    this.tools.smaller = () => this.zoom(1 / STEP);
    this.tools.rotate = () => this.rotate();
    this.box.querySelector("[data-tools]").hidden = false;
    this.box.querySelector("[data-pages]").hidden = this.sheets.length === 1;
    this.box.querySelector("[data-total]").textContent = this.sheets.length;
    for (const button of this.box.querySelectorAll("[data-tool]")) {
      button.addEventListener("click", this.tools[button.dataset.tool]);
    }
    this.page = this.box.querySelector("[data-page]");
    this.page.addEventListener("change", () => this.show(Number.parseInt(this.page.value, 10) - 1));
    this.pane.addEventListener("scroll", () => this.tell(), { passive: true });
    this.pane.addEventListener("keydown", (event) => this.onKey(event));
    new ResizeObserver(() => this.fits && this.lay()).observe(this.pane);
  }

  onKey(event) {
    const tool = this.tools[KEYS[event.key]];
    if (!tool || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    tool();
  }

  // Canvases of the right size and empty; each is painted when it is seen.
  lay() {
    if (this.fits) this.scale = this.widthScale();
    const place = this.position();
    this.sight.disconnect();
    const canvases = this.sheets.map((sheet) => this.emptyCanvas(sheet));
    this.pane.replaceChildren(...canvases);
    canvases.forEach((canvas) => this.sight.observe(canvas));
    this.pane.scrollTop = place * this.pane.scrollHeight;
    this.tell();
  }

  widthScale() {
    const widest = Math.max(...this.sheets.map((sheet) => sheet.size(this.turn).width));
    return limit((this.pane.clientWidth - MARGIN) / widest);
  }

  emptyCanvas(sheet) {
    const { width, height } = sheet.size(this.turn);
    const canvas = document.createElement("canvas");
    canvas.className = "viewer__sheet";
    canvas.style.width = `${Math.floor(width * this.scale)}px`;
    canvas.style.height = `${Math.floor(height * this.scale)}px`;
    return canvas;
  }

  paintSeen(seen) {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting && !target.dataset.painted) this.paint(target);
    }
  }

  async paint(canvas) {
    canvas.dataset.painted = "begun";
    const sheet = this.sheets[[...this.pane.children].indexOf(canvas)];
    const scale = this.scale * (window.devicePixelRatio || 1);
    const { width, height } = sheet.size(this.turn);
    canvas.width = Math.floor(width * scale);
    canvas.height = Math.floor(height * scale);
    try {
      await sheet.paint(canvas, scale, this.turn);
      canvas.dataset.painted = "done";
    } catch (error) {
      if (error.name !== "RenderingCancelledException") throw error;
    }
  }

  position() {
    return this.pane.scrollHeight ? this.pane.scrollTop / this.pane.scrollHeight : 0;
  }

  current() {
    const middle = this.pane.scrollTop + this.pane.clientHeight / 3;
    const below = [...this.pane.children].findIndex((canvas) => this.top(canvas) + canvas.clientHeight > middle);
    return below < 0 ? this.sheets.length - 1 : below;
  }

  top(canvas) {
    return canvas.offsetTop - this.pane.offsetTop;
  }

  go(step) {
    this.show(this.current() + step);
  }

  show(index) {
    const canvas = this.pane.children[Math.min(Math.max(index || 0, 0), this.sheets.length - 1)];
    this.pane.scrollTop = this.top(canvas) - 8;
    this.tell();
  }

  zoom(factor) {
    this.fits = false;
    this.scale = limit(this.scale * factor);
    this.lay();
  }

  fit() {
    this.fits = true;
    this.lay();
  }

  rotate() {
    this.turn = (this.turn + 90) % 360;
    this.lay();
  }

  tell() {
    if (document.activeElement !== this.page) this.page.value = this.current() + 1;
    this.box.querySelector("[data-scale]").textContent = `${Math.round(this.scale * 100)}%`;
  }
}

function limit(scale) {
  return Math.min(Math.max(scale, SMALLEST), LARGEST);
}

for (const box of document.querySelectorAll("[data-viewer]")) new Viewer(box).open();
