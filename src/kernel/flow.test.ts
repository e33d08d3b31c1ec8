import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineFlow } from './flow.ts';

type State = 'open' | 'paused' | 'done';
type Action = 'pause' | 'resume' | 'finish';

const flow = defineFlow<State, Action>('sample', ['pause', 'resume', 'finish'], {
  open: { pause: 'paused', finish: 'done' },
  paused: { resume: 'open' },
  done: {},
});

describe('defineFlow', () => {
  test('names the actions of a state in the order of the list', () => {
    expect(flow.actionsFrom('open')).toEqual(['pause', 'finish']);
    expect(flow.actionsFrom('done')).toEqual([]);
  });

  test('knows the next state, and nothing where the table has no cell', () => {
    expect(flow.next('open', 'pause')).toBe('paused');
    expect(flow.next('paused', 'finish')).toBeUndefined();
  });

  test('is final exactly where no action leads on', () => {
    for (const state of flow.states) expect(flow.isFinal(state)).toBe(flow.actionsFrom(state).length === 0);
    expect(flow.isFinal('done')).toBe(true);
  });

  test('takes no inherited name for a state', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('toString', '__proto__', 'constructor', 'open', 'done')), (text) => {
        expect(flow.isState(text)).toBe(['open', 'paused', 'done'].includes(text));
      }),
    );
  });

  test('draws one arrow for each cell of the table', () => {
    expect(flow.diagram()).toBe('stateDiagram-v2\n  open --> paused: pause\n  open --> done: finish\n  paused --> open: resume\n');
  });
});
