import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Canvas } from '@napi-rs/canvas';
import { createCanvas, GlobalFonts, loadImage } from '@napi-rs/canvas';
import type { RenderAnswer } from './job.ts';
import { limits } from './job.ts';

/** Drawing pictures and PDF pages; runs in the rendering process only. */

const QUALITY = 82;

async function encoded(canvas: Canvas): Promise<Uint8Array> {
  return new Uint8Array(await canvas.encode('webp', QUALITY));
}

/** Scale at which width and area stay within the limits. */
function scaleFor(width: number, height: number): number {
  return Math.min(limits.width / width, Math.sqrt(limits.area / (width * height)));
}

function sides(width: number, height: number, scale: number): [number, number] {
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** A picture drawn anew: only its pixels are left, no larger than needed to read it. */
export async function drawPicture(bytes: Uint8Array): Promise<RenderAnswer> {
  const image = await loadImage(bytes);
  if (image.width * image.height > limits.pictureArea || image.width === 0 || image.height === 0) return { ok: false, reason: 'size' };
  const scale = Math.min(1, scaleFor(image.width, image.height));
  const [width, height] = sides(image.width, image.height, scale);
  const canvas = createCanvas(width, height);
  const brush = canvas.getContext('2d');
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, width, height);
  brush.drawImage(image, 0, 0, width, height);
  return { ok: true, kind: 'pages', pages: [await encoded(canvas)], pageCount: 1 };
}

const packagePath = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** Fonts that a PDF names without carrying them are drawn with ours: Japanese ones above all. */
function registerFont(): void {
  const path = join(import.meta.dirname, '../../../assets/fonts/NotoSansJP-Regular.ttf');
  for (const family of ['sans-serif', 'serif', 'monospace']) GlobalFonts.registerFromPath(path, family);
}

async function openPdf(bytes: Uint8Array) {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return await getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(packagePath, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(packagePath, 'standard_fonts/'),
    wasmUrl: join(packagePath, 'wasm/'),
    iccUrl: join(packagePath, 'iccs/'),
    // Glyphs are drawn as paths; nothing of the file is compiled or fetched.
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: limits.pictureArea,
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
}

type Pdf = Awaited<ReturnType<typeof openPdf>>;

async function drawPage(pdf: Pdf, number: number): Promise<Uint8Array> {
  const page = await pdf.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: scaleFor(natural.width, natural.height) });
  const canvas = createCanvas(...sides(viewport.width, viewport.height, 1));
  // pdf.js is written for browsers; this canvas has the same methods.
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport, background: '#fff' }).promise;
  page.cleanup();
  return await encoded(canvas);
}

/** The first pages of a PDF as pictures, and how many there are in all. */
export async function drawPages(bytes: Uint8Array): Promise<RenderAnswer> {
  const began = performance.now();
  registerFont();
  const pdf = await openPdf(bytes);
  const pages: Uint8Array[] = [];
  let size = 0;
  while (pages.length < Math.min(pdf.numPages, limits.pages) && size < limits.bytes && performance.now() - began < limits.drawing) {
    const page = await drawPage(pdf, pages.length + 1);
    pages.push(page);
    size += page.length;
  }
  return pages.length === 0 ? { ok: false, reason: 'no page' } : { ok: true, kind: 'pages', pages, pageCount: pdf.numPages };
}
