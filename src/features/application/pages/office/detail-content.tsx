import { sizeText } from '#ui/fields/FileField.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { JoinShown, ShownFile } from '../../fields.ts';
import { compareJoins, joinFields } from '../../fields.ts';
import { isReturned } from '../../flow.ts';
import type { OfficeApplication } from '../../queries/office-application.ts';

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.length === 0 ? (
    <>－</>
  ) : (
    lines.map((line, index) => (
      <span className="block" key={`${index} ${line}`}>
        {line}
      </span>
    ))
  );
}

function isPaper(code: string): boolean {
  return code.startsWith('document.');
}

/** Sent once: a plain table. Sent again: what changed stands beside what it was. */
function Content({ shown, before }: { shown: JoinShown; before: JoinShown | undefined }) {
  const changes = before === undefined ? [] : compareJoins(before, shown).filter(({ code }) => !isPaper(code));
  if (changes.some((one) => one.changed)) {
    return (
      <>
        <p>再申請で変更された項目に【変更】を付けています。</p>
        <Diff
          caption="申請内容(再申請による変更)"
          changes={changes.map(({ code, label, before: old, after, changed }) => ({
            key: code,
            label,
            before: <Lines lines={old} />,
            after: <Lines lines={after} />,
            changed,
          }))}
        />
      </>
    );
  }
  const fields = joinFields(shown).filter(({ code }) => !isPaper(code));
  return (
    <DefinitionTable
      items={fields.map((field) => ({ key: field.code, label: field.label, value: <Lines lines={field.lines(shown)} /> }))}
    />
  );
}

const pictures = ['image/jpeg', 'image/png', 'image/gif'];

function isViewable(file: ShownFile): boolean {
  return pictures.includes(file.mediaType) || file.mediaType === 'application/pdf';
}

function Paper({ file, base, added }: { file: ShownFile; base: string; added: boolean }) {
  const to = `${base}/documents/${file.id}`;
  return (
    <li>
      <span className="ui-files-name">{file.fileName}</span>
      <span>{sizeText(file.size)}</span>
      <span>検査済</span>
      {added ? <span className="ui-diff-mark">【再申請で追加】</span> : null}
      {isViewable(file) ? (
        <a
          className="inline-flex min-h-11 items-center"
          href={to}
          target="_blank"
          rel="noreferrer"
          aria-label={`${file.fileName}を表示(新しいタブ)`}
        >
          表示
        </a>
      ) : null}
      <a className="inline-flex min-h-11 items-center" href={`${to}?download=1`} aria-label={`${file.fileName}をダウンロード`}>
        ダウンロード
      </a>
      {pictures.includes(file.mediaType) ? (
        // Closed until asked for: looking at a paper is on record, so nothing is fetched unasked.
        <details className="w-full">
          <summary className="min-h-11 cursor-pointer py-2">この画面に表示する</summary>
          <img className="max-w-full" loading="lazy" src={to} alt={file.fileName} />
        </details>
      ) : null}
    </li>
  );
}

function Papers({ shown, base, addedIds }: { shown: JoinShown; base: string; addedIds: readonly string[] }) {
  const rows = shown.papers.filter((paper) => paper.required || paper.files.length > 0);
  if (rows.length === 0) return <EmptyState>提出書類はありません。</EmptyState>;
  return (
    <DefinitionTable
      items={rows.map((paper) => ({
        key: paper.code,
        label: paper.title,
        value:
          paper.files.length === 0 ? (
            '未提出'
          ) : (
            <ul className="ui-files">
              {paper.files.map((file) => (
                <Paper key={file.id} file={file} base={base} added={addedIds.includes(file.id)} />
              ))}
            </ul>
          ),
      }))}
    />
  );
}

/** 申請内容 and 提出書類 as they were last sent. */
export function ContentSection({ application }: { application: OfficeApplication }) {
  const { shown, before, addedIds } = application.content;
  if (shown === undefined) return null;
  return (
    <>
      <Section title="申請内容">
        {isReturned(application.state) ? <p>申請者が修正中です。表示しているのは差戻し時点の内容です。</p> : null}
        <Content shown={shown} before={before} />
      </Section>
      <Section title="提出書類">
        <Papers shown={shown} base={`/office/applications/${application.id}`} addedIds={addedIds} />
      </Section>
    </>
  );
}
