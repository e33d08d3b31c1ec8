import { choiceInput, dayInput, idInput, requiredDayInput, textInput, versionInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';
import type { ServiceKind, ServiceMode } from './fields.ts';
import { serviceKinds, serviceModes } from './fields.ts';
import { serviceTexts as texts } from './messages.ts';

/** Inputs of P-07. */

const kind = choiceInput(texts.kind, { required: true }).transform((text, step): ServiceKind => {
  const found = serviceKinds.find((one) => one === text);
  if (found === undefined && text !== '') step.issues.push({ code: 'custom', message: messages.sel(texts.kind), input: text });
  return found ?? 'maintenance';
});

const mode = choiceInput(texts.mode, { required: true }).transform((text, step): ServiceMode => {
  const found = serviceModes.find((one) => one === text);
  if (found === undefined && text !== '') step.issues.push({ code: 'custom', message: messages.sel(texts.mode), input: text });
  return found ?? 'stop';
});

/** Minutes of the day; undefined when empty. */
const time = z
  .string()
  .default('')
  .transform((text, step): number | undefined => {
    const folded = text.normalize('NFKC').trim();
    if (folded === '') return undefined;
    const [, hours = '', minutes = ''] = /^(\d{1,2}):(\d{2})$/.exec(folded) ?? [];
    if (hours !== '' && Number(hours) < 24 && Number(minutes) < 60) return Number(hours) * 60 + Number(minutes);
    step.issues.push({ code: 'custom', message: texts.timeShape, input: text });
    return undefined;
  });

export const announceInput = z.object({
  kind,
  startsOn: requiredDayInput(texts.startsOn),
  startsTime: time.refine((minutes) => minutes !== undefined, { error: messages.req(texts.startsTime) }),
  endsOn: dayInput(texts.endsOn, { required: false }),
  endsTime: time,
  mode,
  impact: textInput(texts.impact, { max: 300, multiline: true }),
  workaround: textInput(texts.workaround, { max: 300, multiline: true }),
});

export const settleInput = z.object({ id: idInput, version: versionInput });
