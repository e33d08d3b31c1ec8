import { idInput } from '#kernel/input.ts';
import { associationsById, categoriesOf, codeList, settingsOn } from '#features/association/queries/directory.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { Origin } from '../commands/origin.ts';
import { leavesApart, originsOf, rivalOf } from '../commands/origin.ts';
import { isReturned } from '../flow.ts';
import { changeForm, transferForm } from '../forms.ts';
import { layerLabel } from '../labels.ts';
import { facilityNames } from '../messages.ts';
import { may } from '../policy.ts';
import { categoryField } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { filersOnly, loadFiled, ownPersonId } from './filing.ts';
import { loadDraft } from './join-draft.ts';
import { requestsOf } from './join-requests.ts';

/** Step 1 of both 異動届: the reasons, and the groups one may move (`screens.md D-09, D-10`). */

type Option = { value: string; label: string };

export type MoveGroup = {
  id: string;
  facility: string;
  primary: boolean;
  /** An open application of this group. */
  rivalId: string | undefined;
  /** A 異動届 does not end its memberships: a 退会届 is asked for. */
  leaveApart: boolean;
  places: readonly {
    associationId: number;
    field: string;
    label: string;
    category: string;
    categoryId: string;
    categories: readonly Option[];
  }[];
};

const reasonDetail = z.object({ group: z.string(), selectable_by: z.string() }).catch({ group: '', selectable_by: 'office' });

async function reasonsOf(tx: ReadTransaction, ctx: Context, kind: 'change' | 'transfer') {
  const rows = await codeList(tx, `reason.${kind}`, ctx.today);
  return rows
    .map((row) => ({ value: row.code, label: row.label, ...reasonDetail.parse(row.detail) }))
    .filter((row) => row.selectable_by !== 'office')
    .map(({ value, label, group }) => ({ value, label, group: group.split(' > ')[0] ?? '' }));
}

/** As much of a group as its card shows. */
type Shown = Pick<Origin, 'id' | 'facilityName' | 'isPrimary' | 'carried'>;

/** The group as a paper that was sent speaks of it, where it is another by now: its lowest office may have approved the new workplace. */
async function groupAsSent(tx: ReadTransaction, ctx: Context, draft: Case): Promise<Shown | undefined> {
  const form = (draft.kind === 'change' ? changeForm : transferForm).safeParse(draft.form).data;
  if (form === undefined) return undefined;
  const ids = form.before.map((place) => place.associationId);
  const associations = await associationsById(tx, ids, ctx.today);
  const carried = form.before.flatMap(({ associationId, categoryId }) => {
    const found = associations.find((one) => one.id === associationId);
    return found === undefined ? [] : [{ associationId, categoryId, layer: found.layer, name: found.name }];
  });
  return { id: form.affiliationId, facilityName: form.workplaceBefore === '' ? null : form.workplaceBefore, isPrimary: false, carried };
}

/** The groups of a person; of a paper that was sent back its own only. */
async function shownOf(tx: ReadTransaction, ctx: Context, at: { origins: readonly Origin[]; draft: Case | undefined }): Promise<Shown[]> {
  const { origins, draft } = at;
  if (draft === undefined || !isReturned(draft.state)) return [...origins];
  const { affiliationId } = writtenIn(draft);
  const own = origins.find((origin) => origin.id === affiliationId) ?? (await groupAsSent(tx, ctx, draft));
  return own === undefined ? [] : [own];
}

