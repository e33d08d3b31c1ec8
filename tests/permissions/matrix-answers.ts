import { dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { Answer, Caller, NoAnswer } from '#support/calls.ts';
import type { Marked } from '#support/marked-world.ts';
import type { Cell } from './matrix-cells.ts';
import { maySeeCase, maySeePerson } from './oracle.ts';

/** Asking the running product as one cell of the matrix says, and judging its answer (P7). */

const today = dayOfInstant(new Date());

/** Where a form is sent: the page inside a frame is asked for by name. */
const insideFrame = new Set(['/my/applications/:id', '/jma/associations', '/office/members', '/office/mailings-and-categories']);

/** What the act needs, rightly filled in: only the permission stands in the way. */
const fields: Readonly<Record<string, string>> = {
  decidedOn: today,
  confirmed: 'on',
  licenceSeen: 'on',
  reasons: 'R04',
  reason: '01',
  message: 'ご確認ください。',
  note: '登録の誤りのため',
  body: '本文',
  messageBody: '本文',
  memoBody: '本文',
  confirmedFor: today,
  attention: 'on',
  intent: 'submit',
  lowestAssociationId: '27001',
  ticked: '27001',
  wishedOn: today,
  facilityUndecided: '1',
  workCode: '11',
  positionCode: '02',
};

/** How the 案内 of O-08 goes; elsewhere a field of this name means something else. */
function wayOf(route: string, rightly: Readonly<Record<string, string>>): Record<string, string> {
  return route.endsWith('/guidance') && Object.keys(rightly).length > 0 ? { way: 'mail' } : {};
}

async function ask(caller: Caller, { visitor, route, path, method, target, verdict }: Cell): Promise<Answer | NoAnswer> {
  const headers = { Cookie: visitor.cookie, Origin: caller.origin };
  if (method === 'GET') return await caller.call({ path, headers });
  if (method === 'DATA') return await caller.call({ path: path === '/' ? '/_root.data' : `${path}.data`, headers });
  // Who may act sends a version that cannot be right, so that nothing happens; everybody else sends what would work.
  const version = verdict === 'page' || verdict === 'may' ? 999_999 : (target?.version ?? 1);
  if (path.startsWith('/api/')) {
    const body = JSON.stringify({ ...fields, reasons: ['R04'], categoryId: 1, confirmed: true, licenceSeen: true });
    return await caller.call({
      method: 'POST',
      path,
      body,
      headers: { ...headers, 'Content-Type': 'application/json', 'If-Match': `"${version}"`, 'Idempotency-Key': newId() },
    });
  }
  const rightly = verdict === 'page' || verdict === 'may' ? {} : fields;
  const intent: Record<string, string> = { ...(route.endsWith('/approve') ? { intent: 'approve' } : {}), ...wayOf(route, rightly) };
  const body = new URLSearchParams({ ...rightly, ...intent, version: String(version), idempotencyKey: newId() }).toString();
  return await caller.call({
    method: 'POST',
    path: insideFrame.has(route) ? `${path}?index` : path,
    body,
    headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
  });
}

/** Statuses that say the same to page requests, data requests and calls. */
function fits(cell: Cell, answer: Answer): boolean {
  const { status } = answer;
  const isCall = cell.path.startsWith('/api/');
  if (status >= 500) return false;
  switch (cell.verdict) {
    case 'page':
      return cell.method === 'POST' ? ![401, 403, 404].includes(status) : status === 200;
    case 'may':
      return status !== 429 && (status !== 401 || cell.visitor.actor.kind === 'guest');
    case 'login':
      return isCall
        ? status === 401
        : cell.method === 'DATA'
          ? status === 202
          : (status === 302 || status === 303) && (answer.headers.location ?? '').startsWith('/login');
    case 'forbidden':
      return status === 403;
    case 'absent':
      return status === 404;
  }
}

/** Data of people whom the visitor may not be shown, anywhere in an answer. */
function leaks(marked: readonly Marked[], cell: Cell, answer: Answer): string[] {
  const shown = `${answer.body} ${JSON.stringify(answer.headers)}`;
  return marked
    .filter((one) => !maySeePerson(cell.visitor.actor, one) && !maySeeCase(cell.visitor.actor, one))
    .flatMap((one) =>
      one.marks
        .filter((mark) => shown.includes(mark) && !cell.path.includes(mark))
        .map((mark) => `${one.name} (${mark.length} characters)`),
    );
}

/** What is wrong with the answer to one cell; empty when it is as the oracle says. */
export async function faultsOf(caller: Caller, cell: Cell, marked: readonly Marked[]): Promise<string[]> {
  const answer = await ask(caller, cell);
  const what = `${cell.visitor.name}: ${cell.method} ${cell.route} of ${cell.target?.name ?? '-'}`;
  if (!('body' in answer)) return [`${what}: no answer (${answer.error})`];
  const misfit = fits(cell, answer) ? [] : [`${what}: ${cell.verdict} expected, ${answer.status} ${answer.headers.location ?? ''}`];
  return [...misfit, ...[...new Set(leaks(marked, cell, answer))].map((leak) => `${what}: LEAK of ${leak}`)];
}
