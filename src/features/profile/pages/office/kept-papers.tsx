import { CheckboxGroup } from '#ui/fields/Choices.tsx';
import { sizeText } from '#ui/fields/FileField.tsx';
import { proxyLabels } from '../../labels.ts';

type Kept = { id: string; fileName: string; size: number };

/** 証拠書類 that were sent before and go on with the form, each to be left out again. */
export function KeptPapers({ papers }: { papers: readonly Kept[] }) {
  if (papers.length === 0) return null;
  return (
    <>
      {papers.map((paper) => (
        <input key={paper.id} type="hidden" name="paperIds" value={paper.id} />
      ))}
      <CheckboxGroup
        name="dropPaper"
        label={proxyLabels.keptPapers}
        options={papers.map((paper) => ({ value: paper.id, label: `「${paper.fileName}」(${sizeText(paper.size)})の添付をやめる` }))}
      />
    </>
  );
}
