/** What a new notice begins with when another page leads here (`screens.md O-07`): the conditions of a list, or 入会案内. */

type Values = Record<string, string | string[]>;

const single = [
  'jma',
  'lower',
  'works',
  'facility',
  'positions',
  'designations',
  'sex',
  'owners',
  'departments',
  'ageFrom',
  'ageTo',
  'training',
  'selection',
];

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
  const one = single.flatMap((name) => {
    const value = asked.get(name);
    return value === null || value === '' ? [] : [[name, value.slice(0, 40)] as const];
  });
  const categories = asked
    .getAll('categories')
    .filter((text) => /^\d{1,9}$/.test(text))
    .slice(0, 100);
  if (one.length === 0 && categories.length === 0) return asked.get('from') === 'members' ? { target: 'members' } : undefined;
  return { ...Object.fromEntries(one), ...(categories.length === 0 ? {} : { categories }), target: 'condition' };
}
