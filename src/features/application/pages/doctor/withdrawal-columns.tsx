import { Link } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { ErrorLines, RequiredMark } from '#ui/fields/FieldFrame.tsx';
import { useField } from '#ui/fields/formState.tsx';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { CardGrid } from '#ui/parts/Card.tsx';
import { Mark } from '#ui/parts/Mark.tsx';
import { useHydrated } from '#ui/useHydrated.ts';
import { layerLabel } from '../../labels.ts';
import type { LeaveColumn, LeaveLine, MoveQuestion, WithdrawalStart } from '../../queries/withdrawal-start.ts';
import { moveField } from '../../upper-rules.ts';
import { useCaseRoot } from './use-case-root.tsx';

/** Step 1 of 退会届: one column per affiliation. Without script the server ticks what lies above; script shows it at once. */

/** Ticking takes everything above with it and everything in other affiliations away; unticking also keeps what lies below. */
export function tickLeave(
  columns: readonly LeaveColumn[],
  ticked: ReadonlySet<number>,
  change: { column: LeaveColumn; line: LeaveLine; on: boolean },
): ReadonlySet<number> {
  const { column, line, on } = change;
  const inside = column.lines.filter((one) => one.leavesOn === undefined);
  const place = inside.findIndex((one) => one.associationId === line.associationId);
  const before = new Set(inside.filter((one) => ticked.has(one.associationId)).map((one) => one.associationId));
  for (const [index, one] of inside.entries()) {
    if (on && index >= place) before.add(one.associationId);
    if (!on && index <= place) before.delete(one.associationId);
  }
  if (before.size > 0) return before;
  return new Set(
    [...ticked].filter((id) => columns.some((other) => other.id !== column.id && other.lines.some((one) => one.associationId === id))),
  );
}

type LineProps = {
  line: LeaveLine;
  id: string | undefined;
  disabled: boolean;
  ticked: boolean;
  onTick: (on: boolean) => void;
  describedBy: string | undefined;
};

function LineChoice({ line, id, disabled, ticked, onTick, describedBy }: LineProps) {
  const name = `${layerLabel(line.layer)} ${line.name}`;
  const since = `${line.category} ${formatDayPlain(line.joinedOn)}入会`;
  if (line.leavesOn !== undefined) {
    return (
      <li>
        <span className="block font-bold">{name}</span>
        <span className="block">{`${since} ${formatDayPlain(line.leavesOn)}に退会予定`}</span>
      </li>
    );
  }
  return (
    <li>
      <label className="ui-choice">
        <input
          type="checkbox"
          id={id}
          name="leave"
          value={line.associationId}
          checked={ticked}
          disabled={disabled}
          aria-describedby={describedBy}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
        <span>
          {name}
          <span className="ui-choice-note">{since}</span>
        </span>
      </label>
    </li>
  );
}

type ColumnsProps = { view: WithdrawalStart; ticked: ReadonlySet<number>; onTicked: (ticked: ReadonlySet<number>) => void };

function Column({
  column,
  first,
  props,
}: {
  column: LeaveColumn;
  first: string | undefined;
  props: ColumnsProps & { describedBy: string | undefined };
}) {
  const { view, ticked, onTicked, describedBy } = props;
  const root = useCaseRoot();
  const stopped = column.rivalId !== undefined && column.rivalId !== view.id;
  return (
    <div className="ui-card">
      <h3>
        {column.facility} {column.isPrimary ? <Mark kind="primary" /> : null}
      </h3>
      {stopped ? (
        <p>
          この所属について申請中の届があります。 <Link to={`${root}/${column.rivalId ?? ''}`}>申請の詳細を見る</Link>
        </p>
      ) : null}
      <ul className="grid gap-2">
        {column.lines.map((line, index) => (
          <LineChoice
            key={line.associationId}
            line={line}
            id={index === 0 ? first : undefined}
            disabled={view.fixed || stopped}
            ticked={ticked.has(line.associationId)}
            describedBy={describedBy}
            onTick={(on) => onTicked(tickLeave(view.columns, ticked, { column, line, on }))}
          />
        ))}
      </ul>
    </div>
  );
}

/** 退会する医師会: the boxes of all affiliations are one question. */
export function LeaveColumns(props: ColumnsProps) {
  const { view, ticked } = props;
  const field = useField({ name: 'leave' });
  return (
    <fieldset className={field.invalid ? 'ui-field ui-field-error' : 'ui-field'} aria-describedby={field.describedBy}>
      <legend className="ui-label mb-2">
        退会する医師会
        <RequiredMark />
      </legend>
      <ErrorLines parts={field} />
      {view.fixed ? <p>差戻しの修正では、退会する医師会は変更できません。</p> : null}
      <CardGrid>
        {view.columns.map((column, index) => (
          <Column
            key={column.id}
            column={column}
            first={index === 0 ? field.id : undefined}
            props={{ ...props, describedBy: field.describedBy }}
          />
        ))}
      </CardGrid>
      {view.fixed ? [...ticked].map((id) => <input key={id} type="hidden" name="leave" value={id} />) : null}
    </fieldset>
  );
}

/** A shared upper membership is asked about when its line ends and is not the lowest that does. */
export function isAsked(columns: readonly LeaveColumn[], ticked: ReadonlySet<number>, move: MoveQuestion): boolean {
  const column = columns.find((one) => one.id === move.affiliationId);
  const lowest = column?.lines.find((line) => line.leavesOn === undefined && ticked.has(line.associationId));
  return lowest !== undefined && lowest.associationId !== move.associationId && ticked.has(move.associationId);
}

/** 引き続き所属する上層の医師会: with script only where it matters. */
export function MoveChoices({ view, ticked }: { view: WithdrawalStart; ticked: ReadonlySet<number> }) {
  const hydrated = useHydrated();
  if (view.fixed) return null;
  const asked = hydrated ? view.moves.filter((move) => isAsked(view.columns, ticked, move)) : view.moves;
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="moves-title">
      <h3 id="moves-title">引き続き所属する上層の医師会</h3>
      <p>ほかの所属と共通の上層の医師会は、引き続き所属するかどうかを選択してください。</p>
      {asked.map((move) => (
        <RadioGroup
          key={move.associationId}
          name={moveField(move.associationId)}
          label={`${layerLabel(move.layer)} ${move.name}`}
          required={hydrated}
          hint={hydrated ? undefined : `${move.name}より下層の医師会を退会する場合に選択してください。`}
          options={move.options}
          defaultValue={move.chosen}
        />
      ))}
    </section>
  );
}
