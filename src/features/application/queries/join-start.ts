import { isId } from '#kernel/id.ts';
import { idInput } from '#kernel/input.ts';
import { childrenOf, codeList, settingsOn } from '#features/association/queries/directory.ts';
import { joinableLeaves } from '#features/association/queries/joinable.ts';
import { facilityOptions, findFacility, searchForFacilities } from '#features/facility/queries/facility.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { texts } from '../messages.ts';
import { may } from '../policy.ts';
import { joinForm } from '../schema.ts';
import { transferForm } from '../forms.ts';
import type { Leaving } from '../commands/choose-destination.ts';
import { loadLeaving } from '../commands/choose-destination.ts';
import { sharedPlaces } from '../commands/shared-uppers.ts';
import type { JoinForm } from '../schema.ts';
import { categoryField } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadChain } from './join-chain.ts';
import { filersOnly, loadFiled, ownPersonId } from './filing.ts';
import { loadDraft } from './join-draft.ts';
import { requestsOf } from './join-requests.ts';

/** Step 1 of 入会届: find the association by workplace or by name, then its chain. All choices live in the address. */

const text = z.string().max(200).catch('');
const prefecture = z
  .string()
  .regex(/^(\d{2})?$/)
  .catch('');

/** The parameters of the address, as the two search forms write them. Anything unusable counts as not given. */
export const startInput = z.object({
  id: z.union([z.literal(''), idInput]).default(''),
  /** 異動先 is found like the associations of 入会届. */
  kind: z.enum(['join', 'transfer']).default('join'),
  /** An earlier case whose choices are proposed (「この届をもとに新しい届を作成する」). */
  from: z.string().refine(isId).or(z.literal('')).catch(''),
  again: text,
  intent: text,
  facilityId: z.string().refine(isId).or(z.literal('')).catch(''),
  facilityIdQuery: text,
  facilityPrefecture: prefecture,
  prefecture,
  lowestAssociationId: z
    .string()
    .regex(/^\d{0,5}$/)
    .catch(''),
  lowestAssociationIdQuery: text,
});

type Asked = z.infer<typeof startInput>;
type Option = { value: string; label: string; note?: string };

export type Finder = {
  facilityPrefecture: string;
  facilityQuery: string;
  facilityHits: Option[] | undefined;
  prefecture: string;
  associationQuery: string;
  associationHits: Option[] | undefined;
  errors: Readonly<Record<string, readonly string[]>>;
};

export type ChosenWorkplace = { id: string; name: string };

type Chosen = { way: 'workplace' | 'association'; workplace: ChosenWorkplace | undefined; lowestAssociationId: number; prefecture: string };
type Found = { chosen: Chosen | undefined; finder: Finder };

const noHits: Pick<Finder, 'facilityHits' | 'associationHits'> = { facilityHits: undefined, associationHits: undefined };

function finderOf(asked: Asked, more: Partial<Finder> = {}): Finder {
  return {
    facilityPrefecture: asked.facilityPrefecture,
    facilityQuery: asked.facilityIdQuery,
    prefecture: asked.prefecture,
    associationQuery: asked.lowestAssociationIdQuery,
    ...noHits,
    errors: {},
    ...more,
  };
}

async function byWorkplace(tx: ReadTransaction, asked: Asked): Promise<Found> {
  const searches = asked.intent === 'search:facilityId' || asked.facilityId === '';
  if (searches) {
    if (asked.facilityIdQuery.trim() === '')
      return { chosen: undefined, finder: finderOf(asked, { errors: { facilityId: [texts.seeWorkplace] } }) };
    const hits = await searchForFacilities(tx, { q: asked.facilityIdQuery, prefecture: asked.facilityPrefecture });
    return { chosen: undefined, finder: finderOf(asked, { facilityHits: facilityOptions(hits) }) };
  }
  const facility = await findFacility(tx, asked.facilityId);
  if (facility?.associationId === undefined || facility.associationId === null) {
    const message = facility === undefined ? texts.facilityGone : texts.noAssociationThere(facility.name);
    return {
      chosen: undefined,
      finder: finderOf(asked, { errors: { facilityId: [message] }, prefecture: facility?.prefectureCode ?? '' }),
    };
  }
  return {
    chosen: {
      way: 'workplace',
      workplace: { id: facility.id, name: facility.name },
      lowestAssociationId: facility.associationId,
      prefecture: facility.prefectureCode ?? '',
    },
    finder: finderOf(asked),
  };
}

