/** Where one is in a form of several screens: 「1 医師会選択」「2 入力」「3 確認・申請」. */
export function Stepper({ steps, current }: { steps: readonly string[]; current: number }) {
  return (
    <ol className="ui-steps" aria-label="手順">
      {steps.map((step, index) => {
        const number = index + 1;
        const done = number < current;
        return (
          <li key={step} aria-current={number === current ? 'step' : undefined} className={done ? 'ui-step-done' : undefined}>
            <span className="ui-step-number" aria-hidden={done}>
              {done ? '✓' : number}
            </span>
            <span>
              {done ? <span className="sr-only">{`${number} 完了:`}</span> : null}
              {step}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