async function groupOf(tx: ReadTransaction, ctx: Context, at: { origin: Shown; personId: string; id: string }): Promise<MoveGroup> {
  const { origin } = at;
  const ids = origin.carried.map((place) => place.associationId);
  const categories = await categoriesOf(tx, ids, ctx.today);
  const rival = await rivalOf(tx, at, origin.id);
  return {
    id: origin.id,
    facility: origin.facilityName ?? facilityNames.undecided,
    primary: origin.isPrimary,
    rivalId: rival?.id,
    leaveApart: leavesApart(origin, await settingsOn(tx, ids.slice(0, 1), ctx.today)),
    places: origin.carried.map((place) => {
      const own = categories.filter((one) => one.associationId === place.associationId);
      return {
        associationId: place.associationId,
        field: categoryField(place.associationId),
        label: `${layerLabel(place.layer)} ${place.name}`,
        category: own.find((one) => one.id === place.categoryId)?.name ?? '',
        categoryId: String(place.categoryId),
        categories: own.filter((one) => one.id !== place.categoryId).map((one) => ({ value: String(one.id), label: one.name })),
      };
    }),
  };
}

type Written = { affiliationId: string; reason: string; reasonText: string; categories: Record<string, string> };

const nothing: Written = { affiliationId: '', reason: '', reasonText: '', categories: {} };

function writtenIn(draft: Case | undefined): Written {
  const change = changeForm.safeParse(draft?.kind === 'change' ? draft.form : undefined);
  if (change.success) {
    const { affiliationId, reason, reasonText, changes } = change.data;
    const categories = changes.map((one) => [categoryField(one.associationId), String(one.categoryId)] as const);
    return { affiliationId, reason, reasonText, categories: Object.fromEntries(categories) };
  }
  const transfer = transferForm.safeParse(draft?.kind === 'transfer' ? draft.form : undefined);
  if (!transfer.success) return nothing;
  const { affiliationId, reason, reasonText } = transfer.data;
  return { affiliationId, reason, reasonText, categories: {} };
}

/** The end of clinical training, once it is near or past: the form proposes 臨床研修修了 (`rules.md 4.2`). */
async function trainingEnds(tx: ReadTransaction, personId: string): Promise<string | null> {
  return (await findPerson(tx, personId))?.trainingEndsOn ?? null;
}

const startInput = z.object({
  kind: z.enum(['change', 'transfer']),
  id: z.union([z.literal(''), idInput]).default(''),
  /** A group, a reason or an earlier case proposed by the page one comes from. */
  group: z.string().max(40).catch(''),
  reason: z.string().max(10).catch(''),
});

export const moveStart = query({
  name: 'application.moveStart',
  input: startInput,
  allow: filersOnly,
  read: async (tx, input, ctx) => {
    const draft = input.id === '' ? undefined : await loadFiled(tx, ctx, input.id);
    const personId = draft?.personId ?? ownPersonId(ctx);
    if (personId === undefined || (input.id !== '' && draft?.kind !== input.kind)) return undefined;
    const origins = await originsOf(tx, ctx, personId);
    const groups: MoveGroup[] = [];
    for (const origin of await shownOf(tx, ctx, { origins, draft }))
      groups.push(await groupOf(tx, ctx, { origin, personId, id: input.id }));
    const written = writtenIn(draft);
    const [only] = groups;
    const proposed = groups.some((group) => group.id === input.group) ? input.group : groups.length === 1 ? (only?.id ?? '') : '';
    const loaded = draft === undefined ? undefined : await loadDraft(tx, ctx, draft.id);
    return {
      id: draft?.id,
      version: draft?.version,
      personId,
      editable: draft === undefined || may(ctx.actor, 'edit', draft),
      returned: draft !== undefined && isReturned(draft.state),
      reasons: await reasonsOf(tx, ctx, input.kind),
      groups,
      // A paper that an office has only begun holds nothing yet.
      written: {
        ...written,
        affiliationId: written.affiliationId === '' ? proposed : written.affiliationId,
        reason: draft === undefined ? input.reason : written.reason,
      },
      trainingEndsOn: await trainingEnds(tx, personId),
      requests: loaded === undefined ? undefined : await requestsOf(tx, loaded.target, { shown: loaded.shown, on: ctx.today }),
    };
  },
  audit: (value) => ({
    action: 'application.viewed',
    personIds: [value.personId],
    ...(value.id === undefined ? {} : { target: value.id }),
  }),
});

export type MoveStart = NonNullable<Awaited<ReturnType<typeof moveStart.read>>>;
