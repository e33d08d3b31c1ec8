import { isDay } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import { choiceInput, dayInput, idInput, requiredDayInput, telInput, textInput, tickInput, versionInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';
import { learnedWays, proxyNames, proxyTexts, searchWays } from './proxy-messages.ts';

/** What an office must say when it enters an application for a doctor (`rules.md 3.10`, `screens.md O-10, O-11`): inputs, and what is kept. */

const kept = z.string().refine(isDay);

/** `application.proxy`: the ground of a proxy application, as it was entered. */
export const proxyFacts = z.discriminatedUnion('why', [
  z.object({ why: z.literal('request'), ground: z.string(), askedOn: kept, askedHow: z.string() }),
  z.object({
    why: z.literal('death'),
    ground: z.string(),
    diedOn: kept,
    learned: z.string(),
    learnedText: z.string(),
    reporterName: z.string(),
    reporterRelation: z.string(),
    reporterTel: z.string(),
  }),
  z.object({
    why: z.literal('missing'),
    ground: z.string(),
    lastContactOn: kept,
    searches: z.array(z.object({ way: z.string(), on: kept, result: z.string() })),
    reason: z.string(),
  }),
]);

export type ProxyFacts = z.infer<typeof proxyFacts>;

/** Codes of `reasons.csv` that an entry on death or on whereabouts unknown has by itself. */
export const groundCodes = { death: 'P11', missing: 'P12' } as const;

/** 退会事由 of such an entry. */
export const leaveReasons = { death: 'W02', missing: 'W04' } as const;

/** The kept ground; undefined for a paper of the doctor himself. */
export function proxyFactsOf(stored: unknown): ProxyFacts | undefined {
  const parsed = proxyFacts.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}

const target = {
  personId: idInput,
  kind: z.enum(['join', 'transfer', 'change', 'withdrawal']),
  /** The paper whose ground is corrected; none for a new one. */
  id: z.union([z.literal(''), idInput]).default(''),
  version: versionInput.optional(),
};

const agreed = tickInput.refine((ticked) => ticked, { message: messages.agree(proxyNames.agreed) });

const request = z.object({
  why: z.literal('request'),
  ...target,
  ground: choiceInput(proxyNames.ground, { required: true }),
  askedOn: requiredDayInput(proxyNames.askedOn),
  askedHow: textInput(proxyNames.askedHow, { required: true, max: 100 }),
  agreed,
});

const death = z
  .object({
    why: z.literal('death'),
    ...target,
    diedOn: requiredDayInput(proxyNames.diedOn),
    learned: choiceInput(proxyNames.learned, { required: true }),
    learnedText: textInput(proxyNames.learnedText, { max: 100 }),
    reporterName: textInput(proxyNames.reporterName, { max: 40 }),
    reporterRelation: textInput(proxyNames.reporterRelation, { max: 20 }),
    reporterTel: telInput(proxyNames.reporterTel),
  })
  .superRefine(({ learned, learnedText }, step) => {
    if (learned !== '' && !Object.hasOwn(learnedWays, learned)) {
      step.addIssue({ code: 'custom', path: ['learned'], message: messages.sel(proxyNames.learned) });
    }
    if (learned === 'other' && learnedText === '') {
      step.addIssue({ code: 'custom', path: ['learnedText'], message: messages.req(proxyNames.learnedText) });
    }
  });

const search = z.object({
  on: dayInput(proxyNames.searchedOn, { required: false }),
  result: textInput(proxyNames.searchResult, { max: 100 }),
});

type Search = z.infer<typeof search>;

function halfFilled({ on, result }: Search): { field: 'on' | 'result'; message: string } | undefined {
  if (on === undefined && result !== '') return { field: 'on', message: messages.req(proxyNames.searchedOn) };
  return on !== undefined && result === '' ? { field: 'result', message: messages.req(proxyNames.searchResult) } : undefined;
}

const empty: Search = { on: undefined, result: '' };
/** Judged by itself, so that its faults stand beside those of the other fields. */
const searches = z
  .object({
    tel: search.default(empty),
    post: search.default(empty),
    work: search.default(empty),
    mail: search.default(empty),
    other: search.default(empty),
  })
  .superRefine((input, step) => {
    for (const way of searchWays) {
      const fault = halfFilled(input[way.code]);
      if (fault !== undefined) step.addIssue({ code: 'custom', path: [way.code, fault.field], message: fault.message });
    }
    if (searchWays.every((way) => input[way.code].on === undefined && input[way.code].result === '')) {
      step.addIssue({ code: 'custom', message: proxyTexts.oneSearch });
    }
  });

const missing = z.object({
  why: z.literal('missing'),
  ...target,
  lastContactOn: requiredDayInput(proxyNames.lastContactOn),
  searches: z.preprocess((value): unknown => value ?? {}, searches),
  reason: textInput(proxyNames.reason, { required: true, max: 500, multiline: true }),
});

/** Step 0 of a proxy application (`screens.md O-10, O-11`). */
export const proxyInput = z.discriminatedUnion('why', [request, death, missing]);

export type ProxyInput = z.infer<typeof proxyInput>;

/** The ground as it is kept. */
export function factsOf(input: ProxyInput): ProxyFacts {
  switch (input.why) {
    case 'request':
      return { why: 'request', ground: input.ground, askedOn: input.askedOn, askedHow: input.askedHow };
    case 'death': {
      const { diedOn, learned, learnedText, reporterName, reporterRelation, reporterTel } = input;
      return { why: 'death', ground: groundCodes.death, diedOn, learned, learnedText, reporterName, reporterRelation, reporterTel };
    }
    case 'missing':
      return {
        why: 'missing',
        ground: groundCodes.missing,
        lastContactOn: input.lastContactOn,
        searches: searchWays.flatMap(({ code }) => {
          const { on, result } = input.searches[code];
          return on === undefined ? [] : [{ way: code, on, result }];
        }),
        reason: input.reason,
      };
  }
}

/** The days of a ground that cannot lie ahead, by the field that holds them. */
export function pastDays(input: ProxyInput): { field: string; label: string; on: Day }[] {
  switch (input.why) {
    case 'request':
      return [{ field: 'askedOn', label: proxyNames.askedOn, on: input.askedOn }];
    case 'death':
      return [{ field: 'diedOn', label: proxyNames.diedOn, on: input.diedOn }];
    case 'missing':
      return [
        { field: 'lastContactOn', label: proxyNames.lastContactOn, on: input.lastContactOn },
        ...searchWays.flatMap(({ code }) => {
          const { on } = input.searches[code];
          return on === undefined ? [] : [{ field: `searches.${code}.on`, label: proxyNames.searchedOn, on }];
        }),
      ];
  }
}
