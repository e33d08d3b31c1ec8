import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import type { JoinShown } from '../../fields.ts';
import { compareJoins } from '../../compare.ts';
import { joinFields } from '../../fields.ts';
import { isReturned } from '../../flow.ts';
import type { OfficeApplication } from '../../queries/office-application.ts';
import { Comparison } from '../comparison.tsx';
import { OriginalsForm } from './originals-form.tsx';
import { Papers } from './detail-papers.tsx';

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

/** 変更前 / 変更後 of a 異動届, what changes marked (`screens.md O-05`). */
function BeforeAndAfter({ shown: { kind, comparison = [] } }: { shown: JoinShown }) {
  if ((kind !== 'change' && kind !== 'transfer') || comparison.length === 0) return null;
  return (
    <div className="mb-6">
      <Comparison kind={kind} lines={comparison} />
    </div>
  );
}

/** 申請内容 and 提出書類 as they were last sent. */
export function ContentSection({ application, originalsKey }: { application: OfficeApplication; originalsKey: string }) {
  const { shown, before, addedIds } = application.content;
  if (shown === undefined) return null;
  return (
    <>
      <Section title="申請内容">
        {isReturned(application.state) ? <p>申請者が修正中です。表示しているのは差戻し時点の内容です。</p> : null}
        <BeforeAndAfter shown={shown} />
        <Content shown={shown} before={before} />
      </Section>
      <Section title="提出書類" id="papers">
        <Papers papers={shown.papers} base={`/office/applications/${application.id}`} addedIds={addedIds} />
        <OriginalsForm application={application} papers={shown.papers} idempotencyKey={originalsKey} />
      </Section>
    </>
  );
}
