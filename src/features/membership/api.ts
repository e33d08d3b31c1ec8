import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { ApiAnswer, ApiRequest, ApiRoute } from '#platform/http/api-route.ts';
import { defineAccess } from '#platform/http/page-access.ts';
import { ask } from '#platform/command/query.ts';
import { z } from 'zod';
import type { MemberDetail } from './queries/member.ts';
import { memberDetail } from './queries/member.ts';
import { memberCount } from './queries/member-count.ts';
import type { MemberList } from './queries/members.ts';
import { memberList } from './queries/members.ts';

/** Members and their numbers for the offices' own systems. */

const day = z.iso.date();

const memberLine = z.object({
  personId: z.uuid(),
  name: z.string(),
  kana: z.string(),
  licenceNumber: z.string(),
  licenceChecked: z.boolean(),
  age: z.int(),
  died: z.boolean(),
  standing: z.string(),
  joinedOn: day.nullable(),
  leftOn: day.nullable(),
  category: z.string(),
  jmaCategory: z.string(),
  facility: z.string(),
  applying: z.boolean(),
});

const members = z.object({
  asOf: day,
  knownAt: z.iso.datetime().nullable(),
  items: z.array(memberLine),
  count: z.int(),
  countOrMore: z.boolean(),
  after: z.uuid().nullable(),
  before: z.uuid().nullable(),
});

const phase = z.object({ category: z.string(), facility: z.string(), startsOn: day, endsOn: day.nullable() });

const member = z.object({
  personId: z.uuid(),
  asOf: day,
  name: z.string(),
  kana: z.string(),
  formerName: z.string(),
  licenceNumber: z.string(),
  licenceChecked: z.boolean(),
  licensedOn: day,
  birthOn: day,
  sex: z.string(),
  postalCode: z.string(),
  address: z.string(),
  tel: z.string(),
  mail: z.string(),
  contactFaded: z.boolean().describe('退会から保存期間を過ぎ、住所・電話番号・メールアドレスを表示しない'),
  mainDepartment: z.string(),
  school: z.string(),
  graduatedOn: z.string(),
  standing: z.string(),
  category: z.string(),
  joinedOn: day.nullable(),
  leftOn: day.nullable(),
  associations: z.array(
    z.object({
      associationId: z.int(),
      name: z.string(),
      layer: z.int(),
      periods: z.array(z.object({ joinedOn: day, leftOn: day.nullable(), leftReason: z.string(), phases: z.array(phase) })),
    }),
  ),
  affiliations: z.array(
    z.object({ isPrimary: z.boolean(), association: z.string(), facility: z.string(), work: z.string(), position: z.string() }),
  ),
  history: z.array(
    z.object({
      id: z.int(),
      recordedAt: z.iso.datetime(),
      kind: z.string(),
      effectiveOn: day,
      category: z.string(),
      facility: z.string(),
      reason: z.string(),
      superseded: z.boolean(),
    }),
  ),
});

function listOf(value: MemberList): z.input<typeof members> {
  return {
    asOf: value.on,
    knownAt: value.knownAt?.toISOString() ?? null,
    count: value.count.members,
    countOrMore: value.count.orMore,
    after: value.after ?? null,
    before: value.before ?? null,
    items: value.rows.map(({ licence, ...row }) => ({ ...row, licenceNumber: licence })),
  };
}

function detailOf(value: MemberDetail): z.input<typeof member> {
  const { profile, head } = value;
  return {
    personId: value.personId,
    asOf: value.asOf,
    name: profile.name,
    kana: profile.kana,
    formerName: profile.formerName,
    licenceNumber: profile.licence,
    licenceChecked: profile.licenceChecked,
    licensedOn: profile.licensedOn,
    birthOn: profile.birthOn,
    sex: profile.sex,
    postalCode: profile.postalCode,
    address: profile.address,
    tel: profile.tel,
    mail: profile.mail,
    contactFaded: profile.contactFaded,
    mainDepartment: profile.mainDepartment,
    school: profile.school,
    graduatedOn: profile.graduatedOn,
    standing: head.standing,
    category: head.category,
    joinedOn: head.joinedOn,
    leftOn: head.leftOn,
    associations: value.associations.map(({ own: _own, ...association }) => association),
    affiliations: value.affiliations.map((row) => ({
      isPrimary: row.isPrimary,
      association: row.association,
      facility: row.facility,
      work: row.work,
      position: row.position,
    })),
    history: value.history.map(({ office: _office, fresh: _fresh, ...line }) => ({ ...line, recordedAt: line.recordedAt.toISOString() })),
  };
}

