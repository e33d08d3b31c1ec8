import { categoriesOf, settingsOn } from '#features/association/queries/directory.ts';
import type { MemberCategory, PinnedSettings } from '#features/association/queries/directory.ts';
import { infoOfAssociations } from '#features/association/queries/info.ts';
import { affiliationFrom } from '#features/membership/queries/groups.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findOpenRival } from '../draft.store.server.ts';
import { loadChoice } from '../commands/choose-associations.ts';
import { openKeyOf } from '../commands/submit-join.ts';
import type { Leaving } from '../commands/choose-destination.ts';
import { isDecided } from '../flow.ts';
import { texts } from '../messages.ts';
import { demandedLayer } from '../rules.ts';
import type { JoinForm } from '../schema.ts';
import type { Case } from '../store.server.ts';

/** The table of step 1: the chain from the chosen association up, with what the doctor may tick and choose. */

export type ChainLine = {
  associationId: number;
  layer: number;
  name: string;
  /** member 所属中, pending asked for in another case, decided already approved in this one. */
  status: 'open' | 'member' | 'pending' | 'decided' | 'stays';
  ticked: boolean;
  /** The tick cannot be taken away: the lowest one, and what the settings of the lowest demand. */
  locked: boolean;
  lockNote: string;
  categories: readonly { value: string; label: string; jmaCode: string }[];
  categoryId: string;
};

export type JoinChain = {
  lowestAssociationId: number;
  lines: readonly ChainLine[];
  /** 直接入会 may be chosen; `direct` is the choice so far, `directOnly` when it began at the prefecture. */
  directAllowed: boolean;
  direct: boolean;
  directOnly: boolean;
  prefectureName: string;
  allMember: boolean;
  rivalId: string | undefined;
  papers: readonly { associationName: string; papers: string }[];
  /** 入会の案内文 of the associations that have one (`screens.md O-19`). */
  guides: readonly { associationName: string; text: string }[];
  help: readonly { label: string; description: string }[];
};

type Around = Awaited<ReturnType<typeof loadChoice>>;
type Known = {
  leaving: Leaving | undefined;
  around: Around;
  form: JoinForm | undefined;
  draft: Case | undefined;
  categories: readonly MemberCategory[];
};

/** The category held by the group that a transfer leaves: the membership goes on. */
function heldIn({ leaving }: Known, associationId: number): number | undefined {
  return leaving?.origin?.carried.find((place) => place.associationId === associationId)?.categoryId;
}

function statusOf(associationId: number, known: Known): ChainLine['status'] {
  const { around, draft } = known;
  const step = draft?.steps.find((one) => one.associationId === associationId);
  if (step !== undefined && step.leg === 'join') return isDecided(step.state) ? 'decided' : 'open';
  if (heldIn(known, associationId) !== undefined) return 'stays';
  if (around.memberOf.includes(associationId)) return 'member';
  return around.pending.includes(associationId) ? 'pending' : 'open';
}

function lineOf(link: Around['chain'][number], known: Known): ChainLine {
  const { around, form, draft } = known;
  const lowest = around.chain[0];
  const chosen = form?.choices.find((choice) => choice.associationId === link.associationId);
  const status = statusOf(link.associationId, known);
  const demanded = link.associationId !== lowest?.associationId && link.layer >= demandedLayer(around.lowest);
  const sent = draft !== undefined && draft.steps.length > 0;
  return {
    associationId: link.associationId,
    layer: link.layer,
    name: link.name,
    status,
    ticked: status === 'open' && (form === undefined || chosen !== undefined || demanded || link.associationId === lowest?.associationId),
    locked: sent || demanded || link.associationId === lowest?.associationId,
    lockNote: demanded && status === 'open' ? texts.demandedBy({ lowest: lowest?.name ?? '', upper: link.name }) : '',
    categories: known.categories
      .filter((category) => category.associationId === link.associationId)
      .map((category) => ({ value: String(category.id), label: category.name, jmaCode: category.jmaCode ?? '' })),
    categoryId:
      chosen === undefined || chosen.categoryId === 0 ? String(heldIn(known, link.associationId) ?? '') : String(chosen.categoryId),
  };
}

