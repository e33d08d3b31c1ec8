import { Link } from 'react-router';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { associationStateLabels } from '../../master-fields.ts';
import type { MasterTree, MasterTwig } from '../../queries/master-tree.ts';

function Name({ twig }: { twig: MasterTwig }) {
  const { code, name, members, state, found } = twig;
  const link = <Link to={`/jma/associations/${code}`}>{name}</Link>;
  return (
    <>
      {`${code} `}
      {found ? <strong>{link}</strong> : link}
      {` ${members.toLocaleString('ja-JP')}名`}
      {state === 'active' ? '' : `(${associationStateLabels[state]})`}
    </>
  );
}

/** Open where something was looked for, and at the top. */
function Twigs({ twigs, depth, open }: { twigs: readonly MasterTwig[]; depth: number; open: boolean }) {
  return (
    <ul className={depth === 0 ? '' : 'pl-6'}>
      {twigs.map((twig) => (
        <li key={twig.code} className="py-1">
          <Name twig={twig} />
          {twig.below.length === 0 ? null : (
            <details open={open || depth === 0}>
              <summary className="min-h-11 cursor-pointer py-2">{`${twig.name}の下位の医師会(${twig.below.length}件)`}</summary>
              <Twigs twigs={twig.below} depth={depth + 1} open={open} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

/** 医師会マスタ as a tree (`screens.md J-02`); folded and opened without script. */
export function Tree({ tree }: { tree: MasterTree }) {
  if (tree.roots.length === 0) return <EmptyState>該当する医師会はありません。</EmptyState>;
  return <Twigs twigs={tree.roots} depth={0} open={tree.narrowed} />;
}
