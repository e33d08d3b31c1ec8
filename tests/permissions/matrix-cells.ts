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
    .replace(':page', '1');
}

/** Doctors are tried on their own cases and one other's; everybody else on all. */
function isWorthTrying(marked: readonly Marked[], visitor: Visitor, target: Marked | undefined): boolean {
  if (visitor.actor.kind !== 'doctor' || target === undefined) return true;
  const place = marked.findIndex((one) => visitor.actor.kind === 'doctor' && one.personId === visitor.actor.personId);
  return place === -1 || target === marked[place] || target === marked[(place + 1) % marked.length];
}

type Ask = { route: string; form: boolean; methods: readonly Cell['method'][] };

function cellsOf({ marked, visitors }: MatrixWorld, { route, form, methods }: Ask): Omit<Cell, 'verdict'>[] {
  const targets: (Marked | undefined)[] = route.includes(':') ? [...marked, undefined] : [undefined];
  return visitors.flatMap((visitor) =>
    targets
      .filter((target) => isWorthTrying(marked, visitor, target))
      .flatMap((target) =>
        methods
          .filter((method) => method !== 'POST' || form)
          .map((method) => ({ visitor, route, path: pathOf(route, target), method, target })),
      ),
  );
}

/** All cells, or a part of them that is the same every time; who leaves does so last. */
export function allCells(matrix: MatrixWorld, share: number): Cell[] {
  const ofPages = Object.entries(pages).flatMap(([route, rule]) =>
    cellsOf(matrix, { route, form: rule.form === true, methods: ['GET', 'DATA', 'POST'] }).map((cell) => ({
      ...cell,
      verdict: expected(rule, cell.visitor.actor, targetOf(cell.target)),
    })),
  );
  const ofCalls = Object.entries(calls).flatMap(([name, rule]) => {
    const [method = '', path = ''] = name.split(' ');
    return cellsOf(matrix, { route: `/api/v1${path}`, form: true, methods: [method === 'POST' ? 'POST' : 'GET'] }).map((cell) => ({
      ...cell,
      verdict: expected(rule, cell.visitor.actor, targetOf(cell.target)),
    }));
  });
  const random = new SeededRandom(7);
  const chosen = [...ofPages, ...ofCalls].filter(() => random.next() < share);
  const isFarewell = (cell: Cell) => cell.method === 'POST' && (cell.route === '/logout' || cell.route.endsWith('/account'));
  return [...chosen.filter((cell) => !isFarewell(cell)), ...chosen.filter(isFarewell)];
}
