import { writeFile } from 'node:fs/promises';
import { describeApi } from '../src/main/api.ts';

/** Writes `docs/openapi.json` from the routes; CI compares it with what is committed. */
await writeFile(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(describeApi(), null, 2)}\n`);
