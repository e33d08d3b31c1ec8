import { keepField } from '#features/own-list/commands/keep-field.ts';
import { keepMailing } from '#features/own-list/commands/keep-mailing.ts';
import { addDays, startOfDay } from '#kernel/day.ts';
import { run } from '#platform/command/command.ts';
import { as, must } from './acting.ts';
import type { Ground } from './ground.ts';

/** 送付物 and 独自項目 of the demo's offices (`screens.md O-20`), so that the lists and D-04 are not empty. */

const mailings = [
  { office: 0, name: '日医雑誌', kind: 'post', refusable: '1' },
  { office: 27_000, name: '大阪府医師会報', kind: 'post', refusable: '1' },
  { office: 27_001, name: '北区医師会だより', kind: 'post', refusable: '1' },
  { office: 27_001, name: '休日急病診療所の当番表', kind: 'fax', refusable: '' },
  { office: 27_001, name: '研修会の案内', kind: 'mail', refusable: '1' },
] as const;

const fields = [
  { name: '班', kind: 'choice', choices: '一班\n二班\n三班', shown: '1' },
  { name: '救急当番', kind: 'choice', choices: '参加\n不参加', shown: '' },
  { name: '班長就任日', kind: 'day', choices: '', shown: '' },
] as const;

/** Defines them through the commands; the same every time. */
export async function defineDemoLists({ surroundings, today, office }: Ground): Promise<void> {
  const at = startOfDay(addDays(today, -90));
  for (const { office: id, ...mailing } of mailings)
    must(await run(keepMailing, as(surroundings, office(id), at), { id: 'new', ...mailing }, `demo mailing ${mailing.name}`));
  for (const field of fields)
    must(await run(keepField, as(surroundings, office(27_001), at), { id: 'new', ...field }, `demo field ${field.name}`));
}