function papersText(settings: PinnedSettings, kind: 'join' | 'transfer'): string {
  const papers = settings.settings.requiredDocuments.filter((paper) => paper.kind === kind);
  return papers
    .map((paper) => `${paper.title}${paper.required ? texts.requiredMark : ''}${paper.note === '' ? '' : ` ${paper.note}`}`)
    .join('、');
}

/** Marks of the JMA's categories, one line each (`db/masters/jma_member_categories.csv`). */
function helpOf(categories: readonly MemberCategory[]) {
  return categories.filter((category) => category.description !== '').map(({ name, description }) => ({ label: name, description }));
}

async function rivalOf(tx: ReadTransaction, ctx: Context, ask: { personId: string; lowestAssociationId: number; draft: Case | undefined }) {
  const affiliationId = await affiliationFrom(tx, ctx.actor, { ...ask, on: ctx.today });
  const rival = await findOpenRival(tx, ask.personId, openKeyOf(affiliationId, ask.lowestAssociationId));
  return rival === undefined || rival.id === ask.draft?.id ? undefined : rival.id;
}

export type ChainQuestion = {
  personId: string;
  lowestAssociationId: number;
  draft: Case | undefined;
  form: JoinForm | undefined;
  leaving?: Leaving | undefined;
};

/** Undefined when there is no such association; `children` when one joins below it instead. */
export async function loadChain(tx: ReadTransaction, ctx: Context, ask: ChainQuestion): Promise<JoinChain | 'hasChildren' | undefined> {
  const around = await loadChoice(tx, ctx, {
    personId: ask.personId,
    lowestAssociationId: ask.lowestAssociationId,
    applicationId: ask.draft?.id ?? '',
  });
  const [lowest] = around.chain;
  if (lowest === undefined || lowest.layer === 1) return undefined;
  if (around.hasChildren && lowest.layer > 2 && !around.memberOf.includes(lowest.associationId)) return 'hasChildren';
  const ids = around.chain.map((link) => link.associationId);
  const categories = await categoriesOf(tx, ids, ctx.today);
  const settings = new Map((await settingsOn(tx, ids, ctx.today)).map((row) => [row.associationId, row]));
  const infos = new Map((await infoOfAssociations(tx, ids, ctx.today)).map((row) => [row.associationId, row]));
  const sameChain = ask.form?.lowestAssociationId === ask.lowestAssociationId ? ask.form : undefined;
  const all = around.chain.map((link) => lineOf(link, { around, form: sameChain, draft: ask.draft, categories, leaving: ask.leaving }));
  const sent = ask.draft !== undefined && ask.draft.steps.length > 0;
  const lines = sent ? all.filter((line) => ask.draft?.steps.some((step) => step.associationId === line.associationId)) : all;
  const top = categories.filter((category) => category.associationId === around.chain.at(-1)?.associationId);
  return {
    lowestAssociationId: ask.lowestAssociationId,
    lines,
    directAllowed: around.prefecture.directJoin && !sent,
    direct: ask.form?.direct === true || lowest.layer === 2,
    directOnly: lowest.layer === 2,
    prefectureName: around.chain.find((link) => link.layer === 2)?.name ?? '',
    allMember: all.every((line) => line.status === 'member'),
    rivalId:
      sent || ask.leaving !== undefined
        ? undefined
        : await rivalOf(tx, ctx, { personId: ask.personId, lowestAssociationId: ask.lowestAssociationId, draft: ask.draft }),
    papers: around.chain.flatMap((link) => {
      const row = settings.get(link.associationId);
      const text = row === undefined ? '' : papersText(row, ask.leaving === undefined ? 'join' : 'transfer');
      return text === '' ? [] : [{ associationName: link.name, papers: text }];
    }),
    guides: around.chain.flatMap((link) => {
      const text = infos.get(link.associationId)?.joinGuide ?? '';
      return text === '' ? [] : [{ associationName: link.name, text }];
    }),
    help: helpOf(top),
  };
}
