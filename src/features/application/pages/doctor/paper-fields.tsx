import { useRevalidator } from 'react-router';
import { FileField } from '#ui/fields/FileField.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { documentCode } from '../../fields.ts';
import type { ShownPaper } from '../../shown-papers.ts';
import type { Requests } from '../../queries/join-requests.ts';
import { askedHint } from './join-parts.tsx';
import { useCaseRoot } from './use-case-root.tsx';

/** 提出書類 of a form of any kind: one row for each paper that the associations want, and その他. */

function paperHint(paper: ShownPaper) {
  return `${paper.note === '' ? '' : `${paper.note} `}JPEG / GIF / PNG / PDF / MS Word / MS Excel。1つの欄に10個まで。`;
}

/** 様式 of the associations that hand one out with this paper. */
function BlankForms({ paper }: { paper: ShownPaper }) {
  if (paper.blankForms.length === 0) return null;
  return (
    <p className="mb-2">
      {`「${paper.title}」は、次の様式に記入してアップロードしてください。`}
      {paper.blankForms.map((form) => (
        <a className="block" key={form.id} href={`/paper-forms/${form.id}`} download>
          {`様式をダウンロード(${form.name})`}
        </a>
      ))}
    </p>
  );
}

type Props = {
  /** Of the application. */
  id: string;
  papers: readonly ShownPaper[];
  requests: Requests | undefined;
};

export function PaperFields({ id, papers, requests }: Props) {
  const { revalidate } = useRevalidator();
  const root = useCaseRoot();
  return (
    <Section title="提出書類">
      {papers.map((paper) => (
        <div key={paper.code}>
          <BlankForms paper={paper} />
          <FileField
            name={documentCode(paper.code)}
            label={`提出書類:${paper.title}`}
            required={paper.required}
            hint={askedHint(requests, documentCode(paper.code), paperHint(paper))}
            uploadTo={`${root}/${id}/documents`}
            onUploaded={revalidate}
            files={paper.files.map((file) => ({
              id: file.id,
              name: file.fileName,
              size: file.size,
              state: 'accepted',
              previewTo: `${root}/${id}/documents/${file.id}/preview`,
            }))}
          />
        </div>
      ))}
    </Section>
  );
}
