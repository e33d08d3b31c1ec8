import { useState } from 'react';
import { useField } from '#ui/fields/formState.tsx';
import { ErrorLines } from '#ui/fields/FieldFrame.tsx';
import { layerLabel } from '../../labels.ts';
import { categoryField } from '../../schema.ts';
import type { ChainLine, JoinChain } from '../../queries/join-chain.ts';
import type { Requests } from '../../queries/join-requests.ts';
import { askedHint } from './join-parts.tsx';

/** The table of step 1. Without script the server ticks what lies below; script shows it at once. */

type Choices = { ticked: ReadonlySet<number>; categories: Readonly<Record<number, string>>; touched: ReadonlySet<number> };

function startOf(lines: readonly ChainLine[]): Choices {
  return {
    ticked: new Set(lines.filter((line) => line.ticked).map((line) => line.associationId)),
    categories: Object.fromEntries(lines.map((line) => [line.associationId, line.categoryId])),
    touched: new Set(lines.filter((line) => line.categoryId !== '').map((line) => line.associationId)),
  };
}

/** Ticking pulls in what lies below, taking a tick away also takes those above; lines are lowest first. */
function tick(lines: readonly ChainLine[], before: Choices, change: { line: ChainLine; on: boolean }): Choices {
  const place = lines.indexOf(change.line);
  const ticked = new Set(before.ticked);
  for (const [index, line] of lines.entries()) {
    if (line.status !== 'open') continue;
    if (change.on && index <= place) ticked.add(line.associationId);
    if (!change.on && index >= place && !line.locked) ticked.delete(line.associationId);
  }
  return { ...before, ticked };
}

/** The categories that go with one chosen below: those with the same hint, where nothing was chosen by hand. */
function choose(lines: readonly ChainLine[], before: Choices, change: { line: ChainLine; value: string }): Choices {
  const jmaCode = change.line.categories.find((category) => category.value === change.value)?.jmaCode ?? '';
  const categories = { ...before.categories, [change.line.associationId]: change.value };
  for (const line of lines.slice(lines.indexOf(change.line) + 1)) {
    const fitting = line.categories.find((category) => jmaCode !== '' && category.jmaCode === jmaCode);
    if (line.status === 'open' && !before.touched.has(line.associationId) && fitting !== undefined)
      categories[line.associationId] = fitting.value;
  }
  return { ...before, categories, touched: new Set(before.touched).add(change.line.associationId) };
}

const statusWords: Record<ChainLine['status'], string> = {
  open: '',
  member: '所属中',
  pending: '別の届で申請中',
  decided: '承認済み',
  stays: '引き続き所属',
};

type RowProps = {
  line: ChainLine;
  choices: Choices;
  fixed: boolean;
  requests: Requests | undefined;
  onTick: (on: boolean) => void;
  onCategory: (value: string) => void;
};

function TickCell({ line, choices, fixed, onTick }: RowProps) {
  if (line.status !== 'open') return <span>{statusWords[line.status]}</span>;
  // A disabled box is not posted; the server ticks it by the same rule.
  return (
    <>
      <label className="ui-choice">
        <input
          type="checkbox"
          name="ticked"
          value={line.associationId}
          checked={choices.ticked.has(line.associationId)}
          disabled={line.locked}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
        <span>
          入会する<span className="sr-only">{`(${line.name})`}</span>
        </span>
      </label>
      {line.locked && !fixed ? <input type="hidden" name="ticked" value={line.associationId} /> : null}
      {line.lockNote === '' ? null : <p>{line.lockNote}</p>}
    </>
  );
}

function CategoryCell({ line, choices, requests, onCategory }: RowProps) {
  const name = `categories.${categoryField(line.associationId)}`;
  const hint = askedHint(requests, name);
  const field = useField({ name, hint });
  if (line.status !== 'open' && line.status !== 'stays')
    return <span>{line.categories.find((category) => category.value === line.categoryId)?.label ?? '－'}</span>;
  return (
    <div className={field.invalid ? 'ui-field-error my-2' : 'my-2'}>
      {hint ? <div id={field.hintId}>{hint}</div> : null}
      <ErrorLines parts={field} />
      <select
        className="ui-input"
        id={field.id}
        name={name}
        value={choices.categories[line.associationId] ?? ''}
        aria-label={`${line.name}の会員区分`}
        aria-invalid={field.invalid}
        aria-describedby={field.describedBy}
        onChange={(event) => onCategory(event.currentTarget.value)}
      >
        <option value="">選択してください</option>
        {line.categories.map((category) => (
          <option key={category.value} value={category.value}>
            {category.label}
          </option>
        ))}
      </select>
    </div>
  );
}

const layerNames: Readonly<Record<number, string>> = { 4: '地区医師会', 3: '郡市区等医師会', 2: '都道府県医師会' };

function ChainRow(props: RowProps) {
  const { line } = props;
  return (
    <tr role="row" className="ui-row">
      <th role="rowheader" scope="row" data-head="医師会">
        <span>
          <span className="block font-normal">{`${layerLabel(line.layer)} ${line.layer === 1 ? '' : (layerNames[line.layer] ?? '')}`}</span>
          <strong>{line.name}</strong>
        </span>
      </th>
      <td role="cell" data-head="入会の希望">
        <div>
          <TickCell {...props} />
        </div>
      </td>
      <td role="cell" data-head="会員区分">
        <CategoryCell {...props} />
      </td>
    </tr>
  );
}

export type ChainTableProps = { chain: JoinChain; initial: readonly ChainLine[]; fixed: boolean; requests: Requests | undefined };

/** Lowest first: association, tick, category. `initial` carries what was typed when the form comes back. */
export function ChainTable({ chain, initial, fixed, requests }: ChainTableProps) {
  const [choices, setChoices] = useState(() => startOf(initial));
  const [direct, setDirect] = useState(chain.direct);
  const lines = direct ? initial.filter((line) => line.layer <= 2) : initial;
  return (
    <>
      {chain.directAllowed && !chain.directOnly ? (
        <label className="ui-choice mb-4">
          <input type="checkbox" name="direct" value="1" checked={direct} onChange={(event) => setDirect(event.currentTarget.checked)} />
          <span>{`郡市区等医師会を経由せずに入会する(${chain.prefectureName})`}</span>
        </label>
      ) : null}
      {chain.directOnly ? <input type="hidden" name="direct" value="1" /> : null}
      <div className="ui-table-scroll">
        <table className="ui-table ui-table-cards" role="table">
          <caption className="sr-only">入会を希望する医師会と会員区分</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col" className="static">
                医師会
              </th>
              <th role="columnheader" scope="col" className="static">
                入会の希望
              </th>
              <th role="columnheader" scope="col" className="static">
                会員区分
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {lines.map((line) => (
              <ChainRow
                key={line.associationId}
                line={line}
                choices={choices}
                fixed={fixed}
                requests={requests}
                onTick={(on) => setChoices(tick(lines, choices, { line, on }))}
                onCategory={(value) => setChoices(choose(lines, choices, { line, value }))}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
