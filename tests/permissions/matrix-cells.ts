import { newId } from '#kernel/id.ts';
import type { Marked } from '#support/marked-world.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import type { MatrixWorld, Visitor } from './matrix-world.ts';
import type { Target, Verdict } from './oracle.ts';
import { calls, expected, pages } from './oracle.ts';

/** The cells of the matrix (P7): who asks for which route of whom, how, and what the oracle says to it. */

export type Cell = {
  visitor: Visitor;
  route: string;
  path: string;
  method: 'GET' | 'POST' | 'DATA';
  verdict: Verdict;
  target: Marked | undefined;
};

const absent: Target = { missing: true, personId: '', state: '', steps: [], holder: undefined, approved: false, scope: [] };

function targetOf(one: Marked | undefined): Target {
  return one ?? absent;
}

function pathOf(route: string, one: Marked | undefined): string {
  const id = route.includes('/members') ? one?.personId : one?.caseId;
  return route
    .replace(':id', id ?? newId())
    .replace(':documentId', one?.documentId ?? newId())
    .replace(':page', '1')
    .replace(/:(number|version)/, '999999')
    .replaceAll(/:\w+/g, () => newId());
}

/** Doctors are tried on their own cases and one other's; everybody else on all. */
function isWorthTrying(marked: readonly Marked[], visitor: Visitor, target: Marked | undefined): boolean {
  if (visitor.actor.kind !== 'doctor' || target === undefined) return true;
  const place = marked.findIndex((one) => visitor.actor.kind === 'doctor' && one.personId === visitor.actor.personId);
  return place === -1 || target === marked[place] || target === marked[(place + 1) % marked.length];
}

type Ask = { route: string; methods: readonly Cell['method'][] };

function cellsOf({ marked, visitors }: MatrixWorld, { route, methods }: Ask): Omit<Cell, 'verdict'>[] {
  const targets: (Marked | undefined)[] = route.includes(':') ? [...marked, undefined] : [undefined];
  return visitors.flatMap((visitor) =>
    targets
      .filter((target) => isWorthTrying(marked, visitor, target))
      .flatMap((target) => methods.map((method) => ({ visitor, route, path: pathOf(route, target), method, target }))),
  );
}

function methodsOf({ form }: { form?: true | 'only' }): Cell['method'][] {
  if (form === 'only') return ['POST'];
  return form === true ? ['GET', 'DATA', 'POST'] : ['GET', 'DATA'];
}

/** At most so many of all cells, the same every time, taken evenly; who leaves does so last. */
export function allCells(matrix: MatrixWorld, most: number): Cell[] {
  const ofPages = Object.entries(pages).flatMap(([route, rule]) =>
    cellsOf(matrix, { route, methods: methodsOf(rule) }).map((cell) => ({
      ...cell,
      verdict: expected(rule, cell.visitor.actor, targetOf(cell.target)),
    })),
  );
  const ofCalls = Object.entries(calls).flatMap(([name, rule]) => {
    const [method = '', path = ''] = name.split(' ');
    return cellsOf(matrix, { route: `/api/v1${path}`, methods: [method === 'POST' ? 'POST' : 'GET'] }).map((cell) => ({
      ...cell,
      verdict: expected(rule, cell.visitor.actor, targetOf(cell.target)),
    }));
  });
  const random = new SeededRandom(7);
  const cells = [...ofPages, ...ofCalls];
  const chosen = cells.filter(() => random.next() < most / cells.length);
  const isFarewell = (cell: Cell) => cell.method === 'POST' && (cell.route === '/logout' || cell.route.endsWith('/account'));
  return [...chosen.filter((cell) => !isFarewell(cell)), ...chosen.filter(isFarewell)];
}
