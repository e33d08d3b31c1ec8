import { describe, expect, test } from 'vitest';
import { associationSettings } from '#features/association/schema.ts';
import type { RequiredDocument } from '#features/association/schema.ts';
import { changedPapers } from './commands/paper-changes.ts';
import { missingPapers, neededDocuments, papersOf, paperUseOf } from './documents.ts';

type Wish = Pick<RequiredDocument, 'kind' | 'code' | 'title'> & { required?: boolean; note?: string };

const settings = (...papers: Wish[]) =>
  associationSettings.parse({ requiredDocuments: papers.map((paper) => ({ required: false, note: '', ...paper })) });
const file = (kind: string, id = kind) => ({
  id,
  kind,
  title: `${kind}の題`,
  fileName: `${id}.pdf`,
  mediaType: 'application/pdf',
  size: 10,
  erased: false,
});

describe('提出書類(rules.md 3.16、環境設定による)', () => {
  test('種別ごとに、環境設定の書類だけを求める', () => {
    const one = settings(
      { kind: 'join', code: 'licence', title: '医師免許証', required: true },
      { kind: 'withdrawal', code: 'resume', title: '履歴書・経歴書' },
      { kind: 'transfer', code: 'licence', title: '医師免許証' },
    );
    const titles = (use: RequiredDocument['kind']) => neededDocuments([one], use).map((paper) => paper.title);
    expect(titles('join')).toEqual(['医師免許証']);
    expect(titles('withdrawal')).toEqual(['履歴書・経歴書']);
    expect(titles('transfer')).toEqual(['医師免許証']);
    expect(titles('change')).toEqual([]);
    expect(titles('death')).toEqual([]);
  });

  test('死亡・所在不明の退会は、退会届とは別の書類を求める', () => {
    expect(paperUseOf('withdrawal')).toBe('withdrawal');
    expect(paperUseOf('withdrawal', 'death')).toBe('death');
    expect(paperUseOf('withdrawal', 'missing')).toBe('missing');
    expect(paperUseOf('join', 'death')).toBe('join');
  });

  test('同じ書類は一度だけ、どこか一つが必須とすれば必須となる', () => {
    const papers = neededDocuments(
      [
        settings({ kind: 'join', code: 'licence', title: '医師免許証' }),
        settings({ kind: 'join', code: 'licence', title: '医師免許証(写し)', required: true, note: '表裏とも' }),
      ],
      'join',
    );
    expect(papers).toEqual([{ code: 'licence', title: '医師免許証', required: true, blankForms: [], note: '表裏とも' }]);
  });

  test('医師会が名づけた書類は、一つずつ欄になる', () => {
    const kita = settings({ kind: 'join', code: 'p27001-1', title: '地図' }, { kind: 'join', code: 'p27001-2', title: '推薦状' });
    const osaka = settings({ kind: 'join', code: 'p27000-1', title: '推薦状', required: true });
    expect(papersOf([kita, osaka], 'join', { files: [] }).map((paper) => [paper.code, paper.title, paper.required])).toEqual([
      ['p27001-1', '地図', false],
      ['p27001-2', '推薦状', false],
      ['p27000-1', '推薦状', true],
      ['other', 'その他', false],
    ]);
  });

  test('求められなくなった欄のファイルも、その他とともに残る', () => {
    const rows = papersOf([settings({ kind: 'join', code: 'licence', title: '医師免許証' })], 'join', {
      files: [file('licence'), file('old')],
    });
    expect(rows.map((row) => [row.code, row.files.map((one) => one.fileName)])).toEqual([
      ['licence', ['licence.pdf']],
      ['other', []],
      ['old', ['old.pdf']],
    ]);
  });

  test('必須の書類は、ファイルか原本の確認で足りる', () => {
    const wanted = [settings({ kind: 'join', code: 'licence', title: '医師免許証', required: true })];
    const original = { kind: 'licence', title: '医師免許証', officeName: '北区', officerName: '花子', at: '2026/01/15 09:00' };
    expect(missingPapers(papersOf(wanted, 'join', { files: [] }))).toEqual(['licence']);
    expect(missingPapers(papersOf(wanted, 'join', { files: [file('licence')] }))).toEqual([]);
    expect(missingPapers(papersOf(wanted, 'join', { files: [], originals: [original] }))).toEqual([]);
    expect(missingPapers(papersOf(wanted, 'join', { files: [], replaced: [file('licence')] }))).toEqual(['licence']);
  });
});

describe('差戻しの間に変わった書類(rules.md 3.8)', () => {
  const at = (hour: number) => new Date(`2026-01-15T0${hour}:00:00Z`);
  const dated = (id: string, kind: string, more: { createdAt?: Date; removedAt?: Date; fileName?: string } = {}) => ({
    id,
    kind,
    fileName: `${id}.pdf`,
    createdAt: at(1),
    removedAt: null,
    ...more,
  });

  test('追加・差し替え・取り外しが行ごとに残り、元に戻したものと手を付けていないものは残らない', () => {
    const documents = [
      dated('kept', 'a'),
      dated('gone', 'b', { removedAt: at(3) }),
      dated('old', 'c', { removedAt: at(3) }),
      dated('new', 'c', { createdAt: at(3) }),
      dated('first', 'd', { removedAt: at(3), fileName: '免許証.pdf' }),
      dated('second', 'd', { createdAt: at(4), fileName: '免許証.pdf' }),
      dated('tried', 'e', { createdAt: at(3), removedAt: at(4) }),
      dated('more', 'f', { createdAt: at(3) }),
    ];
    expect(changedPapers(documents, at(2))).toEqual([
      { field: 'document.b', before: 'gone.pdf', after: '' },
      { field: 'document.c', before: 'old.pdf', after: 'new.pdf' },
      { field: 'document.d', before: '免許証.pdf', after: '免許証.pdf(差し替え)' },
      { field: 'document.f', before: '', after: 'more.pdf' },
    ]);
  });
});
