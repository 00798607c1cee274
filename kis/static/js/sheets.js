// What a file is made of: sheets with a size, which can be painted on a canvas. A PDF has many, an image one.
import * as pdfjs from "../vendor/pdfjs/pdf.min.mjs";

const vendor = (path) => new URL(`../vendor/pdfjs/${path}`, import.meta.url).href;

pdfjs.GlobalWorkerOptions.workerSrc = vendor("pdf.worker.min.mjs");

async function openPdf(url) {
  const loading = pdfjs.getDocument({
    url,
    cMapUrl: vendor("cmaps/"),
    iccUrl: vendor("iccs/"),
    standardFontDataUrl: vendor("standard_fonts/"),
    wasmUrl: vendor("wasm/"),
  });
  const file = await loading.promise;
  const numbers = Array.from({ length: file.numPages }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map((number) => file.getPage(number)));
  return pages.map(pdfSheet);
}

function pdfSheet(page) {
  let task = null;
  return {
    size: (turn) => page.getViewport({ scale: 1, rotation: (page.rotate + turn) % 360 }),
    async paint(canvas, scale, turn) {
      task?.cancel();
      const viewport = page.getViewport({ scale, rotation: (page.rotate + turn) % 360 });
      task = page.render({ canvas, viewport });
      await task.promise;
    },
  };
}

async function openImage(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} for ${url}`);
  return [imageSheet(await createImageBitmap(await answer.blob()))];
}

function imageSheet(image) {
  const lies = (turn) => turn % 180 !== 0;
  return {
    size: (turn) => ({
      width: lies(turn) ? image.height : image.width,
      height: lies(turn) ? image.width : image.height,
    }),
    async paint(canvas, scale, turn) {
      const context = canvas.getContext("2d");
      context.translate(canvas.width / 2, canvas.height / 2);
      context.rotate((turn * Math.PI) / 180);
      context.scale(scale, scale);
      context.drawImage(image, -image.width / 2, -image.height / 2);
    },
  };
}

/** Sheets of a file; kind is "pdf" or "image". Rejects when the file cannot be read. */
export function openSheets(kind, url) {
  return kind === "image" ? openImage(url) : openPdf(url);
}
