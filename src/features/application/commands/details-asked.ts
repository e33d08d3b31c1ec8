import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { formatDayPlain, parseDayInput } from '#kernel/wareki.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { z } from 'zod';
import type { ApplicationKind } from '../flow.ts';
import type { ChangeForm, TransferForm } from '../forms.ts';
import { changeDetails, changeForm, leavingDetails, transferDetails, transferForm } from '../forms.ts';
import type { Details, JoinForm, RawDetails } from '../schema.ts';
import { detailsInput, joinForm } from '../schema.ts';

/** What step 2 asks for, by kind of paper: which fields, whose window and papers. */

export type Judged = Partial<Details> & { keepFacility?: boolean; leaveOn?: Day | undefined; gapReason?: string };

/** The form asks for workplace and work, and has them. */
export function hasWorkplace(judged: Judged): judged is Judged & Details {
  return judged.workCode !== undefined;
}

export type Asked = {
  kind: keyof typeof papersFor;
  form: JoinForm | ChangeForm | TransferForm;
  schema: z.ZodType<Judged>;
  /** Workplace and work are asked for. */
  workplace: boolean;
  /** Whose settings count, lowest first. */
  associationIds: readonly number[];
  /** Days with the association whose window of wishes holds. */
  windows: readonly { field: 'wishedOn' | 'leaveOn'; associationId: number | undefined }[];
};

const papersFor = { join: 'join', change: 'change', transfer: 'transfer' } as const satisfies Partial<
  Record<ApplicationKind, AssociationSettings['requiredDocuments'][number]['kind']>
>;

function joinAsked(form: JoinForm): Asked {
  const associationIds = form.choices.map((choice) => choice.associationId);
  const windows = [{ field: 'wishedOn', associationId: associationIds[0] }] as const;
  return { kind: 'join', form, schema: detailsInput, workplace: true, associationIds, windows };
}

function changeAsked(form: ChangeForm): Asked {
  const associationIds = form.before.map((one) => one.associationId);
  const windows = [{ field: 'wishedOn', associationId: associationIds[0] }] as const;
  return { kind: 'change', form, schema: changeDetails, workplace: true, associationIds, windows };
}

function transferAsked(form: TransferForm): Asked | undefined {
  const origin = form.before.map((one) => one.associationId);
  const leaving = { field: 'leaveOn', associationId: origin[0] } as const;
  if (form.undecided)
    return { kind: 'transfer', form, schema: leavingDetails, workplace: false, associationIds: origin, windows: [leaving] };
  if (form.destination === null) return undefined;
  const joined = form.destination.choices.map((choice) => choice.associationId);
  const joining = { field: 'wishedOn', associationId: joined.find((id) => !origin.includes(id)) ?? joined[0] } as const;
  const associationIds = [...new Set([...joined, ...origin])];
  if (form.leaveApart) return { kind: 'transfer', form, schema: detailsInput, workplace: true, associationIds, windows: [joining] };
  return { kind: 'transfer', form, schema: transferDetails, workplace: true, associationIds, windows: [joining, leaving] };
}

/** Undefined while step 1 is not finished, and for papers without such a step. */
export function askedOf(kind: ApplicationKind, stored: unknown): Asked | undefined {
  switch (kind) {
    case 'join': {
      const form = joinForm.safeParse(stored);
      return form.success ? joinAsked(form.data) : undefined;
    }
    case 'change': {
      const form = changeForm.safeParse(stored);
      return form.success ? changeAsked(form.data) : undefined;
    }
    case 'transfer': {
      const form = transferForm.safeParse(stored);
      return form.success ? transferAsked(form.data) : undefined;
    }
    case 'withdrawal':
      return undefined;
  }
}

/** 異動元の退会希望年月日 that was not typed is the day before the join (`rules.md 3.6`). */
export function withLeaveDay(asked: Asked, details: RawDetails): RawDetails {
  const { wishedOn, leaveOn } = details;
  const leaves = asked.windows.some((window) => window.field === 'leaveOn');
  if (asked.kind !== 'transfer' || !asked.workplace || !leaves || typeof wishedOn !== 'string' || (leaveOn ?? '') !== '') return details;
  const joins = parseDayInput(wishedOn);
  return joins === undefined ? details : { ...details, leaveOn: formatDayPlain(addDays(joins, -1)) };
}

/** The same form with other details. */
export function withDetails(asked: Asked, details: RawDetails): Asked['form'] {
  return { ...asked.form, details };
}
