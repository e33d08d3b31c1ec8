import { Link } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { Actions } from '#ui/parts/Button.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import { Section } from '#ui/parts/Card.tsx';

export const handle = definePage({
  id: 'A-16-accessibility',
  title: 'ウェブアクセシビリティ',
  crumb: 'ウェブアクセシビリティ',
  who: everybody,
  audit: { none: 'a text for everybody' },
});

export const meta = () => [{ title: 'ウェブアクセシビリティ | MAMIS' }];

/** what this system does for everybody to use it, and whom to tell where it does not. */
export default function Accessibility() {
  return (
    <>
      <h1>ウェブアクセシビリティ</h1>
      <p>年齢、障害の有無、お使いの機器にかかわらず、どなたにもお使いいただけることを目指しています。</p>
      <Section title="目標とする基準">
        <p>WCAG 2.2(JIS X 8341-3に対応する国際的な指針)のレベルAAに合わせています。対象は、このシステムのすべての画面です。</p>
      </Section>
      <Section title="画面について">
        <ul>
          <li>文字は16ピクセル以上で、ブラウザーで2倍まで大きくしても、すべての内容をお使いいただけます。</li>
          <li>キーボードだけで、すべての操作ができます。今いる場所は枠で示されます。</li>
          <li>読み上げソフトで、見出し・項目名・エラーの内容を順にお聞きいただけます。</li>
          <li>色だけで意味を示すことはありません。状態は文字でも示します。</li>
          <li>スマートフォンでは表を項目ごとに並べ替えて表示し、横に動かす必要はありません。</li>
          <li>JavaScriptを使わない設定でも、届の作成や審査などの手続きができます。</li>
          <li>一定の時間操作がないとログアウトしますが、その前にお知らせします。届の入力内容は一時保存できます。</li>
        </ul>
      </Section>
      <Section title="確かめ方">
        <p>
          画面ごとに、入力前・入力後・エラーの表示を、自動の検査で確かめています。キーボードだけの操作と、JavaScriptを使わない操作も試しています。
        </p>
      </Section>
      <Section title="使いにくいところがあるとき">
        <p>
          画面の名前と、お困りのことを<Link to="/contact">お問合せフォーム</Link>
          からお知らせください。お急ぎの手続きは、所属の医師会が代わりに入力することもできます。
        </p>
      </Section>
      <Actions>
        <PrintButton>印刷する</PrintButton>
      </Actions>
    </>
  );
}
