import { pdf } from '#support/sample-files.ts';
import type { Attempt } from '../../reference/reference.ts';
import type { Paper } from '../../reference/state.ts';
import { carriedNow } from '../moves.ts';
import { chainOf, namedIn, postedCategories, postedMoves, typedDetails } from '../fields.ts';
import type { Play } from '../stage.ts';
import type { Browser, Sent, Sheet } from './browser.ts';
import type { Fields } from './forms.ts';
import { leadsTo } from './deeds.ts';

/** Papers as the doctor fills them in page by page, kind by kind. */

/** Who writes, in which browser; `looking` where he fills in what the pages offer, `stale` where his page is an old one. */
export type Desk = { play: Play; browser: Browser; cookie: string; looking: boolean; stale: boolean };
type Written = Pick<Sheet, 'path' | 'page' | 'fields' | 'files' | 'holding' | 'taken'>;

const root = '/my/applications';
const anyId = '[0-9a-f-]{36}';
const licence = { 'document.licence': new File([new Uint8Array(pdf())], '医師免許証.pdf', { type: 'application/pdf' }) };

function under(name: string, fields: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([code, value]) => [`${name}.${code}`, value]));
}

async function put({ browser, cookie, looking, stale }: Desk, written: Written): Promise<Sent> {
  return await (looking ? browser.fillIn({ cookie, stale, ...written }) : browser.send({ cookie, ...written }));
}

async function versionOf(play: Play, id: string): Promise<string> {
  const { rows } = await play.lane.owner.query<{ version: number }>('SELECT version FROM application WHERE id = $1', [id]);
  return String(rows[0]?.version ?? 0);
}

/** The chain that is asked for, as the table of 入会届 and of the destination holds it. */
function chainFields(play: Play, paper: Paper): Fields {
  const lowest = paper.lowest ?? 0;
  const direct = play.model.associations.find((one) => one.id === lowest)?.layer === 2;
  return {
    intent: 'next',
    way: 'association',
    prefecture: '',
    facilityId: '',
    lowestAssociationId: String(lowest),
    ...(direct ? { direct: '1' } : {}),
    ticked: namedIn(play, paper).map(String),
    ...under('categories', postedCategories(paper, chainOf(play, lowest))),
  };
}

/** Step 1 of each kind; `id` is '' for a new paper. */
function firstPage(play: Play, paper: Paper, id: string): Written {
  const at = id === '' ? root : `${root}/${id}`;
  const next = (page: string) => new RegExp(`^${root}/${anyId}/${page}$`);
  const affiliationId = play.affiliations.get(paper.affiliation ?? '') ?? '';
  switch (paper.kind) {
    case 'join': {
      const page = id === '' ? `${root}/join?lowestAssociationId=${paper.lowest}` : undefined;
      const path = id === '' ? `${root}/join` : `${at}/associations`;
      return {
        path,
        ...(page === undefined ? {} : { page }),
        fields: chainFields(play, paper),
        holding: 'lowestAssociationId',
        taken: next('details'),
      };
    }
    case 'withdrawal': {
      const fields: Fields = {
        intent: 'next',
        leave: paper.ticked.map(String),
        ...under('moves', postedMoves(play, paper, carriedNow(play, paper).slice(1))),
        wishedOn: paper.wishedOn,
        reason: 'W01',
        reasonText: '',
      };
      const [path, page] =
        id === '' ? [`${root}/withdrawal`, `${root}/withdrawal?step=form`] : [`${at}/associations`, `${at}/associations`];
      return { path, page, fields, holding: 'wishedOn', taken: next('review') };
    }
    case 'change': {
      const asked = postedCategories(paper, id === '' ? carriedNow(play, paper) : paper.before);
      const fields = { intent: 'next', affiliationId, reason: 'C06', reasonText: '', ...under('categories', asked) };
      return { path: `${at}/change`, fields, holding: 'reason', taken: next('details') };
    }
    case 'transfer':
      if (id === '') return beginning(affiliationId);
      return destination(play, paper, at);
  }
}

/** Reason and origin of 異動届. */
function beginning(affiliationId: string): Written {
  const fields = { intent: 'next', affiliationId, reason: 'T02', reasonText: '' };
  return { path: `${root}/transfer`, fields, holding: 'reason', taken: new RegExp(`^${root}/${anyId}/destination$`) };
}

