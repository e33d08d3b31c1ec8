import type { ServerBuild } from 'react-router';
import type { Surroundings } from '../context.ts';
import type { Log } from '../log/log.ts';
import type { ReadVisitor } from '../session/visitor.ts';
import type { ApiMount } from './api-mount.ts';
import type { Assets } from './assets.ts';
import type { OriginSettings } from './origin.ts';
import type { RateLimiter } from './rate-limit.ts';

export type DoorOptions = {
  build: ServerBuild;
  mounts: readonly ApiMount[];
  readVisitor: ReadVisitor;
  surroundings: Surroundings;
  settings: OriginSettings & { sessionSecret: string /** Multiplies all rate limits, default 1. */; rateScale?: number | undefined };
  assets?: Assets;
  log: Log;
  now: () => Date;
};

/** What the parts of the door share. */
export type DoorParts = DoorOptions & { limiter: RateLimiter };
