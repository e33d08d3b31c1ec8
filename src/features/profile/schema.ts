import { messages } from '#kernel/messages.ts';
import { choiceInput, idInput, listInput, requiredDayInput, tickInput } from '#kernel/input.ts';
import { profileChangeInput } from '#features/person/schema.ts';
import { z } from 'zod';

/** D-04: where mail goes; `facility:{affiliation}` names the one of several. */
export const mailingInput = z.object({
  sendTo: z
    .string()
    .default('')
    .refine(
      (text) => text === 'home' || text === 'facility' || (text.startsWith('facility:') && z.uuid().safeParse(text.slice(9)).success),
      {
        message: messages.sel('文書送付先(初期値)'),
      },
    ),
  faxTo: z.enum(['facility', 'home', 'none'], { message: messages.sel('FAX送付先') }),
  mails: listInput(z.enum(['notices', 'training']), 2),
  useFormerName: tickInput,
  version: z.coerce.number().int().min(0).max(1_000_000_000).catch(0),
});
export type MailingInput = z.infer<typeof mailingInput>;

/** 登録する of O-09: the profile, and by whose wish. */
export const proxyProfileInput = profileChangeInput.extend({
  personId: idInput,
  ground: choiceInput('依頼の根拠', { required: true }),
  askedOn: requiredDayInput('依頼日'),
});
export type ProxyProfileInput = z.infer<typeof proxyProfileInput>;
