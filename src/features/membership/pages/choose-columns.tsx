import { Form, useLocation } from 'react-router';
import { Button } from '#ui/parts/Button.tsx';
import { columnLabel, memberColumnCodes, type MemberColumnCode } from '../fields.ts';

/** 列を選ぶ: the columns stand in the address, so that it works without script and is kept with the conditions. */
export function ChooseColumns({ chosen }: { chosen: readonly MemberColumnCode[] }) {
  const { search } = useLocation();
  const kept = [...new URLSearchParams(search)].filter(([name]) => name !== 'column');
  return (
    <details className="ui-no-print">
      <summary className="min-h-11 cursor-pointer py-2">列を選ぶ</summary>
      <Form method="get" key={search} className="ui-filter p-4">
        {kept.map(([name, value], index) => (
          <input key={`${name} ${index}`} type="hidden" name={name} value={value} />
        ))}
        <fieldset>
          <legend className="sr-only">表示する列</legend>
          <div className="ui-choices-inline">
            {memberColumnCodes.map((code) => (
              <label className="ui-choice" key={code}>
                <input type="checkbox" name="column" value={code} defaultChecked={chosen.length === 0 || chosen.includes(code)} />
                <span>{columnLabel(code)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <Button size="small">この列で表示する</Button>
      </Form>
    </details>
  );
}
