import { describe, expect, it } from 'vitest';
import { mailKindOf } from './rules.ts';

describe('お知らせのメールの種類(screens.md D-04)', () => {
  it.each([
    [['研修会・講習会'], 'training'],
    [['行事', '産業医の講習'], 'training'],
    [['行事'], 'notices'],
    [[], 'notices'],
  ] as const)('カテゴリ %j は %s', (categories, kind) => {
    expect(mailKindOf(categories)).toBe(kind);
  });
});
