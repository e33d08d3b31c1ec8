import type { DoorEnv } from './api-mount.ts';
import type { Arrival } from './arrival.ts';

/** What the door keeps on a request while it passes through. */
export type InnerEnv = {
  Bindings: DoorEnv['Bindings'];
  Variables: DoorEnv['Variables'] & {
    arrival: Arrival;
    /** Seconds to wait when the caller's address has asked too often. */
    retryAfter: number | undefined;
    /** Page id and kind of visitor, for the log. */
    page: string;
    who: string;
    /** A declared API route was found and its policy kept. */
    admitted: boolean;
  };
};
