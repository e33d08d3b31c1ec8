import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { ServiceKind, ServiceMode } from './fields.ts';
import { serviceKinds, serviceModes } from './fields.ts';
import type { ServiceState } from './flow.ts';
import { firstServiceState, isTold, serviceFlow } from './flow.ts';

/** SQL of 計画停止 and 障害. */

export type ServiceRow = {
  id: string;
  kind: ServiceKind;
  startsAt: Date;
  endsAt: Date | null;
  mode: ServiceMode;
  impact: string;
  workaround: string;
  state: ServiceState;
  enteredName: string;
  enteredAt: Date;
  version: number;
};

const columns = [
  'id',
  'kind',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'mode',
  'impact',
  'workaround',
  'state',
  'entered_name as enteredName',
  'entered_at as enteredAt',
  'version',
] as const;

type Stored = Omit<ServiceRow, 'kind' | 'mode' | 'state'> & { kind: string; mode: string; state: string };

function typed(row: Stored): ServiceRow {
  const kind = serviceKinds.find((one) => one === row.kind);
  const mode = serviceModes.find((one) => one === row.mode);
  const { state } = row;
  if (kind === undefined || mode === undefined || !serviceFlow.isState(state)) throw new RangeError('an unknown kind of service notice');
  return { ...row, kind, mode, state };
}

const told = serviceFlow.states.filter((state) => isTold(state));

/** What is not over yet, earliest first; never many. */
export async function listTold(tx: ReadTransaction, now: Date): Promise<ServiceRow[]> {
  const rows = await tx
    .selectFrom('service_notice')
    .select(columns)
    .where('state', 'in', told)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', now)]))
    .orderBy('starts_at')
    .orderBy('id')
    .limit(20)
    .execute();
  return rows.map(typed);
}

/** Everything that was entered, newest first. */
export async function listEntered(tx: ReadTransaction): Promise<ServiceRow[]> {
  const rows = await tx
    .selectFrom('service_notice')
    .select(columns)
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map(typed);
}

/** One of them. */
export async function findEntered(tx: ReadTransaction, id: string): Promise<ServiceRow | undefined> {
  const row = await tx.selectFrom('service_notice').select(columns).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

export type NewServiceNotice = Omit<ServiceRow, 'state' | 'version'> & { enteredBy: string };

/** Writes one. */
export async function insertEntered(tx: WriteTransaction, row: NewServiceNotice): Promise<void> {
  await tx
    .insertInto('service_notice')
    .values({
      id: row.id,
      kind: row.kind,
      starts_at: row.startsAt,
      ends_at: row.endsAt,
      mode: row.mode,
      impact: row.impact,
      workaround: row.workaround,
      state: firstServiceState,
      entered_by: row.enteredBy,
      entered_name: row.enteredName,
      entered_at: row.enteredAt,
    })
    .execute();
}

export type Settled = { state: ServiceState; endsAt: Date | null; by: string; at: Date };

/** 復旧, an earlier end, or 取り消す. */
export async function settle(tx: WriteTransaction, { id, version }: { id: string; version: number }, change: Settled): Promise<void> {
  await tx
    .updateTable('service_notice')
    .set({ state: change.state, ends_at: change.endsAt, settled_name: change.by, settled_at: change.at, version: version + 1 })
    .where('id', '=', id)
    .execute();
}
