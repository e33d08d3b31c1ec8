import type { Suggesting } from './useSuggestions.ts';

/** The list that opens under a search box. */
export function Suggestions({ combo, id }: { combo: Suggesting; id: string }) {
  if (!combo.open) return null;
  return (
    // Focus stays in the text box, which points here (ARIA combobox)
    <ul className="ui-listbox" role="listbox" id={`${id}-list`} aria-label="候補">
      {combo.items.map((item, index) => (
        // The text box handles the keys
        <li
          key={item.value}
          role="option"
          id={`${id}-${index}`}
          aria-selected={index === combo.active}
          // The box would lose focus, and the list close, before the click arrives.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => combo.choose(item)}
        >
          {item.label}
          {item.note ? <span className="ui-choice-note">{item.note}</span> : null}
        </li>
      ))}
    </ul>
  );
}
