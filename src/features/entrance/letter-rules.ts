import type { Day } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import type { SystemSettings } from '#features/system-settings/schema.ts';
import { letterTexts, type LetterKind } from './labels.ts';
import { texts } from './messages.ts';

/** May a letter with login information be printed (P-04)? Pure. */

export type LetterTarget = {
  personId: string;
  accountId: string | null;
  name: string;
  address: readonly string[];
  hasAddress: boolean;
  /** He has no login of his own yet. */
  initial: boolean;
  /** Letters of this day. */
  toDoctor: number;
  byAgent: number;
  settings: SystemSettings;
};

/** Nobody has agreed on a day that is still to come. */
export function consentFault(consentOn: Day | undefined, today: Day): FieldErrors | undefined {
  return consentOn !== undefined && consentOn > today ? { consentOn: [messages.past(letterTexts.consentOn)] } : undefined;
}

/** Why no letter can be printed; undefined when it can. What does not fit tells nothing of the record. */
export function letterFault(target: LetterTarget | undefined, kind: LetterKind): string | undefined {
  if (target === undefined) return letterTexts.noMatch;
  const { settings } = target;
  if (kind === 'initial' && !target.initial) return texts.hasLogin;
  if (kind === 'reset' && target.initial) return letterTexts.notYet;
  if (!target.hasAddress) return letterTexts.noAddress;
  if (target.toDoctor >= settings.lettersPerDoctor) return letterTexts.tooManyDoctor(settings.lettersPerDoctor);
  return target.byAgent >= settings.lettersPerAgent ? letterTexts.tooManyAgent(settings.lettersPerAgent) : undefined;
}
