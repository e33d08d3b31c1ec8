import { type MouseEvent, useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { useHydrated } from '../useHydrated.ts';
import { ErrorLines, FieldFrame } from './FieldFrame.tsx';
import { type FieldProps, textOf, useField } from './formState.tsx';
import type { Option } from './option.ts';
import { Suggestions } from './Suggestions.tsx';
import { type Suggesting, useSuggestions } from './useSuggestions.ts';

type Props = FieldProps & {
  /** Answers `GET {suggestUrl}?q=…` with `{ items: Option[] }`. */
  suggestUrl: string;
  /** What is chosen now. */
  chosen?: Pick<Option, 'value' | 'label'> | undefined;
  /** What the server found after 検索; undefined before any search. */
  hits?: readonly Option[] | undefined;
  onChoose?: (option: Option | undefined) => void;
};

/**
 * Part of a name → one of the hits. Posts the choice as `name`, the typed text as `{name}Query`; 検索 posts
 * `intent=search:{name}`, for which the server answers the form with `hits`. Script suggests while one types. A choice
 * posts the text it stands under as `{name}QueryChosen`: `readFields` drops it when another text was typed since.
 */
export function SearchField(props: Props) {
  const parts = useField(props);
  const typed = useField({ name: `${props.name}Query` });
  const [choice, setChoice] = useState<Pick<Option, 'value' | 'label'> | undefined>(props.chosen);
  const combo = useSuggestions({
    url: props.suggestUrl,
    initial: textOf(typed.value) ?? props.chosen?.label ?? '',
    onChoose: (option) => {
      setChoice(option);
      props.onChoose?.(option);
    },
  });
  return (
    <FieldFrame field={props} parts={parts}>
      <div className="ui-with-button">
        <div className="ui-combo">
          <ComboInput combo={combo} props={props} {...parts} chosen={choice !== undefined} />
          <Suggestions combo={combo} id={parts.id} />
        </div>
        <Button name="intent" value={`search:${props.name}`} formNoValidate>
          検索
        </Button>
      </div>
      <p className="ui-below" aria-live="polite">
        {choice ? <span className="ui-chosen">{`選択中:${choice.label}`}</span> : combo.status}
      </p>
      {props.hits === undefined || choice ? (
        <input type="hidden" name={props.name} value={choice?.value ?? ''} />
      ) : (
        <Hits name={props.name} hits={props.hits} />
      )}
      {choice ? <input type="hidden" name={`${props.name}QueryChosen`} value={combo.text} /> : null}
      <ErrorLines parts={typed} />
    </FieldFrame>
  );
}

type InputProps = {
  combo: Suggesting;
  props: Props;
  id: string;
  describedBy: string | undefined;
  invalid: true | undefined;
  /** Something is chosen: who comes to type another thing replaces it whole. */
  chosen: boolean;
};

/** The first press of a box takes all of its text; the browser would put the cursor in between instead. */
function pressWhole(event: MouseEvent<HTMLInputElement>): void {
  const box = event.currentTarget;
  if (box.ownerDocument.activeElement === box) return;
  event.preventDefault();
  box.focus();
}

function ComboInput({ combo, props, id, describedBy, invalid, chosen }: InputProps) {
  // Without script it is a plain text box, and must not be announced as more.
  const role = useHydrated()
    ? ({
        role: 'combobox',
        'aria-autocomplete': 'list',
        'aria-expanded': combo.open,
        'aria-controls': combo.open ? `${id}-list` : undefined,
        'aria-activedescendant': combo.open && combo.active >= 0 ? `${id}-${combo.active}` : undefined,
      } as const)
    : {};
  return (
    <input
      className="ui-input ui-input-wide"
      type="text"
      id={id}
      name={`${props.name}Query`}
      value={combo.text}
      autoComplete="off"
      onChange={(event) => combo.type(event.currentTarget.value)}
      onKeyDown={combo.onKeyDown}
      onFocus={chosen ? (event) => event.currentTarget.select() : undefined}
      onMouseDown={chosen ? pressWhole : undefined}
      onBlur={combo.close}
      aria-required={props.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      {...role}
    />
  );
}

function Hits({ name, hits }: { name: string; hits: readonly Option[] }) {
  if (hits.length === 0) return <p>該当するデータはありません。検索条件を変えてお試しください。</p>;
  return (
    <fieldset>
      <legend className="ui-hint">検索結果から選択してください</legend>
      {hits.map((hit) => (
        <label className="ui-choice" key={hit.value}>
          <input type="radio" name={name} value={hit.value} />
          <span>
            {hit.label}
            {hit.note ? <span className="ui-choice-note">{hit.note}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
