import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The calls that `docs/openapi.json` describes, with bodies that begin like the described ones. */

export type Call = { method: 'GET' | 'POST'; path: string; query: readonly string[]; body: unknown };

type Schema = z.infer<typeof schemaShape>;
const schemaShape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

const description = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
        requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
      }),
    ),
  ),
});

/** A value as described, the plainest there is. */
function sample(raw: unknown): unknown {
  const schema: Schema = schemaShape.parse(raw ?? {});
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sample(schema.anyOf[0]);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties !== undefined)
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, of]) => [name, sample(of)]));
  if (type === 'array') return [sample(schema.items)];
  if (type === 'integer' || type === 'number') return 1;
  return type === 'boolean' ? true : '2026-02-01';
}

/** Every described call. */
export function describedCalls(): Call[] {
  const { paths } = description.parse(JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { parameters, requestBody }]): Call => ({
        method: method === 'get' ? 'GET' : 'POST',
        path: `/api/v1${path}`,
        query: parameters.filter((one) => one.in === 'query').map((one) => one.name),
        body: sample(requestBody?.content['application/json']?.schema),
      }),
    ),
  );
}
