import type pg from 'pg';
import type { AuditRow } from './audit-row.ts';
import { auditInsert } from './audit-row.ts';

/** Writes audit rows that belong to no change: reads, refusals, logins. */
export type AuditLog = {
  /** Resolves when the rows are committed; rejects when they could not be written. */
  write: (rows: readonly AuditRow[]) => Promise<void>;
  /** Waits for everything handed in so far. */
  drain: () => Promise<void>;
};

type Waiting = { rows: readonly AuditRow[]; done: () => void; failed: (error: unknown) => void };

const largestGroup = 400;

/**
 * Group commit: while one group is being written the next one gathers, so that fifty readers share one commit, and no
 * answer leaves before its row is safe.
 */
export function makeAuditLog(pool: pg.Pool): AuditLog {
  let gathering: Waiting[] = [];
  let writing: Promise<void> | undefined;

  async function writeGroups(): Promise<void> {
    while (gathering.length > 0) {
      const group = gathering.slice(0, largestGroup);
      gathering = gathering.slice(largestGroup);
      try {
        await pool.query(auditInsert(group.flatMap((waiting) => waiting.rows)));
        for (const waiting of group) waiting.done();
      } catch (error) {
        for (const waiting of group) waiting.failed(error);
      }
    }
    writing = undefined;
  }

  return {
    write: async (rows) => {
      if (rows.length === 0) return;
      await new Promise<void>((done, failed) => {
        gathering.push({ rows, done, failed });
        writing ??= Promise.resolve().then(writeGroups);
      });
    },
    drain: async () => {
      await writing;
    },
  };
}
