import { describe, expect, it } from 'vitest';
import { findPostalAddress } from './postal-codes.ts';

describe('郵便番号から住所', () => {
  it('都道府県と市区町村・町域が分かる', () => {
    expect(findPostalAddress('5300001')).toEqual({ prefectureCode: '27', line: '大阪市北区梅田' });
    expect(findPostalAddress('2250002')).toEqual({ prefectureCode: '14', line: '横浜市青葉区美しが丘' });
  });

  it('最初と最後の番号も見つかり、その前後や途中の番号は見つからない', () => {
    expect(findPostalAddress('0010000')?.prefectureCode).toBe('01');
    expect(findPostalAddress('9998531')?.prefectureCode).toBe('06');
    for (const code of ['0000000', '9999999', '5300000x', '1500000x']) expect(findPostalAddress(code)).toBeUndefined();
  });

  it('「以下に掲載がない場合」は市区町村までを答える', () => {
    expect(findPostalAddress('0600000')).toEqual({ prefectureCode: '01', line: '札幌市中央区' });
  });
});
