import { describe, expect, it } from 'vitest';
import { html } from '../render.test-support.tsx';
import { Checkbox, CheckboxGroup, RadioGroup } from './Choices.tsx';
import { DateField } from './DateField.tsx';
import { ErrorSummary } from './ErrorSummary.tsx';
import { FileField, sizeText } from './FileField.tsx';
import { FormGuard } from './FormGuard.tsx';
import { FormState } from './formState.tsx';
import { PasswordField } from './PasswordField.tsx';
import { SearchField } from './SearchField.tsx';
import { SelectField } from './SelectField.tsx';
import { TextArea } from './TextArea.tsx';
import { TextField } from './TextField.tsx';

describe('入力欄', () => {
  it('ラベル・必須・ヒント・エラーが入力欄に結び付く', () => {
    const page = html(<TextField name="loginId" label="ログインID" required hint="8文字以上" error="ログインIDを入力してください" />);
    expect(page).toContain('<label class="ui-label" for="f-loginId">ログインID<span class="ui-required">必須</span></label>');
    expect(page).toContain('id="f-loginId-hint"');
    expect(page).toContain('id="f-loginId-error"');
    expect(page).toContain('aria-invalid="true"');
    expect(page).toContain('aria-describedby="f-loginId-hint f-loginId-error"');
    expect(page).toContain('ログインIDを入力してください');
  });

  it('エラーがなければ aria-invalid も説明も付けない', () => {
    const page = html(<TextField name="loginId" label="ログインID" />);
    expect(page).not.toContain('aria-invalid');
    expect(page).not.toContain('aria-describedby');
  });

  it('FormState から入力済みの値とエラーを名前で受け取り、入力を失わない', () => {
    const page = html(
      <FormState values={{ post: '会長', kinds: ['b'], work: '02', way: 'x' }} errors={{ post: ['役職は30文字以内で入力してください'] }}>
        <TextField name="post" label="役職" defaultValue="前の値" />
        <SelectField
          name="work"
          label="業務"
          options={[
            { value: '01', label: '一' },
            { value: '02', label: '二' },
          ]}
        />
        <CheckboxGroup
          name="kinds"
          label="指定医"
          options={[
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ]}
          defaultValue={['a']}
        />
        <RadioGroup
          name="way"
          label="方法"
          options={[
            { value: 'x', label: 'X' },
            { value: 'y', label: 'Y' },
          ]}
          defaultValue="y"
        />
      </FormState>,
    );
    expect(page).toContain('value="会長"');
    expect(page).not.toContain('前の値');
    expect(page).toContain('役職は30文字以内で入力してください');
    expect(page).toContain('<option value="02" selected="">');
    expect(page.match(/checked=""/g)).toHaveLength(2);
    expect(page).toMatch(/checked="" value="b"|value="b"[^>]*checked=""/);
    expect(page).toMatch(/value="x"[^>]*checked=""|checked="" value="x"/);
  });

  it('送られたパスワードはページに戻さない', () => {
    const page = html(
      <FormState values={{ password: 'Mamis2026!' }}>
        <PasswordField name="password" label="パスワード" autoComplete="current-password" />
      </FormState>,
    );
    expect(page).not.toContain('Mamis2026!');
    expect(page).toContain('パスワードを表示');
  });

  it('日付は読み取った内容を和暦とともに示す', () => {
    const page = html(<DateField name="wishedOn" label="入会希望年月日" defaultValue="R8.4.1" today="2026-02-01" />);
    expect(page).toContain('value="R8.4.1"');
    expect(page).toContain('2026/04/01（水） 令和8年4月1日');
    expect(page).toContain('aria-describedby="read-wishedOn"');
  });

  it('選択肢の並びの最初の入力欄がエラー概要の行き先になる', () => {
    const page = html(<RadioGroup name="way" label="方法" error="選択してください" options={[{ value: 'x', label: 'X' }]} />);
    expect(page).toContain('<fieldset');
    expect(page).toContain('id="f-way"');
    expect(page).toContain('aria-describedby="f-way-error"');
  });

  it('単独のチェックは前回の状態を保つ', () => {
    const part = <Checkbox name="confirmed" label="内容を確認しました" defaultChecked />;
    expect(html(part)).toContain('checked=""');
    expect(html(<FormState values={{ other: 'x' }}>{part}</FormState>)).not.toContain('checked=""');
  });

  it('文字数は異体字を1文字と数え、超えたら超過を示す', () => {
    expect(html(<TextArea name="memo" label="連絡事項" limit={5} defaultValue="𠮷野屋" />)).toContain('(あと2文字)');
    expect(html(<TextArea name="memo" label="連絡事項" limit={2} defaultValue="𠮷野屋" />)).toContain('1文字超えています');
  });
});

describe('検索と添付', () => {
  const hits = [{ value: '7', label: '北野病院', note: '大阪市北区' }];

  it('スクリプトなしでは文字欄と検索ボタンで、候補は選択肢として出る', () => {
    const page = html(<SearchField name="facilityId" label="所属施設" suggestUrl="/suggest" hits={hits} />);
    expect(page).toContain('name="facilityIdQuery"');
    expect(page).toContain('value="search:facilityId"');
    expect(page).toMatch(/<input type="radio" name="facilityId" value="7"\/>/);
    expect(page).not.toContain('role="combobox"');
  });

  it('選択済みの値を隠し項目で送る', () => {
    const page = html(<SearchField name="facilityId" label="所属施設" suggestUrl="/suggest" chosen={{ value: '7', label: '北野病院' }} />);
    expect(page).toContain('<input type="hidden" name="facilityId" value="7"/>');
    expect(page).toContain('選択中:北野病院');
    expect(page).toContain('<input type="hidden" name="facilityIdQueryChosen" value="北野病院"/>');
  });

  it('添付は名前・大きさ・状態と削除ボタンを並べ、上限に達したら欄を閉じる', () => {
    const files = [{ id: 'a1', name: '免許証.pdf', size: 820_000, state: 'checking' as const }];
    const page = html(<FileField name="licence" label="医師免許証" files={files} />);
    expect(page).toContain('免許証.pdf');
    expect(page).toContain('820 KB');
    expect(page).toContain('検査中');
    expect(page).toContain('value="delete-file:a1"');
    expect(page).toContain('type="file"');
    expect(html(<FileField name="licence" label="医師免許証" files={files} maxFiles={1} />)).not.toContain('type="file"');
    expect(sizeText(2_340_000)).toBe('2.3 MB');
  });
});

describe('フォームの枠', () => {
  it('エラー概要は各項目へのリンクを持つ', () => {
    const refusal = {
      message: '入力内容に誤りがあります。次の項目をご確認ください。',
      fields: { a: ['Aを入力してください'], b: ['B1', 'B2'] },
    };
    const page = html(<ErrorSummary refusal={refusal} />);
    expect(page).toContain('role="alert"');
    expect(page).toContain('入力内容に誤りがあります。次の項目をご確認ください。');
    expect(page.match(/<li>/g)).toHaveLength(3);
    expect(page).toContain('href="#f-a"');
    expect(html(<ErrorSummary refusal={undefined} />)).toBe('');
  });

  it('冪等キー・版・権限を隠し項目で運ぶ', () => {
    const page = html(<FormGuard idempotencyKey="k-1" version={0} hat="12" />);
    expect(page).toContain('name="idempotencyKey" value="k-1"');
    expect(page).toContain('name="version" value="0"');
    expect(page).toContain('name="hat" value="12"');
    expect(html(<FormGuard idempotencyKey="k-1" />)).not.toContain('version');
  });
});
