import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { RenderAnswer, RenderJob } from './job.ts';

/** PDF of our own documents; runs in the rendering process only. */

const fonts = join(import.meta.dirname, '../../../assets/fonts');
/** Where a template's own files would stand: a folder that holds nothing. */
const workspace = join(import.meta.dirname, 'nothing');

/** Sets a template of ours with its data, Noto Sans JP embedded as far as it is used. */
export async function printPdf({ template, data, pictures = {} }: Extract<RenderJob, { kind: 'print' }>): Promise<RenderAnswer> {
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fonts] }] });
  for (const [name, bytes] of Object.entries(pictures)) compiler.mapShadow(join(workspace, name), Buffer.from(bytes));
  const bytes = compiler.pdf({ mainFileContent: template, inputs: { data } });
  return { ok: true, kind: 'pdf', bytes: new Uint8Array(bytes) };
}
