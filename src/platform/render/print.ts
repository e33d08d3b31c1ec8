import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { RenderAnswer, RenderJob } from './job.ts';

/** PDF of our own documents; runs in the rendering process only. */

/** Sets a template of ours with its data, Noto Sans JP embedded as far as it is used. */
export async function printPdf({ template, data }: Extract<RenderJob, { kind: 'print' }>): Promise<RenderAnswer> {
  const fonts = join(import.meta.dirname, '../../../assets/fonts');
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fonts] }] });
  const bytes = compiler.pdf({ mainFileContent: template, inputs: { data } });
  return { ok: true, kind: 'pdf', bytes: new Uint8Array(bytes) };
}
