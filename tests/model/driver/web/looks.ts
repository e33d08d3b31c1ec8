import type { Action, Who } from '../../reference/permission.ts';
import { allowed } from '../../reference/permission.ts';
import type { Plain } from '../../reference/reference.ts';
import { attempt } from '../../reference/reference.ts';
import type { Case } from '../../reference/state.ts';
import { nameOf } from '../compare.ts';
import type { Play } from '../stage.ts';
import type { Browser } from './browser.ts';
import { rootOf } from './deeds.ts';
import { formIn } from './forms.ts';

/** The page of a case offers what the model allows, no more and no less. */

const links = ['approve', 'receive', 'return', 'reject', 'cancel', 'acknowledge'] as const;
const notes = ['message', 'memo', 'attention'] as const;
const onOfficePage: readonly Action[] = [...links, ...notes, 'revoke', 'revokeLeave'];
const onOwnPage: readonly Action[] = ['retract', 'resubmit', 'message'];

function leads(html: string, path: string): boolean {
  return html.includes(`href="${path}"`) || html.includes(`href="${path}?`);
}

function offeredToOffice(html: string, at: string): Action[] {
  const takesBack = leads(html, `${at}/revoke`) ? [html.includes('>退会取消</a>') ? ('revokeLeave' as const) : ('revoke' as const)] : [];
  return [
    ...links.filter((action) => leads(html, `${at}/${action}`)),
    ...notes.filter((action) => formIn(html, { path: `${at}/${action}`, holding: 'idempotencyKey' }) !== undefined),
    ...takesBack,
  ];
}

function offeredToDoctor(html: string, at: string): Action[] {
  const offered: Action[] = [];
  if (leads(html, `${at}/retract`)) offered.push('retract');
  if (leads(html, `${at}/review`)) offered.push('resubmit');
  if (formIn(html, { path: at, holding: 'body' }) !== undefined) offered.push('message');
  return offered;
}

/** The first of two persons has approved what is still open. */
function hasApproved(one: Case, who: Who): boolean {
  return 'office' in who && one.steps.some((step) => step.association === who.office && step.first?.person === (who.person ?? 0));
}

/** What nobody may try again is not offered: to the first of two persons 承認, to everybody 承認取消 and 退会取消 when it is too late. */
function stillPossible({ model }: Play, { who, one }: Look, action: Action): boolean {
  if (action === 'approve') return !hasApproved(one, who);
  const plain: Plain | undefined = action === 'revoke' || action === 'revokeLeave' ? action : undefined;
  return plain === undefined || attempt(structuredClone(model), { do: plain, case: one.id, by: who });
}

type Look = { who: Who; one: Case };

/** Anybody whom the case concerns, and some whom it does not. */
function watchers(play: Play, one: Case): Who[] {
  const concerned = [...new Set(one.steps.map((step) => step.association))].map((office): Who => ({ office, role: 'admin' }));
  const contractor: Who = { office: play.lane.contractor.associationId, role: 'trainingContractor' };
  return [{ doctor: one.person }, ...concerned, { doctor: play.doctors.length }, contractor, { office: 13_005, role: 'admin' }];
}

const decisive: readonly Action[] = [...links, 'revoke', 'revokeLeave', 'retract', 'resubmit'];

/** Which case and whose screen: two of three times somebody's who can do something now; by turns, so that a run that is played again looks at the same. */
export function nextLook(play: Play, turn: number): Look | undefined {
  const all = play.model.cases.flatMap((one) => watchers(play, one).map((who): Look => ({ who, one })));
  const busy = all.filter(({ who, one }) => allowed(play.model, who, one).some((action) => decisive.includes(action)));
  const round = Math.floor(turn / 3);
  return turn % 3 === 2 || busy.length === 0 ? all[round % Math.max(1, all.length)] : busy[(round * 2 + (turn % 3)) % busy.length];
}

/** What the page of the case says otherwise than the model, in lines. */
export async function looksWrong(play: Play, { who, one }: Look, at: { browser: Browser; cookie: string }): Promise<string[]> {
  const path = `${rootOf(who)}/${play.cases.get(one.id) ?? ''}`;
  const page = await at.browser.open(path, at.cookie);
  const may = allowed(play.model, who, one);
  const wrong = (model: string, product: string) => [`page of case ${one.id} for ${nameOf(who)}: model: ${model}; product: ${product}`];
  if (!may.includes('view')) return [403, 404].includes(page.status) ? [] : wrong('may not see it', `${page.status}`);
  if (one.state === 'draft') {
    const to = page.headers.location ?? '';
    return page.status === 302 && to.startsWith(`${path}/`) ? [] : wrong('goes on writing', `${page.status} ${to}`);
  }
  if (page.status !== 200) return wrong('may see it', `${page.status}`);
  const office = 'office' in who;
  const offered = office ? offeredToOffice(page.body, path) : offeredToDoctor(page.body, path);
  const expected = (office ? onOfficePage : onOwnPage).filter((action) => may.includes(action));
  const fewer = expected.filter((action) => offered.includes(action) || stillPossible(play, { who, one }, action));
  const lines = [fewer, offered].map((actions) => actions.toSorted().join(' '));
  return lines[0] === lines[1] ? [] : wrong(lines[0] ?? '', lines[1] ?? '');
}
