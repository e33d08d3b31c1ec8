import { formatDayPlain } from '#kernel/wareki.ts';
import { Card } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { changeLabels } from '../../master-fields.ts';
import type { ListedChange, MasterDetail } from '../../queries/master.ts';

/** How far a 合併 or 分割 has come, and who stays behind for what reason. */
export function MoveState({ change, progress }: { change: ListedChange; progress: MasterDetail['progress'] }) {
  if (progress === undefined) return null;
  return (
    <Card level={3} title={`${changeLabels[change.kind]}:${change.target}へ ${formatDayPlain(change.startsOn)}から`}>
      <p>会員を一人ずつ移しています。この画面を開き直すと、進み具合が変わります。</p>
      <DefinitionTable
        items={[
          { label: '移った会員', value: `${progress.moved}名` },
          { label: '引き継いだ届', value: `${progress.cases}件` },
          ...(change.kind === 'merge' ? [{ label: '残っている会員', value: `${progress.left.members}名` }] : []),
          { label: '移せなかった会員', value: `${progress.held}名` },
        ]}
      />
      {progress.held > 0 ? (
        <Notice tone="warn" title="移せなかった会員がいます。1時間ごとに、もう一度試します。">
          <ul>
            {progress.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </Card>
  );
}
