import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Papers of the demo: they open, and say that they are samples. */

export type Paper = { kind: string; title: string; fileName: string; mediaType: string; bytes: Uint8Array; sha256: string };

const directory = new URL('../../../db/demo/papers/', import.meta.url);

/** A page of A4 that shows one JPEG picture. */
function pdfOf(jpeg: Uint8Array, picture: { width: number; height: number }): Uint8Array {
  const draw = `q 595 0 0 ${Math.round((595 * picture.height) / picture.width)} 0 0 cm /P Do Q`;
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  const offsets: number[] = [];
  const add = (body: string, stream?: Uint8Array) => {
    offsets.push(parts.reduce((sum, part) => sum + part.byteLength, 0));
    parts.push(Buffer.from(`${offsets.length} 0 obj\n${body}\n`, 'latin1'));
    if (stream !== undefined) parts.push(Buffer.from('stream\n', 'latin1'), Buffer.from(stream), Buffer.from('\nendstream\n', 'latin1'));
    parts.push(Buffer.from('endobj\n', 'latin1'));
  };
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add('<< /Type /Pages /Kids [3 0 R] /Count 1 >>');
  add('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /P 4 0 R >> >> /Contents 5 0 R >>');
  add(
    `<< /Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.byteLength} >>`,
    jpeg,
  );
  add(`<< /Length ${draw.length} >>`, Buffer.from(draw, 'latin1'));
  const start = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

function paper(about: Omit<Paper, 'sha256'>): Paper {
  return { ...about, sha256: createHash('sha256').update(about.bytes).digest('hex') };
}

/** The two kinds of paper that every association asks for; the first is required. */
export async function readPapers(): Promise<{ licence: Paper; resume: Paper }> {
  const licence = await readFile(new URL('licence.jpg', directory));
  const resume = await readFile(new URL('resume.jpg', directory));
  return {
    licence: paper({
      kind: 'licence',
      title: '医師免許証',
      fileName: '医師免許証.pdf',
      mediaType: 'application/pdf',
      bytes: pdfOf(licence, { width: 620, height: 877 }),
    }),
    resume: paper({ kind: 'resume', title: '履歴書・経歴書', fileName: '履歴書.jpg', mediaType: 'image/jpeg', bytes: resume }),
  };
}
