import type { Context as HonoContext } from 'hono';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields, statusOf } from '#kernel/refusal.ts';
import type { DoorEnv } from './api-mount.ts';
import type { ApiAnswer, ApiRequest, ApiRoute } from './api-route.ts';
import { requestTexts } from './messages.ts';

type Call = HonoContext<DoorEnv>;

const ifMatchMissing = refuseFields({ 'If-Match': [requestTexts.ifMatchMissing] });
const keyMissing = refuseFields({ 'Idempotency-Key': [requestTexts.keyMissing] });

/** `"7"`, `W/"7"` or 7. */
function versionIn(header: string | undefined): number | undefined {
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function queryOf(call: Call): ApiRequest['query'] {
  const several = Object.entries(call.req.queries());
  return Object.fromEntries(several.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function bodyOf(call: Call): Promise<Outcome<ApiRequest['body']>> {
  const text = await call.req.text();
  if (text === '') return accepted({});
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? accepted(body) : refuse('invalid', { message: requestTexts.notAnObject });
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('invalid', { message: requestTexts.notJson });
    throw error;
  }
}

async function requestOf(call: Call, route: ApiRoute): Promise<Outcome<ApiRequest>> {
  const base = { ctx: call.get('door').context, params: call.req.param(), query: queryOf(call) };
  if (route.method === 'get') return accepted({ ...base, body: {}, version: undefined, key: undefined });
  const version = versionIn(call.req.header('if-match'));
  if (version === undefined) return ifMatchMissing;
  const key = call.req.header('idempotency-key') ?? '';
  if (!/^[\w:.-]{8,100}$/.test(key)) return keyMissing;
  const body = await bodyOf(call);
  return body.ok ? accepted({ ...base, body: body.value, version, key }) : body;
}

const json = { 'Content-Type': 'application/json; charset=utf-8' };

function refusal(refused: Refused): Response {
  const { code, message, fields, current, link, retryAfterSeconds } = refused.refusal;
  const headers: Record<string, string> = retryAfterSeconds === undefined ? json : { ...json, 'Retry-After': String(retryAfterSeconds) };
  const status = refused === ifMatchMissing ? 428 : statusOf(refused.refusal);
  return new Response(JSON.stringify({ code, message, fields, current, link: link?.to }), { status, headers });
}

function success({ body, version }: ApiAnswer): Response {
  const headers: Record<string, string> = version === undefined ? json : { ...json, ETag: `"${version}"` };
  return new Response(JSON.stringify(body), { headers });
}

/** Answers one call as JSON; a refusal as `{ code, message, fields, current }` with its status. */
export async function answerCall(call: Call, route: ApiRoute): Promise<Response> {
  const request = await requestOf(call, route);
  if (!request.ok) return refusal(request);
  const outcome = await route.handle(request.value);
  return outcome.ok ? success(outcome.value) : refusal(outcome);
}
