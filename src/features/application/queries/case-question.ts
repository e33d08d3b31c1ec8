import type { Day } from '#kernel/day.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { ApplicationKind, Leg } from '../flow.ts';

/** What is asked of an application to show what it says. */
export type CaseQuestion = {
  kind: ApplicationKind;
  form: unknown;
  applicationId: string;
  /** Settings of the associations concerned: today's for a draft, the pinned ones for a case. */
  settings: readonly AssociationSettings[];
  /** The day on which names and code lists are read: today for a draft, the day of submission for a case. */
  on: Day;
  /** The side of a transfer that reads; the applicant reads everything. */
  side?: Leg;
};
