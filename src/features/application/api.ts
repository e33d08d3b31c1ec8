import type { Outcome } from '#kernel/refusal.ts';
import { accepted } from '#kernel/refusal.ts';
import type { ApiAnswer, ApiRoute } from '#platform/http/api-route.ts';
import { defineAccess } from '#platform/http/page-access.ts';
import { ask } from '#platform/command/query.ts';
import type { Command } from '#platform/command/command.ts';
import { run } from '#platform/command/command.ts';
import { z } from 'zod';
import type { applicationStep } from './api-schema.ts';
import { applicationDetail, applicationList } from './api-schema.ts';
import { approve } from './commands/approve.ts';
import { receive } from './commands/receive.ts';
import { reject } from './commands/reject.ts';
import { returnCase } from './commands/return-case.ts';
import { joinFields } from './fields.ts';
import type { Inbox } from './queries/inbox.ts';
import { inbox } from './queries/inbox.ts';
import type { OfficeApplication } from './queries/office-application.ts';
import { officeApplication } from './queries/office-application.ts';

/** Applications for the offices' own systems: the same queries and commands as the pages. */

function listOf(value: Inbox): z.input<typeof applicationList> {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    items: value.rows.map((row) => ({
      id: row.id,
      number: row.number,
      kind: row.kind,
      state: row.state,
      personId: row.personId,
      name: row.name,
      kana: row.kana,
      licenceNumber: row.licence,
      wishedOn: row.wishedOn,
      submittedAt: row.submittedAt.toISOString(),
      attention: row.attention,
      stepState: row.stepState,
      arrivedAt: iso(row.arrivedAt),
      decidedOn: row.decidedOn,
      lowestAssociation: row.lowest,
      highestAssociation: row.highest,
      holder: row.holder ?? null,
      late: row.late,
    })),
    count: value.count,
    after: value.after ?? null,
    before: value.before ?? null,
  };
}

function stepsOf(value: OfficeApplication): z.input<typeof applicationStep>[] {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return value.steps.map((one) => ({
    id: one.id,
    associationId: one.associationId,
    associationName: one.associationName,
    layer: one.layer,
    role: one.role,
    state: one.state,
    category: one.category,
    decidedCategory: one.decidedCategory,
    decidedOn: one.decidedOn,
    arrivedAt: iso(one.arrivedAt),
    days: one.days ?? null,
    receivedAt: iso(one.receivedAt),
    decidedAt: iso(one.decidedAt),
    decidedBy: one.decidedBy,
    boardNote: one.boardNote,
  }));
}

function noteOf<T extends { at: Date }>(one: T) {
  return { ...one, at: one.at.toISOString() };
}

function contentOf(value: OfficeApplication): Pick<z.input<typeof applicationDetail>, 'fields' | 'documents'> {
  const { shown } = value.content;
  if (shown === undefined) return { fields: [], documents: [] };
  return {
    fields: joinFields(shown).map((field) => ({ code: field.code, label: field.label, lines: [...field.lines(shown)] })),
    documents: shown.papers.flatMap((paper) =>
      paper.files.map((file) => ({ code: paper.code, title: paper.title, fileName: file.fileName })),
    ),
  };
}

function detailOf(value: OfficeApplication): z.input<typeof applicationDetail> {
  const { applicant } = value;
  return {
    id: value.id,
    version: value.version,
    number: value.number,
    kind: value.kind,
    state: value.state,
    personId: value.personId,
    submittedAt: value.submittedAt?.toISOString() ?? null,
    wishedOn: value.wishedOn,
    attention: value.attention,
    attentionReason: value.attentionReason,
    late: value.late,
    name: value.name,
    kana: value.kana,
    licenceNumber: value.licence,
    applicant:
      applicant === undefined
        ? null
        : {
            birthOn: applicant.birthOn,
            licensedOn: applicant.licensedOn,
            licenceChecked: applicant.licenceChecked,
            graduatedOn: applicant.graduatedOn,
            school: applicant.school,
            tel: applicant.tel,
            mail: applicant.mail,
          },
    findings: value.findings,
    ...contentOf(value),
    steps: stepsOf(value),
    messages: value.messages.map(noteOf),
    memos: value.memos.map(noteOf),
    history: value.history.map((line) => ({
      at: line.at.toISOString(),
      action: line.action,
      label: line.label,
      office: line.office ?? null,
      actorName: line.actorName,
      decidedOn: line.decidedOn,
    })),
    may: value.may,
  };
}