/** The prefecture itself stands on top where it takes members without a district. */
async function directOption(tx: ReadTransaction, ctx: Context, prefectureCode: string): Promise<Option[]> {
  const id = Number(prefectureCode) * 1000;
  const [settings] = await settingsOn(tx, [id], ctx.today);
  const name = (await codeList(tx, 'prefecture', ctx.today)).find((row) => row.code === prefectureCode)?.label;
  if (settings?.settings.directJoin !== true || name === undefined) return [];
  return [{ value: String(id), label: texts.prefectureAssociation(name), note: texts.withoutDistrict }];
}

async function byAssociation(tx: ReadTransaction, ctx: Context, asked: Asked): Promise<Found> {
  const searches = asked.intent === 'search:lowestAssociationId' || asked.lowestAssociationId === '';
  if (!searches) {
    return {
      chosen: {
        way: 'association',
        workplace: undefined,
        lowestAssociationId: Number(asked.lowestAssociationId),
        prefecture: asked.prefecture,
      },
      finder: finderOf(asked),
    };
  }
  if (asked.prefecture === '') return { chosen: undefined, finder: finderOf(asked, { errors: { prefecture: [texts.choosePrefecture] } }) };
  const leaves = await joinableLeaves(tx, asked.prefecture, { name: asked.lowestAssociationIdQuery, on: ctx.today });
  const hits = leaves.map((row) => ({ value: String(row.id), label: row.name, note: row.note }));
  return { chosen: undefined, finder: finderOf(asked, { associationHits: [...(await directOption(tx, ctx, asked.prefecture)), ...hits] }) };
}

async function byDraft(tx: ReadTransaction, asked: Asked, form: JoinForm | undefined): Promise<Found> {
  if (form === undefined || asked.again !== '') return { chosen: undefined, finder: finderOf(asked) };
  const facilityId = form.way === 'workplace' ? form.details['facilityId'] : undefined;
  const facility = isId(facilityId) ? await findFacility(tx, facilityId) : undefined;
  return {
    chosen: {
      way: form.way,
      workplace: facility === undefined ? undefined : { id: facility.id, name: facility.name },
      lowestAssociationId: form.lowestAssociationId,
      prefecture: form.prefecture,
    },
    finder: finderOf(asked),
  };
}

async function find(tx: ReadTransaction, ctx: Context, ask: { asked: Asked; form: JoinForm | undefined; fixed: boolean }): Promise<Found> {
  const { asked, form } = ask;
  if (ask.fixed) return await byDraft(tx, { ...asked, again: '' }, form);
  if (asked.facilityId !== '' || asked.intent === 'search:facilityId' || asked.intent === 'workplace') return await byWorkplace(tx, asked);
  if (asked.lowestAssociationId !== '' || asked.intent === 'search:lowestAssociationId' || asked.intent === 'association')
    return await byAssociation(tx, ctx, asked);
  return await byDraft(tx, asked, form);
}

function formOf(target: Case | undefined): JoinForm | undefined {
  if (target?.kind === 'transfer') {
    const form = transferForm.safeParse(target.form).data;
    return form === undefined || form.destination === null ? undefined : { ...form.destination, details: form.details };
  }
  const parsed = joinForm.safeParse(target?.form);
  return parsed.success ? parsed.data : undefined;
}

