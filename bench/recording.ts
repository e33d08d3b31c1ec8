import type pg from 'pg';

/** Listens to the SQL of one request, so that the bare handler can run exactly the same. */

export type Statement = {
  text: string;
  values: unknown[] /** Planned for its own values each time, as we do with lists. */;
  ownPlan: boolean;
};

/** What surrounds the answer's own SQL: transaction, context, session, audit, hints to the planner. */
const around = [
  /^BEGIN/i,
  /^COMMIT/i,
  /^ROLLBACK/i,
  /^\s*SELECT set_config/i,
  /FROM session s/,
  /UPDATE session/,
  /INSERT INTO audit_event/i,
  /audit_write\(/i,
];

export type Recorder = { start: () => void; stop: () => Statement[] };

type Asked = string | { text?: unknown; values?: unknown };

function isOwnPlanHint(asked: Asked): boolean | undefined {
  if (typeof asked === 'string' || !Array.isArray(asked.values) || asked.values[0] !== 'plan_cache_mode') return undefined;
  return asked.values[1] === 'force_custom_plan';
}

/** Wraps the queries of every connection that the pools will open. */
export function recordPools(pools: readonly pg.Pool[]): Recorder {
  let recording: Statement[] | undefined;
  let ownPlan = false;
  const note = (asked: Asked, values: unknown) => {
    const hint = isOwnPlanHint(asked);
    if (hint !== undefined) ownPlan = hint;
    const text = typeof asked === 'string' ? asked : asked.text;
    const given = typeof asked === 'string' ? values : asked.values;
    if (typeof text !== 'string' || around.some((pattern) => pattern.test(text))) return;
    recording?.push({ text, values: Array.isArray(given) ? given : [], ownPlan });
  };
  for (const pool of pools) {
    pool.on('connect', (client) => {
      const query: unknown = Reflect.get(client, 'query');
      if (typeof query !== 'function') throw new TypeError('a client without query');
      Reflect.set(client, 'query', (asked: Asked, ...more: unknown[]): unknown => {
        note(asked, more[0]);
        const answer: unknown = Reflect.apply(query, client, [asked, ...more]);
        return answer;
      });
    });
  }
  return {
    start: () => {
      recording = [];
    },
    stop: () => {
      const found = recording ?? [];
      recording = undefined;
      return found;
    },
  };
}