function mapped<T>(outcome: Outcome<T>, body: (value: T) => unknown): Outcome<ApiAnswer> {
  return outcome.ok ? accepted({ body: body(outcome.value) }) : outcome;
}

const text = (description: string) => z.string().optional().describe(description);

const list: ApiRoute = {
  method: 'get',
  path: '/members',
  summary: '会員の一覧',
  access: defineAccess({ id: 'api.members', title: '会員の一覧', who: ['office'], audit: 'member.listed', limits: { perMinute: 1_200 } }),
  query: z.object({
    name: text('氏名・フリガナの先頭'),
    licence: text('医籍登録番号'),
    asOf: text('基準日 YYYY-MM-DD。省略時は今日'),
    knownAt: text('この時点までに記録されたことだけで答える。日付、または日付と時刻(日本時間)'),
    status: text('current, left, joining, leaving, all'),
    category: text('会員区分の番号'),
    facility: text('所属施設名の先頭'),
    sort: text('name, licence, facility, joined, left; - で降順'),
    size: text('25, 50, 100'),
    after: text('この医師の次から'),
    before: text('この医師の前まで'),
  }),
  answer: members,
  handle: async ({ ctx, query: { asOf, ...query } }) => mapped(await ask(memberList, ctx, { ...query, on: asOf }), listOf),
};

const one: ApiRoute = {
  method: 'get',
  path: '/members/{id}',
  summary: '会員の詳細と台帳',
  access: defineAccess({ id: 'api.member', title: '会員の詳細', who: ['office'], audit: 'member.viewed', limits: { perMinute: 1_200 } }),
  params: z.object({ id: z.uuid() }),
  query: z.object({ asOf: text('基準日 YYYY-MM-DD。省略時は今日'), knownAt: text('この時点までに記録されたことだけで答える') }),
  answer: member,
  handle: async ({ ctx, params, query }) =>
    mapped(await ask(memberDetail, ctx, { id: params['id'], asOf: query['asOf'], knownAt: query['knownAt'] }), detailOf),
};

const counts = z.object({
  asOf: day,
  knownAt: z.iso.datetime().nullable(),
  counts: z.array(z.object({ associationId: z.int(), associationName: z.string(), layer: z.int(), members: z.int() })),
});

/** Which associations are asked for: one by its code, else one's own; 日本医師会 without a code asks for all. */
async function handleCounts({ ctx, query }: ApiRequest) {
  if (ctx.actor.kind !== 'office') return refuse('forbidden');
  const own = ctx.actor.associationId;
  const code = query['association'];
  const wanted = code === undefined ? undefined : Number(code);
  const scope = wanted === own || (wanted === undefined && ctx.actor.layer > 1) ? 'own' : 'all';
  const outcome = await ask(memberCount, ctx, { on: query['asOf'], knownAt: query['knownAt'], scope });
  if (!outcome.ok) return outcome;
  const shown = wanted === undefined ? outcome.value.counts : outcome.value.counts.filter((row) => row.associationId === wanted);
  const knownAt = outcome.value.knownAt?.toISOString() ?? null;
  return accepted({ body: { asOf: outcome.value.on, knownAt, counts: shown } satisfies z.input<typeof counts> });
}

const memberCounts: ApiRoute = {
  method: 'get',
  path: '/member-counts',
  summary: 'ある日の会員数',
  access: defineAccess({
    id: 'api.memberCounts',
    title: '会員数',
    who: ['office'],
    audit: { none: '人数だけで、個人のデータを含まない' },
    limits: { perMinute: 600 },
  }),
  query: z.object({
    asOf: z.string().optional().describe('基準日 YYYY-MM-DD。省略時は今日'),
    knownAt: text('この時点までに記録されたことだけで数える。日付、または日付と時刻(日本時間)'),
    association: z.string().optional().describe('医師会コード。省略時は自医師会、日本医師会は全医師会'),
  }),
  answer: counts,
  handle: handleCounts,
};

/** Routes under `/api/v1`. */
export const membershipApi: readonly ApiRoute[] = [list, one, memberCounts];
