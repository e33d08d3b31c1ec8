import { texts } from '#features/person/messages.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';

/** 「旧姓として登録しますか?」 after another 姓 (D-03, O-09). */
export function KeepFormer({ former }: { former: string }) {
  return (
    <RadioGroup
      name="keepFormer"
      label={texts.askFormerName}
      required
      hint={`「はい」を選ぶと、旧姓に「${former}」を登録します。`}
      options={[
        { value: 'yes', label: 'はい' },
        { value: 'no', label: 'いいえ' },
      ]}
    />
  );
}
