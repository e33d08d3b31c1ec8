import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { ApplicationKind } from '../../flow.ts';
import { myConfirmation } from '../../queries/my-retract.ts';

/** Which kind of paper stands at an address that several kinds share. @throws 404 where it is not one's own */
export async function kindAt(ctx: Context, id: string): Promise<ApplicationKind> {
  return orThrow(await ask(myConfirmation, ctx, { id })).formKind;
}
