import { describe, expect, it } from 'vitest';
import { parseForm, readFields } from './form.ts';

function formOf(entries: readonly (readonly [string, string | File])[]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

describe('readFields', () => {
  it('nests dotted names, gathers repeated ones, counts numbered ones', () => {
    const read = readFields(
      formOf([
        ['surname', '髙橋'],
        ['ids', '1'],
        ['ids', '2'],
        ['steps.0.on', '2026-04-01'],
        ['steps.1.on', '2026-04-02'],
        ['address.city', '大阪市'],
        ['address.line', '北区'],
      ]),
    );
    expect(read.input).toEqual({
      surname: '髙橋',
      ids: ['1', '2'],
      steps: [{ on: '2026-04-01' }, { on: '2026-04-02' }],
      address: { city: '大阪市', line: '北区' },
    });
    expect(read.values).toMatchObject({ surname: '髙橋', ids: ['1', '2'], 'address.city': '大阪市' });
  });

  it('finds the idempotency key and the pressed button', () => {
    const read = readFields(
      formOf([
        ['idempotencyKey', 'k1'],
        ['intent', 'next'],
      ]),
    );
    expect([read.key, read.intent]).toEqual(['k1', 'next']);
    expect([readFields(formOf([])).key, readFields(formOf([])).intent]).toEqual([undefined, '']);
  });

  it('選んだ後に別の名前を入力し直したら、前の選択を送らない', () => {
    const read = (typed: string) =>
      readFields(
        formOf([
          ['steps.0.facilityIdQuery', typed],
          ['steps.0.facilityId', '7'],
          ['steps.0.facilityIdQueryChosen', '北野病院'],
        ]),
      );
    expect(read(' 北野病院 ').input).toEqual({ steps: [{ facilityIdQuery: ' 北野病院 ', facilityId: '7' }] });
    for (const typed of ['南森町病院', '']) {
      expect(read(typed).input).toEqual({ steps: [{ facilityIdQuery: typed, facilityId: '' }] });
      expect(read(typed).values).toEqual({ 'steps.0.facilityIdQuery': typed, 'steps.0.facilityId': '' });
    }
  });

  it('パスワードとファイルは画面に戻さない', () => {
    const file = new File(['x'], 'a.pdf');
    const read = readFields(
      formOf([
        ['password', 'p'],
        ['passwordRepeat', 'p'],
        ['licence', file],
        ['licence', new File([], '')],
        ['name', 'n'],
      ]),
    );
    expect(read.values).toEqual({ name: 'n' });
    expect(read.input['licence']).toBeInstanceOf(File);
  });

  it('refuses names that would reach into objects, NUL, too many fields, contradictory names', () => {
    const bad: (readonly [string, string])[][] = [
      [['__proto__.admin', '1']],
      [['a.constructor', '1']],
      [['a', 'x\0y']],
      [
        ['a', '1'],
        ['a.b', '2'],
      ],
      [['a.b.c.d.e.f.g', '1']],
      Array.from({ length: 2_001 }, (_, n) => [`f${n}`, '1'] as const),
    ];
    for (const entries of bad) expect(() => readFields(formOf(entries))).toThrow(expect.objectContaining({ init: { status: 400 } }));
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  it('reads multipart forms with files', async () => {
    const body = formOf([
      ['document', new File(['%PDF-1.7'], '免許証.pdf', { type: 'application/pdf' })],
      ['memo', 'あ'],
    ]);
    const read = await parseForm(new Request('http://x/', { method: 'POST', body }));
    const file = read.input['document'];
    expect(file instanceof File && file.name).toBe('免許証.pdf');
    expect(read.values).toEqual({ memo: 'あ' });
  });
});
