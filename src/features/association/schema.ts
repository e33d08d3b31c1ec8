import { z } from 'zod';

/** 環境設定 of one association (`rules.md 4.1`, `screens.md O-21`). Days are calendar days, board meetings are days in Japan. */

const window = (back: number, ahead: number) =>
  z.object({ back: z.int().min(0).max(3650), ahead: z.int().min(0).max(3650) }).default({ back, ahead });

/** What papers are asked for: the kinds of applications, the two grounds that only offices enter, and what proves a proxy's request. */
export const paperKinds = ['join', 'transfer', 'change', 'withdrawal', 'death', 'missing', 'proxy'] as const;

export const requiredDocument = z.object({
  kind: z.enum(paperKinds),
  code: z.string().min(1).max(20),
  title: z.string().min(1).max(40),
  required: z.boolean(),
  note: z.string().max(100).default(''),
  /** 様式: the blank form that is handed out with it. */
  form: z.object({ id: z.string(), name: z.string() }).optional(),
});

export type RequiredDocument = z.infer<typeof requiredDocument>;

const defaultDocuments: RequiredDocument[] = [
  { kind: 'join', code: 'licence', title: '医師免許証', required: true, note: '' },
  { kind: 'join', code: 'resume', title: '履歴書・経歴書', required: false, note: '' },
];

export const twoPersonKinds = ['join', 'transfer', 'change', 'withdrawal'] as const;

export const associationSettings = z.object({
  requiredUpperLayers: z.enum(['none', 'prefecture', 'all']).default('none'),
  allowUpperOnlyWithdrawal: z.boolean().default(true),
  transferOrder: z.enum(['parallel', 'leave_first', 'join_first']).default('parallel'),
  /** Whether 異動届 ends the old memberships itself, or a 退会届 of its own is asked for. */
  transferWithdrawal: z.enum(['automatic', 'separate']).default('automatic'),
  directJoin: z.boolean().default(false),
  wishWindow: window(90, 365),
  decisionWindow: window(180, 365),
  /** What happens beyond the decision window ahead: a warning, or a refusal. */
  farFuture: z.enum(['warn', 'block']).default('warn'),
  dateRule: z.enum(['wish', 'boardMeeting', 'firstOfMonth']).default('wish'),
  boardMeetings: z.array(z.iso.date()).max(200).default([]),
  requiredDocuments: z.array(requiredDocument).max(60).default(defaultDocuments),
  autoReceive: z.boolean().default(false),
  reminderDays: z.int().min(1).max(30).default(7),
  acknowledgeDays: z.int().min(7).max(90).default(30),
  twoPersonDecision: z.array(z.enum(twoPersonKinds)).default([]),
  /** Rows of an export from which a second person must agree (`screens.md O-23`). */
  exportThreshold: z.int().min(1).max(1_000_000).default(1_000),
});

export type AssociationSettings = z.infer<typeof associationSettings>;

/** Stored settings as typed ones; fields that an older version did not know get their defaults. */
export function readSettings(stored: unknown): AssociationSettings {
  return associationSettings.parse(stored);
}
