/** A flow is a table of data: state → action → next state. Screens, commands, checks and diagrams read the same literal. */

export type FlowTable<State extends string, Action extends string> = Readonly<Record<State, Partial<Readonly<Record<Action, State>>>>>;

export type Flow<State extends string, Action extends string> = {
  name: string;
  table: FlowTable<State, Action>;
  states: readonly State[];
  /** The actions possible in a state, in table order. */
  actionsFrom: (state: State) => readonly Action[];
  /** The state after an action, or undefined where the table has no such cell. */
  next: (state: State, action: Action) => State | undefined;
  /** True when nothing can happen any more. */
  isFinal: (state: State) => boolean;
  isState: (text: string) => text is State;
  /** Mermaid source for `docs/flows`. */
  diagram: () => string;
};

/** Builds a flow from its literal; types of states and actions come from it. */
export function defineFlow<State extends string, Action extends string>(
  name: string,
  actions: readonly Action[],
  table: FlowTable<State, Action>,
): Flow<State, Action> {
  const isState = (text: string): text is State => Object.hasOwn(table, text);
  const states = Object.keys(table).filter(isState);
  const actionsFrom = (state: State) => actions.filter((action) => table[state][action] !== undefined);
  return {
    name,
    table,
    states,
    actionsFrom,
    next: (state, action) => table[state][action],
    isFinal: (state) => actionsFrom(state).length === 0,
    isState,
    diagram: () => diagramOf(states, actionsFrom, table),
  };
}

function diagramOf<State extends string, Action extends string>(
  states: readonly State[],
  actionsFrom: (state: State) => readonly Action[],
  table: FlowTable<State, Action>,
): string {
  const arrows = states.flatMap((state) => actionsFrom(state).map((action) => `  ${state} --> ${table[state][action]}: ${action}`));
  return ['stateDiagram-v2', ...arrows, ''].join('\n');
}
