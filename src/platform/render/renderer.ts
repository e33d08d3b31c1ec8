import type { RenderAnswer, RenderJob, TextBlock } from './job.ts';
import { convertToPdf, findOfficeProgram } from './office-program.ts';
import type { Lost } from './run-child.ts';
import { runChild } from './run-child.ts';

/** What can be shown of a kept file. `none`: nothing, the reader downloads it instead. */
export type Rendering =
  | { kind: 'pages'; pages: readonly Uint8Array[]; pageCount: number; from: 'picture' | 'pdf' | 'office' }
  | { kind: 'text'; blocks: readonly TextBlock[]; cut: boolean; from: 'word' | 'excel' }
  | { kind: 'none'; reason: string };

export type Renderer = {
  /** Never rejects because of the file: hostile, broken and unknown files end in `none`. */
  preview: (bytes: Uint8Array, mediaType: string) => Promise<Rendering>;
  /** A PDF of a template of ours (Typst) with its data as JSON; undefined when the machine has too much to do. @throws when the template is wrong */
  print: (template: string, data: unknown) => Promise<Uint8Array | undefined>;
};

/** Processes at a time; a preview takes about a second of one core. */
const MOST_RUNNING = 2;
/** Who comes when so many wait is told to come again. */
const MOST_WAITING = 24;

type Office = { ending: string; text: 'word' | 'excel' | undefined };

const offices: Readonly<Record<string, Office>> = {
  'application/msword': { ending: 'doc', text: undefined },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { ending: 'docx', text: 'word' },
  'application/vnd.ms-excel': { ending: 'xls', text: undefined },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { ending: 'xlsx', text: 'excel' },
};

const pictures = ['image/jpeg', 'image/png', 'image/gif'];

class Busy extends Error {
  override readonly name = 'Busy';
}

function whenBusy(error: unknown): { ok: false; reason: 'busy' } {
  if (error instanceof Busy) return { ok: false, reason: 'busy' };
  throw error;
}

/** A few at a time, the rest in order; beyond that nobody. */
function makeTurnstile() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= MOST_RUNNING) {
      if (waiting.length >= MOST_WAITING) throw new Busy('too many previews');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

export type RendererOptions = {
  /** Where LibreOffice is looked for, as in PATH; '' for nowhere. */
  searchPath: string;
  run?: (job: RenderJob) => Promise<RenderAnswer | Lost>;
};

type Inner = { run: (job: RenderJob) => Promise<RenderAnswer | Lost>; program: string | undefined };

function asRendering(answer: RenderAnswer | Lost, from: 'picture' | 'pdf' | 'office' | 'word' | 'excel'): Rendering {
  if (!answer.ok) return { kind: 'none', reason: answer.reason };
  if (answer.kind === 'pages' && from !== 'word' && from !== 'excel')
    return { kind: 'pages', pages: answer.pages, pageCount: answer.pageCount, from };
  if (answer.kind === 'text' && (from === 'word' || from === 'excel'))
    return { kind: 'text', blocks: answer.blocks, cut: answer.cut, from };
  return { kind: 'none', reason: 'crash' };
}

/** As pages where LibreOffice can, else the words and tables of the newer formats. */
async function previewOffice({ run, program }: Inner, bytes: Uint8Array, office: Office): Promise<Rendering> {
  const pdf = program === undefined ? undefined : await convertToPdf(program, { bytes, ending: office.ending });
  const drawn = pdf === undefined ? undefined : asRendering(await run({ kind: 'pages', bytes: pdf }), 'office');
  if (drawn?.kind === 'pages') return drawn;
  return office.text === undefined ? { kind: 'none', reason: 'format' } : asRendering(await run({ kind: office.text, bytes }), office.text);
}

async function previewOne(inner: Inner, bytes: Uint8Array, mediaType: string): Promise<Rendering> {
  if (pictures.includes(mediaType)) return asRendering(await inner.run({ kind: 'picture', bytes }), 'picture');
  if (mediaType === 'application/pdf') return asRendering(await inner.run({ kind: 'pages', bytes }), 'pdf');
  const office = offices[mediaType];
  return office === undefined ? { kind: 'none', reason: 'format' } : await previewOffice(inner, bytes, office);
}

/** For programs that show nothing: loading data, measuring, sending mail. */
export const noRenderer: Renderer = {
  preview: async () => await Promise.resolve({ kind: 'none', reason: 'off' }),
  print: async () => await Promise.reject(new Error('this program does not print')),
};

/** Draws files of strangers and prints our own documents, each in a process of its own. */
export function makeRenderer(options: RendererOptions): Renderer {
  const inner: Inner = { run: options.run ?? runChild, program: findOfficeProgram(options.searchPath) };
  const inTurn = makeTurnstile();
  return {
    preview: async (bytes, mediaType) => {
      const rendering = await inTurn(async () => await previewOne(inner, bytes, mediaType)).catch(whenBusy);
      return 'ok' in rendering ? { kind: 'none', reason: rendering.reason } : rendering;
    },
    print: async (template, data) => {
      const answer = await inTurn(async () => await inner.run({ kind: 'print', template, data: JSON.stringify(data) })).catch(whenBusy);
      if (!answer.ok && ['busy', 'timeout', 'crash'].includes(answer.reason)) return undefined;
      if (!answer.ok || answer.kind !== 'pdf') throw new Error(`printing failed: ${answer.ok ? answer.kind : answer.reason}`);
      return answer.bytes;
    },
  };
}
