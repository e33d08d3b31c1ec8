import type pg from 'pg';

export type Queryable = Pick<pg.ClientBase, 'query'>;

/** What kind of trace was found; the sentence for people is made from it. */
export type Trace = {
  kind: 'changed' | 'missing' | 'order' | 'unlinked' | 'head' | 'digest';
  chain: number;
  /** Number of the record in its chain. */
  seq: number;
  /** For `missing`: the last number of the gap. */
  until?: number;
  /** For `changed`: the time in Japan that the record itself claims, as shown; '' when it is no real time. */
  at?: string;
  /** For `digest`: the day of the digest that knows better. */
  date?: string;
};

/** A record of a chain: its number and its hash in hex. */
export type Place = { seq: number; hash: string };

/** Before the first record of a chain. */
export const chainStart: Place = { seq: 0, hash: '00' };

export type ChainSum = {
  chain: number;
  rows: number;
  traces: Trace[];
  /** Beyond those kept in `traces`. */
  more: number;
  /** The last record that was read. */
  end: Place;
};

const BATCH = 5000;
const KEPT_TRACES = 50;

type Row = { id: string; chain: number; seq: string; at: string | null; prev: string; hash: string; same: boolean };

const columnsSql = `e.id::text AS id, e.chain, e.seq::text AS seq, encode(e.prev_hash, 'hex') AS prev, encode(e.hash, 'hex') AS hash,
    e.hash IS NOT DISTINCT FROM public.audit_hash(e) AS same, to_char(e.at AT TIME ZONE 'Asia/Tokyo', 'YYYY/MM/DD HH24:MI:SS') AS at`;

const rowsSql = `SELECT ${columnsSql} FROM public.audit_event e
  WHERE (e.chain, e.seq, e.id) > ($1::int, $2::bigint, $3::bigint)
  ORDER BY e.chain, e.seq, e.id LIMIT ${BATCH}`;

const chainRowsSql = `SELECT ${columnsSql} FROM public.audit_event e
  WHERE e.chain = $1 AND (e.seq, e.id) > ($2::bigint, $3::bigint) AND e.seq <= $4::bigint
  ORDER BY e.seq, e.id LIMIT ${BATCH}`;

const lowest = '-9223372036854775808';
const highest = '9223372036854775807';

/** Collects traces per chain, at most a few of each, so that one rewritten million does not fill the memory. */
export class ChainSums {
  readonly #sums = new Map<number, ChainSum>();

  of(chain: number): ChainSum {
    let sum = this.#sums.get(chain);
    if (sum === undefined) {
      sum = { chain, rows: 0, traces: [], more: 0, end: chainStart };
      this.#sums.set(chain, sum);
    }
    return sum;
  }

  add(trace: Trace): void {
    const sum = this.of(trace.chain);
    if (sum.traces.length < KEPT_TRACES) sum.traces.push(trace);
    else sum.more += 1;
  }

  all(): ChainSum[] {
    return [...this.#sums.values()].sort((a, b) => a.chain - b.chain);
  }
}

/**
 * Reads every record once, in the order of its chain: its content must give its hash, its number must follow the one
 * before, it must name the hash before, and the chain must end where the head says.
 */
export async function checkChains(db: Queryable, sums: ChainSums): Promise<void> {
  let after: [number, string, string] = [-2_147_483_648, lowest, lowest];
  for (;;) {
    const { rows } = await db.query<Row>(rowsSql, after);
    for (const row of rows) checkRow(row, sums);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) break;
    after = [last.chain, last.seq, last.id];
  }
  await checkHeads(db, sums);
}

/**
 * The same for a part of one chain: from the record after `sums.of(chain).end` up to number `until` (all that there are
 * without it), about `most` records at a time. True when it came to the end.
 */
export async function checkPart(
  db: Queryable,
  sums: ChainSums,
  part: { chain: number; until?: number | undefined; most: number },
): Promise<boolean> {
  const { end } = sums.of(part.chain);
  // Numbers below the first would not be read by who begins behind number 0.
  let after = end.seq === 0 ? [lowest, lowest] : [String(end.seq), highest];
  for (let read = 0; read < part.most; ) {
    const { rows } = await db.query<Row>(chainRowsSql, [part.chain, ...after, part.until?.toString() ?? highest]);
    for (const row of rows) checkRow(row, sums);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return true;
    after = [last.seq, last.id];
    read += rows.length;
  }
  return false;
}

function checkRow(row: Row, sums: ChainSums): void {
  const { chain } = row;
  const seq = Number(row.seq);
  const sum = sums.of(chain);
  const before = sum.end;
  sum.rows += 1;
  if (!row.same) sums.add({ kind: 'changed', chain, seq, at: row.at ?? '' });
  if (seq > before.seq + 1) sums.add({ kind: 'missing', chain, seq: before.seq + 1, until: seq - 1 });
  else if (seq !== before.seq + 1) sums.add({ kind: 'order', chain, seq });
  if (row.prev !== before.hash) sums.add({ kind: 'unlinked', chain, seq });
  sum.end = { seq, hash: row.hash };
}

type Head = { chain: number; seq: string; hash: string };

const headsSql = "SELECT chain, seq::text AS seq, encode(hash, 'hex') AS hash FROM public.audit_head";

async function checkHeads(db: Queryable, sums: ChainSums): Promise<void> {
  const { rows } = await db.query<Head>(headsSql);
  const heads = new Map(rows.map((row) => [row.chain, { seq: Number(row.seq), hash: row.hash }]));
  for (const { chain, end, rows: read } of sums.all()) {
    if (read > 0) compareHead(sums, { chain, end, head: heads.get(chain) });
  }
  for (const [chain, head] of heads) {
    if (sums.of(chain).rows === 0) sums.add({ kind: 'head', chain, seq: head.seq });
  }
}

/** The head of a chain must be the last record that was read. */
function compareHead(sums: ChainSums, { chain, end, head }: { chain: number; end: Place; head: Place | undefined }): void {
  if (head === undefined || head.seq !== end.seq || head.hash !== end.hash) sums.add({ kind: 'head', chain, seq: end.seq });
}

/** The same for one chain, whose last record was read. */
export async function checkHead(db: Queryable, sums: ChainSums, chain: number): Promise<void> {
  const { rows } = await db.query<Head>(`${headsSql} WHERE chain = $1`, [chain]);
  const [head] = rows;
  const { end } = sums.of(chain);
  compareHead(sums, { chain, end, head: head === undefined ? undefined : { seq: Number(head.seq), hash: head.hash } });
}
