import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { sizeText } from '#ui/fields/FileField.tsx';
import type { ShownPaper } from '../../shown-papers.ts';
import { paperLines } from '../../shown-papers.ts';
import { texts } from '../../messages.ts';
import { useCaseRoot } from './use-case-root.tsx';

/** The content of a join as the doctor reads it before sending and ever after. */

export type ContentLine = { code: string; label: string; group: string | undefined; lines: readonly string[] };

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <span className="block" key={line}>
      {line}
    </span>
  ));
}

function itemsOf(lines: readonly ContentLine[]) {
  return lines.map((line) => ({ key: line.code, label: line.label, value: line.lines.length === 0 ? '' : <Lines lines={line.lines} /> }));
}

/** Lines before, within and after the block 所属施設, each under its heading. */
export function ContentTable({ lines }: { lines: readonly ContentLine[] }) {
  const first = lines.findIndex((line) => line.group !== undefined);
  const group = lines[first]?.group;
  // Of a facility that is not known yet its name alone says so.
  const inside = lines.filter((line, index) => line.group !== undefined && (index === first || line.lines.length > 0));
  const before = lines.filter((line, index) => line.group === undefined && (first < 0 || index < first));
  const after = lines.filter((line, index) => line.group === undefined && first >= 0 && index > first);
  return (
    <>
      <Section title="希望">
        <DefinitionTable items={itemsOf(before)} />
      </Section>
      {group === undefined ? null : (
        <Section title={group}>
          <DefinitionTable items={itemsOf(inside)} />
        </Section>
      )}
      {after.length === 0 ? null : (
        <Section title="勤務の内容・連絡事項">
          <DefinitionTable items={itemsOf(after)} />
        </Section>
      )}
    </>
  );
}

export type ShownLine = { associationId: number; layerName: string; associationName: string; categoryName: string };

/** 入会申請先 / 会員区分; `head` as the kind calls it. */
export function ChoiceTable({ head, choices }: { head: string; choices: readonly ShownLine[] }) {
  return (
    <div className="ui-table-scroll">
      <table className="ui-table">
        <caption className="sr-only">{`${head}と会員区分`}</caption>
        <thead>
          <tr>
            <th scope="col" className="static">
              {head}
            </th>
            <th scope="col" className="static">
              会員区分
            </th>
          </tr>
        </thead>
        <tbody>
          {choices.map((choice) => (
            <tr key={choice.associationId}>
              <th scope="row">{`${choice.layerName} ${choice.associationName}`}</th>
              <td>{choice.categoryName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 提出書類 / ファイル名; each opens its preview. */
export function PaperTable({ id, papers }: { id: string; papers: readonly ShownPaper[] }) {
  const root = useCaseRoot();
  const items = papers.map((paper) => ({
    key: paper.code,
    label: paper.title,
    value:
      paper.files.length === 0
        ? paperLines(paper).join('')
        : paper.files.map((file) => (
            <span className="block" key={file.id}>
              {file.erased ? (
                `${file.fileName} ${texts.erased}`
              ) : (
                <a
                  href={`${root}/${id}/documents/${file.id}/preview`}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={`${file.fileName}をプレビュー(新しいタブ)`}
                >
                  {file.fileName}
                </a>
              )}
              {` ${sizeText(file.size)}`}
            </span>
          )),
  }));
  return <DefinitionTable items={items} />;
}