function mapped<T>(outcome: Outcome<T>, answer: (value: T) => ApiAnswer): Outcome<ApiAnswer> {
  return outcome.ok ? accepted(answer(outcome.value)) : outcome;
}

const text = (description: string) => z.string().optional().describe(description);

const idParams = z.object({ id: z.uuid() });

const list: ApiRoute = {
  method: 'get',
  path: '/applications',
  summary: '申請の一覧(申請管理)',
  access: defineAccess({
    id: 'api.applications',
    title: '申請の一覧',
    who: ['office'],
    audit: 'application.listed',
    limits: { perMinute: 1_200 },
  }),
  query: z.object({
    tab: text('todo, elsewhere, returned, ahead, done, all'),
    number: text('受付番号'),
    licence: text('医籍登録番号'),
    name: text('氏名・フリガナの先頭'),
    kind: text('join など'),
    state: text('状況'),
    attention: text('1: 要注意のみ'),
    late: text('1: 期限超過のみ'),
    from: text('申請日から'),
    to: text('申請日まで'),
    wishedFrom: text('希望日から'),
    wishedTo: text('希望日まで'),
    association: text('対象医師会コード'),
    sort: text('arrived, submitted, wished, kind, licence, name; - で降順'),
    size: text('25, 50, 100'),
    after: text('この届の次から'),
    before: text('この届の前まで'),
  }),
  answer: applicationList,
  handle: async ({ ctx, query }) => mapped(await ask(inbox, ctx, query), (value) => ({ body: listOf(value) })),
};

const one: ApiRoute = {
  method: 'get',
  path: '/applications/{id}',
  summary: '申請の詳細',
  access: defineAccess({
    id: 'api.application',
    title: '申請の詳細',
    who: ['office'],
    audit: 'application.viewed',
    limits: { perMinute: 1_200 },
  }),
  params: idParams,
  answer: applicationDetail,
  handle: async ({ ctx, params }) =>
    mapped(await ask(officeApplication, ctx, params), (value) => ({ body: detailOf(value), version: value.version })),
};

type Decision = { name: string; summary: string; command: Command<z.ZodType, unknown>; body: z.ZodObject };

function decision({ name, summary, command, body }: Decision): ApiRoute {
  return {
    method: 'post',
    path: `/applications/{id}/${name}`,
    summary,
    params: idParams,
    body,
    answer: z.looseObject({ id: z.uuid() }),
    access: defineAccess({ id: `api.${name}`, title: summary, who: ['office'], audit: command.name, limits: { perMinute: 600 } }),
    handle: async (request) =>
      mapped(
        await run(command, request.ctx, { ...request.body, id: request.params['id'], version: request.version }, request.key),
        (value) => ({ body: value }),
      ),
  };
}

const ticks = { licenceSeen: z.boolean().optional().describe('医師免許証を確認した') };

/** Routes under `/api/v1`. */
export const applicationApi: readonly ApiRoute[] = [
  list,
  one,
  decision({ name: 'receipt', summary: '受付', command: receive, body: z.object(ticks) }),
  decision({
    name: 'approval',
    summary: '承認',
    command: approve,
    body: z.object({
      ...ticks,
      decidedOn: z.string().describe('入会日・退会日・異動日 YYYY-MM-DD'),
      categoryId: z.int().optional().describe('退会には不要'),
      gapReason: z.string().optional().describe('異動で退会日と入会日が連続しないときの理由'),
      boardNote: z.string().optional(),
      message: z.string().optional(),
      confirmed: z.boolean().optional().describe('警告を確認した'),
    }),
  }),
  decision({
    name: 'return',
    summary: '差戻し',
    command: returnCase,
    body: z.object({
      reasons: z.array(z.string()),
      fields: z.array(z.object({ field: z.string(), comment: z.string() })).optional(),
      message: z.string(),
    }),
  }),
  decision({ name: 'rejection', summary: '非承認', command: reject, body: z.object({ reason: z.string(), message: z.string() }) }),
];
