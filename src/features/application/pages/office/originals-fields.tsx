import { CheckboxGroup } from '#ui/fields/Choices.tsx';
import type { ShownPaper } from '../../shown-papers.ts';

/** 「原本を事務局で確認済み」 (`screens.md O-10`): papers seen at the office instead of a file, one tick each. */
export function OriginalsFields({ papers }: { papers: readonly ShownPaper[] }) {
  return (
    <CheckboxGroup
      name="kinds"
      label="原本を事務局で確認済み"
      hint="ファイルの代わりに、事務局で原本を確認した書類にチェックを入れてください。"
      inline
      defaultValue={papers.filter((paper) => paper.original !== undefined).map((paper) => paper.code)}
      options={papers.map((paper) => ({ value: paper.code, label: paper.title }))}
    />
  );
}
