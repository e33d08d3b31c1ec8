import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { periodText } from '../labels.ts';
import { noticeTexts as texts } from '../messages.ts';
import type { NoticeText } from '../queries/reader-notices.ts';
import { NoticeBody } from './notice-body.tsx';

type File = NoticeText['files'][number];

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('ja-JP')}KB`
    : `${(bytes / 1024 / 1024).toFixed(1)}MB`;
}

function Files({ files, to }: { files: readonly File[]; to: string }) {
  return (
    <section className="mt-8">
      <h2>{texts.files}</h2>
      <ul className="mt-2">
        {files.map((file) => (
          <li key={file.id}>
            <a className="inline-flex min-h-11 items-center break-all" href={`${to}/files/${file.id}`}>
              {`${file.name}(${sizeText(file.size)})`}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A notice as its readers see it (`screens.md D-02`); `to` is its address, below which its files lie. */
export function NoticeArticle({ notice, to }: { notice: Omit<NoticeText, 'id'>; to: string }) {
  const facts = [
    { label: texts.category1, value: notice.category1 },
    ...(notice.category2 === '' ? [] : [{ label: texts.category2, value: notice.category2 }]),
    { label: '発信医師会', value: notice.association },
    { label: '掲載期間', value: periodText(notice.startsOn, notice.endsOn) },
  ];
  return (
    <article>
      {notice.important ? (
        <p className="mb-2">
          <StateLabel tone="danger">重要</StateLabel>
        </p>
      ) : null}
      {notice.lead === '' ? null : <p className="mb-4 max-w-3xl font-bold whitespace-pre-line">{notice.lead}</p>}
      <NoticeBody body={notice.body} />
      {notice.files.length === 0 ? null : <Files files={notice.files} to={to} />}
      <div className="mt-8">
        <DefinitionTable items={facts} />
      </div>
    </article>
  );
}
