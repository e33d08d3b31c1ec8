import type { Actor } from '#kernel/actor.ts';

/** Where the pages of a case stand: the doctor writes at his own address, an office that files for him at that of its case. */
export function caseRoot(actor: Actor): '/my/applications' | '/office/applications' {
  return actor.kind === 'office' ? '/office/applications' : '/my/applications';
}
