import { RadioGroup } from '#ui/fields/Choices.tsx';
import { FilesField } from '#ui/fields/FilesField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { filesHint } from '../message-files.tsx';

/** Fields of the notes on a case, the same on the detail page and on the pages that report an error; their names differ, as all stand on one page. */

export function MessageField() {
  return (
    <>
      <TextArea
        name="messageBody"
        label="審査時連絡メッセージ"
        required
        limit={1000}
        hint="申請者と、この申請に関わるすべての医師会に表示されます。"
      />
      <FilesField name="messageFiles" label="添付ファイル" hint={filesHint} />
    </>
  );
}

export function MemoFields() {
  return (
    <>
      <TextArea name="memoBody" label="事務局メモ" required limit={2000} hint="申請者には表示されません。" />
      <RadioGroup
        name="ownOfficeOnly"
        label="公開範囲"
        inline
        defaultValue=""
        options={[
          { value: '', label: 'この申請に関わる医師会すべて' },
          { value: '1', label: '自医師会のみ' },
        ]}
      />
    </>
  );
}

export function AttentionField() {
  return <TextField name="attentionReason" label="要注意の理由" hint="200文字以内" width="wide" autoComplete="off" />;
}
