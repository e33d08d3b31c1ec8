import type { Outcome } from '#kernel/refusal.ts';
import { accepted } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { ApiAnswer, ApiRoute } from '#platform/http/api-route.ts';
import { defineAccess } from '#platform/http/page-access.ts';
import { z } from 'zod';
import { planSettings } from './commands/plan-settings.ts';
import { withdrawSettings } from './commands/withdraw-settings.ts';
import type { SettingsLine } from './queries/settings-history.ts';
import { settingsHistory } from './queries/settings-history.ts';
import type { SettingsDetail } from './queries/settings-version.ts';
import { settingsVersion } from './queries/settings-version.ts';
import { associationSettings } from './schema.ts';

/** 環境設定 of the own association for the offices' own systems (`screens.md O-21`). */

const day = z.iso.date();
const instant = z.iso.datetime();

const line = z.object({
  version: z.int(),
  startsOn: day,
  state: z.enum(['current', 'planned', 'past', 'withdrawn']),
  createdBy: z.string(),
  recordedAt: instant,
  reason: z.string(),
  changes: z.array(z.string()).describe('変更点の項目名'),
  openCases: z.int().describe('この版で処理中の届'),
  withdrawal: z.object({ by: z.string(), reason: z.string(), at: instant }).nullable(),
});

const history = z.object({ version: z.int().describe('If-Match に渡す値'), openCases: z.int(), items: z.array(line) });

const detail = line.extend({
  settings: associationSettings,
  sentences: z.array(z.object({ code: z.string(), label: z.string(), lines: z.array(z.string()) })),
});

function lineOf(one: SettingsLine): z.input<typeof line> {
  const { withdrawal } = one;
  return {
    version: one.version,
    startsOn: one.startsOn,
    state: one.state,
    createdBy: one.createdBy,
    recordedAt: one.recordedAt.toISOString(),
    reason: one.reason,
    changes: one.changes,
    openCases: one.openCases,
    withdrawal: withdrawal === undefined ? null : { by: withdrawal.by, reason: withdrawal.reason, at: withdrawal.at.toISOString() },
  };
}

function detailOf(value: SettingsDetail): z.input<typeof detail> {
  return { ...lineOf(value), settings: value.settings, sentences: value.lines.map((one) => ({ ...one, lines: [...one.lines] })) };
}

function mapped<T>(outcome: Outcome<T>, answer: (value: T) => ApiAnswer): Outcome<ApiAnswer> {
  return outcome.ok ? accepted(answer(outcome.value)) : outcome;
}

const readLimits = { perMinute: 600 };
const impersonal = { none: '医師会の設定だけで、個人のデータを含まない' };
const numberParams = z.object({ number: z.string().describe('版') });

const list: ApiRoute = {
  method: 'get',
  path: '/association-settings',
  summary: '環境設定の版の一覧',
  access: defineAccess({ id: 'api.associationSettings', title: '環境設定', who: ['office'], audit: impersonal, limits: readLimits }),
  answer: history,
  handle: async ({ ctx }) =>
    mapped(await ask(settingsHistory, ctx, {}), (value) => ({
      version: value.revision,
      body: { version: value.revision, openCases: value.openCases, items: value.lines.map(lineOf) } satisfies z.input<typeof history>,
    })),
};

const one: ApiRoute = {
  method: 'get',
  path: '/association-settings/{number}',
  summary: '環境設定の内容',
  access: defineAccess({ id: 'api.associationSetting', title: '環境設定の内容', who: ['office'], audit: impersonal, limits: readLimits }),
  params: numberParams,
  answer: detail,
  handle: async ({ ctx, params }) =>
    mapped(await ask(settingsVersion, ctx, { number: params['number'] }), (value) => ({ version: value.revision, body: detailOf(value) })),
};

const planned = z.object({ version: z.int(), startsOn: day });

const plan: ApiRoute = {
  method: 'post',
  path: '/association-settings',
  summary: '環境設定の新しい版の登録',
  access: defineAccess({
    id: 'api.planSettings',
    title: '環境設定の登録',
    who: ['office'],
    roles: ['admin'],
    audit: planSettings.name,
    limits: { perMinute: 60, bodyBytes: 256 * 1024 },
  }),
  body: associationSettings.extend({
    requiredDocuments: z.array(z.object({ kind: z.string(), title: z.string(), required: z.boolean(), note: z.string().optional() })),
    startsOn: z.string().describe('適用開始日 YYYY-MM-DD。明日以降'),
    reason: z.string().describe('変更の理由'),
    confirmed: z.boolean().optional().describe('より後の予定があることを確認した'),
  }),
  answer: planned,
  handle: async ({ ctx, body, version, key }) =>
    mapped(await run(planSettings, ctx, { ...body, version }, key), (value) => ({ body: value satisfies z.input<typeof planned> })),
};

const withdraw: ApiRoute = {
  method: 'post',
  path: '/association-settings/{number}/withdrawal',
  summary: '環境設定の予定の取消',
  access: defineAccess({
    id: 'api.withdrawSettings',
    title: '環境設定の予定の取消',
    who: ['office'],
    roles: ['admin'],
    audit: withdrawSettings.name,
    limits: { perMinute: 60 },
  }),
  params: numberParams,
  body: z.object({ reason: z.string().describe('取消の理由') }),
  answer: planned,
  handle: async ({ ctx, params, body, version, key }) =>
    mapped(await run(withdrawSettings, ctx, { ...body, number: params['number'], version }, key), (value) => ({
      body: value satisfies z.input<typeof planned>,
    })),
};

/** Routes under `/api/v1`. */
export const associationApi: readonly ApiRoute[] = [list, one, plan, withdraw];
