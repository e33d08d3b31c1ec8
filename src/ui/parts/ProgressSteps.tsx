import type { ReactNode } from 'react';
import { StateLabel, type StateTone } from './StateLabel.tsx';

export type ProgressStep = {
  key: string;
  /** The association. */
  title: string;
  category?: string | undefined;
  /** The word for the state (`screens.md 1.4`). */
  state: string;
  look: 'done' | 'current' | 'waiting' | 'stopped';
  /** Lines beneath: decided date, processing date, usual time. */
  children?: ReactNode;
};

const signs = { done: '✓', current: '●', waiting: '', stopped: '×' } as const;
const tones = { done: 'success', current: 'progress', waiting: 'neutral', stopped: 'danger' } satisfies Record<
  ProgressStep['look'],
  StateTone
>;

/** The way of an application through the offices, lowest first. */
export function ProgressSteps({ steps }: { steps: readonly ProgressStep[] }) {
  return (
    <ol className="ui-progress">
      {steps.map((step) => (
        <li key={step.key} className={`ui-progress-${step.look}`} aria-current={step.look === 'current' ? 'step' : undefined}>
          <span className="ui-progress-dot" aria-hidden="true">
            {signs[step.look]}
          </span>
          <div className="ui-progress-head">
            <span>{step.title}</span>
            {step.category ? <span className="font-normal">{step.category}</span> : null}
            <StateLabel tone={tones[step.look]}>{step.state}</StateLabel>
          </div>
          {step.children}
        </li>
      ))}
    </ol>
  );
}
