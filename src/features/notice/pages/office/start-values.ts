import { conditionNames } from '../../condition.ts';

/** What a new notice begins with when another page leads here (`screens.md O-07`): the conditions of a list, or 入会案内. */

type Values = Record<string, string | string[]>;

/** Boxes that hold several values; every other one holds one. */
const several = new Set(['categories', 'marks']);
const longest = 60;

const invitation: Values = {
  title: '日本医師会へのご入会のご案内',
  lead: '日本医師会への入会をご検討ください。入会届はマイページから提出できます。',
  body: [
    '# 日本医師会へのご入会について',
    '日本医師会に入会されていない先生へご案内します。',
    '',
    '- 医師賠償責任保険(会員区分により異なります)',
    '- 医師年金',
    '- 生涯教育制度',
    '',
    'ご入会を希望される場合は、マイページの「入会届」からお手続きください。',
  ].join('\n'),
  target: 'condition',
  jma: 'no',
};

/** Values of the form from an address; names that it does not know are left out. */
export function startValues(asked: URLSearchParams): Values | undefined {
  if (asked.get('about') === 'join-jma') return invitation;
  const given = conditionNames.flatMap((name) => {
    const values = asked.getAll(name).flatMap((value) => (value === '' ? [] : [value.slice(0, longest)]));
    const [first] = values;
    if (first === undefined) return [];
    return [[name, several.has(name) ? values.slice(0, 100) : first] as const];
  });
  if (given.length === 0) return asked.get('from') === 'members' ? { target: 'members' } : undefined;
  return { ...Object.fromEntries(given), target: 'condition' };
}