/** One does not join an association with others below it: those are offered instead. */
async function offerChildren(tx: ReadTransaction, ctx: Context, at: { found: Found; lowestAssociationId: number }): Promise<Finder> {
  const children = await childrenOf(tx, at.lowestAssociationId, ctx.today);
  return {
    ...at.found.finder,
    prefecture: children[0]?.prefectureCode ?? at.found.finder.prefecture,
    associationHits: children.map((row) => ({ value: String(row.id), label: row.name })),
    errors: { lowestAssociationId: [texts.chooseDistrictAssociation] },
  };
}

/** Upper memberships that another group may take over, with what was chosen so far. */
function sharedLines({ origin, others, form }: Leaving, staying: readonly number[]) {
  if (origin === undefined) return [];
  return sharedPlaces(origin, others, staying).map((place) => {
    const move = form.moves.find((one) => one.associationId === place.associationId);
    return {
      field: `moves.${categoryField(place.associationId)}`,
      name: place.name,
      chosen: move === undefined ? (place.with[0]?.id ?? '') : move.affiliationId === '' ? 'end' : move.affiliationId,
      groups: place.with.map((other) => ({ id: other.id, name: other.facilityName ?? other.carried[0]?.name ?? '' })),
    };
  });
}

async function requestsFor(tx: ReadTransaction, ctx: Context, draft: Case | undefined) {
  const loaded = draft === undefined ? undefined : await loadDraft(tx, ctx, draft.id);
  return loaded === undefined ? undefined : await requestsOf(tx, loaded.target, { shown: loaded.shown, on: ctx.today });
}

export const joinStart = query({
  name: 'application.joinStart',
  input: startInput,
  allow: filersOnly,
  read: async (tx, asked, ctx) => {
    const draft = asked.id === '' ? undefined : await loadFiled(tx, ctx, asked.id);
    const personId = draft?.personId ?? ownPersonId(ctx);
    if (personId === undefined || (asked.id !== '' && draft?.kind !== asked.kind)) return undefined;
    const earlier = draft === undefined && asked.from !== '' ? await loadFiled(tx, ctx, asked.from) : undefined;
    const form = formOf(draft ?? earlier);
    const leaving = draft?.kind === 'transfer' ? await loadLeaving(tx, ctx, draft) : undefined;
    const fixed = draft !== undefined && draft.steps.length > 0;
    const found = await find(tx, ctx, { asked, form, fixed });
    const chain =
      found.chosen === undefined
        ? undefined
        : await loadChain(tx, ctx, {
            personId,
            lowestAssociationId: found.chosen.lowestAssociationId,
            draft,
            form,
            leaving,
          });
    const staying =
      typeof chain === 'object' ? chain.lines.filter((line) => line.status !== 'member').map((line) => line.associationId) : [];
    const prefectures = (await codeList(tx, 'prefecture', ctx.today)).map((row) => ({ value: row.code, label: row.label }));
    return {
      id: draft?.id,
      version: draft?.version,
      personId,
      editable: draft === undefined || may(ctx.actor, 'edit', draft),
      fixed,
      prefectures,
      from: earlier?.id,
      chosen: typeof chain === 'object' ? found.chosen : undefined,
      chain: typeof chain === 'object' ? chain : undefined,
      finder:
        chain === 'hasChildren' && found.chosen !== undefined
          ? await offerChildren(tx, ctx, { found, lowestAssociationId: found.chosen.lowestAssociationId })
          : found.finder,
      requests: await requestsFor(tx, ctx, draft),
      leaveApart: leaving?.form.leaveApart === true,
      shared: leaving === undefined || leaving.form.leaveApart ? [] : sharedLines(leaving, staying),
      sharedUndecided: leaving === undefined ? [] : sharedLines(leaving, []),
    };
  },
  audit: (value) => (value.id === undefined ? undefined : { action: 'application.viewed', personIds: [value.personId], target: value.id }),
});

export type JoinStart = NonNullable<Awaited<ReturnType<typeof joinStart.read>>>;
