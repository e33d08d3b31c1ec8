import type { Layer } from '#kernel/actor.ts';
import { Tabs } from '#ui/parts/Tabs.tsx';

export type FacilityTab = 'list' | 'typed' | 'own' | 'review' | 'merge';

const list = '/office/facilities';
const proposals = `${list}/proposals`;

/** The views of 施設別一覧 that an office of this layer has (`screens.md O-14`). */
export function FacilityTabs({ layer, current }: { layer: Layer; current: FacilityTab }) {
  const own = { tab: 'own' as const, label: '提案した内容', to: proposals };
  const shown = [
    { tab: 'list' as const, label: '施設別一覧', to: list },
    ...(layer === 1 ? [] : [{ tab: 'typed' as const, label: '未登録の施設名', to: `${list}?typed=1` }]),
    ...(layer === 1 ? [{ tab: 'merge' as const, label: '重複の統合', to: proposals }] : [own]),
    ...(layer === 2 ? [{ tab: 'review' as const, label: '提案の審査', to: `${proposals}?tab=review` }] : []),
  ];
  return <Tabs label="施設の表示" tabs={shown.map(({ tab, ...one }) => ({ ...one, current: tab === current }))} />;
}