/** Where to, or 異動先を決めずに進む. */
function destination(play: Play, paper: Paper, at: string): Written {
  const path = `${at}/destination`;
  const moves = under('moves', postedMoves(play, paper, carriedNow(play, paper).slice(1)));
  const taken = leadsTo(`${at}/details`);
  if (paper.lowest === undefined) return { path, fields: { intent: 'undecided', ...moves }, holding: 'version', taken };
  const page = `${path}?lowestAssociationId=${paper.lowest}`;
  return { path, page, fields: { ...chainFields(play, paper), ...moves }, holding: 'lowestAssociationId', taken };
}

/** Step 2: days and workplace; boxes are ticked with what stands in them. */
function detailsPage(paper: Paper, id: string, intent: 'next' | 'save'): Written {
  const typed = Object.entries(typedDetails(paper)).map(([name, value]) => [name, value === 'on' ? '1' : value] as const);
  const fields = Object.fromEntries(
    [...typed, ['intent', intent]].filter((field): field is [string, string | string[]] => typeof field[1] !== 'boolean'),
  );
  return {
    path: `${root}/${id}/details`,
    fields,
    holding: 'note',
    taken: intent === 'next' ? leadsTo(`${root}/${id}/review`) : leadsTo(`${root}/${id}`),
  };
}

/** With the version that stands there, as the page shows it. */
async function putOn(desk: Desk, id: string, written: Written): Promise<Sent> {
  const version = await versionOf(desk.play, id);
  return await put(desk, { ...written, fields: { ...written.fields, version } });
}

async function throwAway(desk: Desk, id: string): Promise<void> {
  const written = { path: `${root}/${id}/delete`, fields: {}, holding: 'version', taken: leadsTo(`${root}?tab=draft`) };
  const { ok, said } = await putOn({ ...desk, looking: false }, id, written);
  if (ok !== true) throw new Error(`a draft stays: ${said}`);
}

function idIn(location: string): string | undefined {
  return new RegExp(`^${root}/(${anyId})/`).exec(location)?.[1];
}

/** All pages of a paper. What a refused page has kept is thrown away again. */
export async function draftOnPages(desk: Desk, { paper }: Extract<Attempt, { do: 'draft' }>): Promise<Sent & { id: string }> {
  const begun = await put(desk, firstPage(desk.play, paper, ''));
  const id = idIn(begun.location) ?? '';
  // A new 退会届 is kept before it is judged: its faults stand on its own page.
  if (begun.ok === undefined && begun.location === `${root}/${id}/associations?check=1`) {
    await throwAway(desk, id);
    return { ok: false, said: 'kept, with faults', location: '', id };
  }
  if (begun.ok !== true || paper.kind === 'withdrawal') return { ...begun, id };
  const led = paper.kind === 'transfer' ? await putOn(desk, id, firstPage(desk.play, paper, id)) : begun;
  const files = paper.kind === 'join' ? { files: licence } : {};
  const last = led.ok === true ? await putOn(desk, id, { ...detailsPage(paper, id, 'next'), ...files }) : led;
  if (last.ok === false) await throwAway(desk, id);
  return { ...last, id };
}

type Correcting = { id: string; before: Paper; correction: Extract<Attempt, { do: 'resubmit' }>['correction']; version: string };

/** The pages that hold what is to be corrected, the first with the version that its writer has seen. */
export async function correctOnPages(desk: Desk, { id, before, correction, version }: Correcting): Promise<Sent> {
  const { wishedOn = before.wishedOn, leaveOn = before.leaveOn, categories } = correction;
  const paper: Paper = { ...before, wishedOn, leaveOn, categories: { ...before.categories, ...categories } };
  const pages: Written[] = [];
  if (categories !== undefined || paper.kind === 'withdrawal') pages.push(firstPage(desk.play, paper, id));
  if (paper.kind !== 'withdrawal' && (correction.wishedOn ?? correction.leaveOn) !== undefined) pages.push(detailsPage(paper, id, 'next'));
  let sent: Sent = { ok: true, said: '', location: '' };
  for (const [place, page] of pages.entries()) {
    sent = place === 0 ? await put(desk, { ...page, fields: { ...page.fields, version } }) : await putOn(desk, id, page);
    if (sent.ok !== true) break;
  }
  return sent;
}

/** What was typed and did not help is typed back: the page has kept it, and the model knows nothing of it. */
export async function typeBack(desk: Desk, { id, before }: Pick<Correcting, 'id' | 'before'>): Promise<void> {
  const pages = [firstPage(desk.play, before, id), ...(before.kind === 'withdrawal' ? [] : [detailsPage(before, id, 'save')])];
  for (const page of pages) await putOn({ ...desk, looking: false }, id, page);
}
