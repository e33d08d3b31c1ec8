import { csvLine } from '#platform/sheet/csv.ts';
import { openingBytes } from '#platform/sheet/encoding.ts';

/** Lines as a CSV file to be saved: UTF-8 with byte order mark, no live formula. `plainName` is for browsers that know no other letters. */
export function csvResponse(file: { name: string; plainName: string }, lines: readonly (readonly string[])[]): Response {
  const body = Buffer.concat([openingBytes('utf8'), Buffer.from(lines.map((line) => csvLine(line)).join(''), 'utf8')]);
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file.plainName}.csv"; filename*=UTF-8''${encodeURIComponent(file.name)}.csv`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  });
}
