import { sizeText } from '#ui/fields/FileField.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { FileLinks } from '../message-files.tsx';
import type { ShownFile, ShownOriginal, ShownPaper } from '../../shown-papers.ts';

/** 提出書類 as an office reads them (`screens.md O-05`): files in force, what they replaced, originals that were seen. */

const drawn = ['image/jpeg', 'image/png', 'image/gif', 'application/pdf'];

type FileProps = { file: ShownFile; base: string; mark?: string | undefined };

function PaperFile({ file, base, mark }: FileProps) {
  const to = `${base}/documents/${file.id}`;
  return (
    <li>
      <span className="ui-files-name">{file.fileName}</span>
      <span>{sizeText(file.size)}</span>
      <span>検査済</span>
      {mark === undefined ? null : <span className="ui-diff-mark">{mark}</span>}
      <FileLinks file={file} to={to} />
      {drawn.includes(file.mediaType) && !file.erased ? (
        // Closed until asked for: looking at a paper is on record, so nothing is fetched unasked.
        <details className="w-full">
          <summary className="min-h-11 cursor-pointer py-2">この画面に表示する</summary>
          <img className="h-auto max-w-full" loading="lazy" src={`${to}/pages/1`} alt={`${file.fileName}の1ページ目の画像`} />
        </details>
      ) : null}
    </li>
  );
}

function Original({ original }: { original: ShownOriginal }) {
  return <p>{`原本を事務局で確認済み(${original.officeName} ${original.officerName} ${original.at})`}</p>;
}

type Props = { papers: readonly ShownPaper[]; base: string; addedIds: readonly string[] };

function PaperRow({ paper, base, addedIds }: Omit<Props, 'papers'> & { paper: ShownPaper }) {
  const { files, replaced = [], original } = paper;
  return (
    <>
      {files.length === 0 && original === undefined ? <p>未提出</p> : null}
      {original === undefined ? null : <Original original={original} />}
      {files.length + replaced.length === 0 ? null : (
        <ul className="ui-files">
          {files.map((file) => (
            <PaperFile key={file.id} file={file} base={base} mark={addedIds.includes(file.id) ? '【再申請で追加】' : undefined} />
          ))}
          {replaced.map((file) => (
            <PaperFile key={file.id} file={file} base={base} mark="【差し替え前】" />
          ))}
        </ul>
      )}
    </>
  );
}

export function Papers({ papers, base, addedIds }: Props) {
  const rows = papers.filter(
    (paper) => paper.required || paper.files.length > 0 || (paper.replaced ?? []).length > 0 || paper.original !== undefined,
  );
  if (rows.length === 0) return <EmptyState>提出書類はありません。</EmptyState>;
  return (
    <DefinitionTable
      items={rows.map((paper) => ({
        key: paper.code,
        label: paper.title,
        value: <PaperRow paper={paper} base={base} addedIds={addedIds} />,
      }))}
    />
  );
}
