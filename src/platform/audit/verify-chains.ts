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

export type ChainSum = { chain: number; rows: number; traces: Trace[] /** Beyond those kept in `traces`. */; more: number };

const BATCH = 5000;
const KEPT_TRACES = 50;
const ZERO_HASH = '00';

type Row = { id: string; chain: number; seq: string; at: string | null; prev: string; hash: string; same: boolean };

const rowsSql = `SELECT e.id::text AS id, e.chain, e.seq::text AS seq, encode(e.prev_hash, 'hex') AS prev, encode(e.hash, 'hex') AS hash,
    e.hash IS NOT DISTINCT FROM public.audit_hash(e) AS same, to_char(e.at AT TIME ZONE 'Asia/Tokyo', 'YYYY/MM/DD HH24:MI:SS') AS at
  FROM public.audit_event e
  WHERE (e.chain, e.seq, e.id) > ($1::int, $2::bigint, $3::bigint)
  ORDER BY e.chain, e.seq, e.id LIMIT ${BATCH}`;

type Progress = { seq: number; hash: string };

/** Collects traces per chain, at most a few of each, so that one rewritten million does not fill the memory. */
export class ChainSums {
  readonly #sums = new Map<number, ChainSum>();

  of(chain: number): ChainSum {
    let sum = this.#sums.get(chain);
    if (sum === undefined) {
      sum = { chain, rows: 0, traces: [], more: 0 };
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
  const ends = new Map<number, Progress>();
  let after: [number, string, string] = [-2_147_483_648, '-9223372036854775808', '-9223372036854775808'];
  for (;;) {
    const { rows } = await db.query<Row>(rowsSql, after);
    for (const row of rows) checkRow(row, ends, sums);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) break;
    after = [last.chain, last.seq, last.id];
  }
  await checkHeads(db, ends, sums);
}

function checkRow(row: Row, ends: Map<number, Progress>, sums: ChainSums): void {
  const { chain } = row;
  const seq = Number(row.seq);
  const before = ends.get(chain) ?? { seq: 0, hash: ZERO_HASH };
  sums.of(chain).rows += 1;
  if (!row.same) sums.add({ kind: 'changed', chain, seq, at: row.at ?? '' });
  if (seq > before.seq + 1) sums.add({ kind: 'missing', chain, seq: before.seq + 1, until: seq - 1 });
  else if (seq !== before.seq + 1) sums.add({ kind: 'order', chain, seq });
  if (row.prev !== before.hash) sums.add({ kind: 'unlinked', chain, seq });
  ends.set(chain, { seq, hash: row.hash });
}

type Head = { chain: number; seq: string; hash: string };

async function checkHeads(db: Queryable, ends: Map<number, Progress>, sums: ChainSums): Promise<void> {
  const { rows } = await db.query<Head>("SELECT chain, seq::text AS seq, encode(hash, 'hex') AS hash FROM public.audit_head");
  const heads = new Map(rows.map((row) => [row.chain, { seq: Number(row.seq), hash: row.hash }]));
  for (const [chain, end] of ends) {
    const head = heads.get(chain);
    if (head === undefined || head.seq !== end.seq || head.hash !== end.hash) sums.add({ kind: 'head', chain, seq: end.seq });
  }
  for (const [chain, head] of heads) {
    if (!ends.has(chain)) sums.add({ kind: 'head', chain, seq: head.seq });
  }
}
