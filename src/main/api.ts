import { OpenAPIHono } from '@hono/zod-openapi';
import { applicationApi } from '#features/application/api.ts';
import { associationApi } from '#features/association/api.ts';
import { membershipApi } from '#features/membership/api.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import type { ApiMount, DoorEnv } from '#platform/http/api-mount.ts';
import { answerCall } from '#platform/http/api-request.ts';
import type { ApiRoute } from '#platform/http/api-route.ts';
import type { PageAccess } from '#platform/http/page-access.ts';
import { defineAccess } from '#platform/http/page-access.ts';
import { errorFields } from '#platform/log/error-fields.ts';
import { z } from 'zod';

/** The JSON API under `/api/v1`, collected from the features, with its own description. */

const routes: readonly ApiRoute[] = [...applicationApi, ...membershipApi, ...associationApi];

const refusalBody = z.object({
  code: z.string(),
  message: z.string(),
  fields: z.record(z.string(), z.array(z.string())).optional(),
  current: z.unknown().optional(),
  link: z.string().optional(),
});

const headersOfChange = z.object({
  'if-match': z.string().describe('表示中の版(ETag)。異なるときは 409'),
  'idempotency-key': z.string().describe('要求ごとに異なる値。同じ値の再送には最初の結果を返す'),
});

const refusals: Readonly<Record<number, string>> = {
  401: 'ログインしていない',
  403: '権限がない',
  404: '表示できる範囲にない',
  409: 'ほかの操作により内容が変わった',
  422: '入力の誤り',
  429: '要求が多すぎる',
  503: '一時的に利用できない',
};

type PathConfig = Parameters<OpenAPIHono['openAPIRegistry']['registerPath']>[0];

function asJson(schema: z.ZodType) {
  return { 'application/json': { schema } };
}

function describe(route: ApiRoute, refusalSchema: z.ZodType): PathConfig {
  const refused = Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [status, { description, content: asJson(refusalSchema) }]),
  );
  return {
    method: route.method,
    path: route.path,
    summary: route.summary,
    security: [{ session: [] }, { bearer: [] }],
    request: {
      ...(route.params === undefined ? {} : { params: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(route.method === 'post' ? { headers: headersOfChange } : {}),
      ...(route.body === undefined ? {} : { body: { content: asJson(route.body) } }),
    },
    responses: { 200: { description: route.summary, content: asJson(route.answer) }, ...refused },
  };
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

const descriptionPath = '/openapi.json';
const descriptionAccess = defineAccess({
  id: 'api.description',
  title: 'APIの説明',
  who: ['guest', 'doctor', 'office', 'operations'],
  audit: { none: '説明だけで、個人のデータを含まない' },
});

const about = {
  openapi: '3.1.0',
  info: { title: 'MAMIS API', version: '1', description: '医師会の事務局システムとの連携。画面と同じ権限・同じ規則で動きます。' },
  servers: [{ url: '/api/v1' }],
};

function makeApp(): OpenAPIHono<DoorEnv> {
  const app = new OpenAPIHono<DoorEnv>();
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'mamis' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  const refusalSchema = app.openAPIRegistry.register('Refusal', refusalBody);
  for (const route of routes) {
    app.openAPIRegistry.registerPath(describe(route, refusalSchema));
    app.on(route.method.toUpperCase(), honoPath(route.path), async (call) => await answerCall(call, route));
  }
  app.get(descriptionPath, (call) => call.json(describeApi()));
  app.onError((error, call) => {
    const gone = isDatabaseGone(error);
    const { log, context } = call.get('door');
    log[gone ? 'warn' : 'error']('API call failed', { id: context.requestId, ...errorFields(error) });
    return gone
      ? call.json({ code: 'unavailable', message: 'ただいまご利用いただけません' }, 503, { 'Retry-After': '5' })
      : call.json({ code: 'failed', message: `処理中にエラーが発生しました。${context.requestId}` }, 500);
  });
  return app;
}

const app = makeApp();

/** The OpenAPI description; `docs/openapi.json` is generated from it. */
export function describeApi() {
  return app.getOpenAPI31Document(about);
}

const policies: Record<string, PageAccess> = Object.fromEntries([
  ...routes.map((route) => [`${route.method.toUpperCase()} ${honoPath(route.path)}`, route.access] as const),
  [`GET ${descriptionPath}`, descriptionAccess] as const,
]);

export const api: ApiMount = { path: '/api/v1', app, policies };
