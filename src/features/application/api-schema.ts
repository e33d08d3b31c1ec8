import { z } from 'zod';

/** What the API answers about applications. */

const day = z.iso.date();
const instant = z.iso.datetime();

const holder = z.object({ associationId: z.int(), name: z.string(), days: z.int() });

const listItem = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.string(),
  state: z.string(),
  personId: z.uuid(),
  name: z.string(),
  kana: z.string(),
  licenceNumber: z.string(),
  wishedOn: day.nullable(),
  submittedAt: instant,
  attention: z.boolean(),
  stepState: z.string(),
  arrivedAt: instant.nullable(),
  decidedOn: day.nullable(),
  lowestAssociation: z.string(),
  highestAssociation: z.string(),
  holder: holder.nullable(),
  late: z.boolean(),
});

/** One page of 申請管理. */
export const applicationList = z.object({
  items: z.array(listItem),
  count: z.int(),
  after: z.uuid().nullable(),
  before: z.uuid().nullable(),
});

/** One office's step. */
export const applicationStep = z.object({
  id: z.uuid(),
  associationId: z.int(),
  associationName: z.string(),
  layer: z.int(),
  role: z.string(),
  state: z.string(),
  category: z.string(),
  decidedCategory: z.string(),
  decidedOn: day.nullable(),
  arrivedAt: instant.nullable(),
  /** Days with this office, without those with the applicant; null unless it has the case now. */
  days: z.int().nullable(),
  receivedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string(),
  boardNote: z.string(),
});

const note = z.object({
  id: z.uuid(),
  associationId: z.int().nullable(),
  authorName: z.string(),
  authorOffice: z.string(),
  body: z.string(),
  at: instant,
});

/** One case with everything an office may see of it. */
export const applicationDetail = z.object({
  id: z.uuid(),
  version: z.int(),
  number: z.string(),
  kind: z.string(),
  state: z.string(),
  personId: z.uuid(),
  submittedAt: instant.nullable(),
  wishedOn: day.nullable(),
  attention: z.boolean(),
  attentionReason: z.string(),
  late: z.boolean(),
  name: z.string(),
  kana: z.string(),
  licenceNumber: z.string(),
  applicant: z
    .object({
      birthOn: day,
      licensedOn: day,
      licenceChecked: z.boolean(),
      graduatedOn: z.string(),
      school: z.string(),
      tel: z.string(),
      mail: z.string(),
    })
    .nullable(),
  findings: z.array(z.string()),
  fields: z.array(z.object({ code: z.string(), label: z.string(), lines: z.array(z.string()) })),
  documents: z.array(z.object({ code: z.string(), title: z.string(), fileName: z.string() })),
  steps: z.array(applicationStep),
  messages: z.array(note),
  memos: z.array(note.extend({ ownOfficeOnly: z.boolean() })),
  history: z.array(
    z.object({
      at: instant,
      action: z.string(),
      label: z.string(),
      office: z.string().nullable(),
      actorName: z.string(),
      decidedOn: day.nullable(),
    }),
  ),
  may: z.array(z.string()),
});
