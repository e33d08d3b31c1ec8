import { formatLicence } from '#kernel/licence.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { z } from 'zod';
import type { CaseHead } from '../detail.store.server.ts';
import { findHead } from '../detail.store.server.ts';
import type { CaseCopy, CopyRow } from '../documents/case-copy.ts';
import { joinFields } from '../fields.ts';
import { kindLabel, layerLabel, paperName, stateLabel, stepLabel } from '../labels.ts';
import { copyTexts } from '../messages.ts';
import { applicationIdInput } from '../schema.ts';
import { myApplication } from './my-application.ts';
import { officeApplication } from './office-application.ts';

/** L-06 届の控え: what stands on the progress page of the doctor and on the detail page of an office, as a document. */

type Asked = z.infer<typeof applicationIdInput>;

type Printed = { personId: string; number: string; copy: CaseCopy };

type Facts = {
  number: string;
  paper: string;
  kind: string;
  state: string;
  submittedAt: string;
  steps: readonly CopyRow[];
  content: readonly CopyRow[];
};

function row(label: string, ...lines: readonly string[]): CopyRow {
  return { label, lines: lines.filter((line) => line !== '') };
}

function copyOf(ctx: Context, head: CaseHead, facts: Facts): CaseCopy {
  return {
    title: copyTexts.title(facts.paper),
    footer: copyTexts.footer(formatInstant(ctx.now)),
    sections: [
      {
        heading: copyTexts.summary,
        rows: [
          row(copyTexts.number, facts.number),
          row(copyTexts.kind, facts.kind),
          row(copyTexts.state, facts.state),
          row(copyTexts.submittedAt, facts.submittedAt),
          row(copyTexts.applicant, head.name, head.kana),
          row(copyTexts.licence, formatLicence(head.licence)),
        ],
      },
      { heading: copyTexts.progress, rows: facts.steps },
      { heading: copyTexts.content, rows: facts.content },
    ],
  };
}

async function readOwn(tx: ReadTransaction, input: Asked, ctx: Context): Promise<Printed | undefined> {
  const view = await myApplication.read(tx, input, ctx);
  const head = await findHead(tx, ctx.actor, input.id);
  if (view === undefined || head === undefined) return undefined;
  const copy = copyOf(ctx, head, {
    number: view.number,
    paper: view.paper,
    kind: view.kind,
    state: view.stateText,
    submittedAt: view.submittedAt,
    steps: view.steps.map((step) => row(step.title, step.category, step.state, ...step.facts.map((fact) => `${fact.label} ${fact.value}`))),
    content: view.content.map((line) => row(line.label, ...line.lines)),
  });
  return { personId: view.personId, number: view.number, copy };
}

/** The copy of an own case. */
export const myCaseCopy = query({
  name: 'application.ownCopy',
  input: applicationIdInput,
  allow: myApplication.allow,
  read: readOwn,
  audit: (value, { id }) => ({ action: 'application.printed', personIds: [value.personId], target: id }),
});

async function readForOffice(tx: ReadTransaction, input: Asked, ctx: Context): Promise<Printed | undefined> {
  const view = await officeApplication.read(tx, input, ctx);
  const head = await findHead(tx, ctx.actor, input.id);
  if (view === undefined || head === undefined) return undefined;
  const { shown } = view.content;
  const copy = copyOf(ctx, head, {
    number: view.number,
    paper: paperName(view.kind),
    kind: kindLabel(view.kind, view.state),
    state: stateLabel(view.state, 'office', view.aheadOn === undefined ? undefined : formatDayPlain(view.aheadOn)),
    submittedAt: view.submittedAt === undefined ? '' : formatInstant(view.submittedAt),
    steps: view.steps.map((step) =>
      row(
        `${layerLabel(step.layer)} ${step.associationName}`,
        step.decidedCategory === '' ? step.category : step.decidedCategory,
        stepLabel(step.state, step.role),
        step.decidedOn === null ? '' : formatDayPlain(step.decidedOn),
        step.boardNote,
      ),
    ),
    content: shown === undefined ? [] : joinFields(shown).map((field) => row(field.label, ...field.lines(shown))),
  });
  return { personId: view.personId, number: view.number, copy };
}

/** The copy of a case as the acting office sees it: never a correction that has not been sent. */
export const officeCaseCopy = query({
  name: 'application.officeCopy',
  input: applicationIdInput,
  allow: officeApplication.allow,
  read: readForOffice,
  audit: (value, { id }) => ({ action: 'application.printed', personIds: [value.personId], target: id }),
});
