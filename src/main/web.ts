import { join } from 'node:path';
import * as build from 'virtual:react-router/server-build';
import { makeReadVisitor } from '#features/identity/queries/visitor.ts';
import type { Surroundings } from '#platform/context.ts';
import type { ApiMount } from '#platform/http/api-mount.ts';
import { loadAssets } from '#platform/http/assets.ts';
import { makeDoor } from '#platform/http/door.ts';
import { listenWith } from '#platform/http/server.ts';
import type { Log } from '#platform/log/log.ts';
import { api } from './api.ts';
import { prepareSetup } from './setup.ts';

export type WebConfig = {
  port: number;
  host: string;
  publicOrigin?: string | undefined;
  trustProxy: boolean;
  sessionSecret: string;
  dataDir: string;
  /** Multiplies the rate limits; measurements come from one address. Default 1. */
  rateScale?: number | undefined;
};

export type WebOptions = {
  config: WebConfig;
  /** Database, audit log and whatever else every act needs. */
  surroundings: Surroundings;
  log: Log;
  /** Apps beside the pages and the API: the local mailbox. */
  mounts?: readonly ApiMount[];
  /** The clock of every request; tests move it. */
  now?: () => Date;
};

export type Web = {
  port: number;
  /** The one-time code of `/setup` when nobody can log in yet: print it on the console. */
  setupCode: string | undefined;
  /** Stops accepting, finishes what is under way (at most 10 s). */
  close: () => Promise<void>;
};

/**
 * Serves pages and mounted apps. Listens when it resolves; rejects when a route has no policy or the port is taken.
 * Bundled by Vite as `build/server/index.js`, so whoever runs it imports it from there.
 */
export async function serveWeb(options: WebOptions): Promise<Web> {
  const { config, surroundings, log } = options;
  const app = makeDoor({
    build,
    mounts: [api, ...(options.mounts ?? [])],
    readVisitor: makeReadVisitor(surroundings.database),
    surroundings,
    settings: config,
    assets: await loadAssets(join(import.meta.dirname, '../client')),
    log,
    now: options.now ?? (() => new Date()),
  });
  const setupCode = await prepareSetup(surroundings.database, config.dataDir);
  const listening = await listenWith(app, config);
  return { port: listening.port, setupCode, close: listening.close };
}
