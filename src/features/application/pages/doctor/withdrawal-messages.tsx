import { formatDayPlain } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';

/** The two questions before 退会届 (`screens.md D-11`): pages of their own, so that they work without script. */

export const confirmStep = 'confirm';
export const formStep = 'form';

const benefits = ['医師賠償責任保険', '医師年金', '生涯教育・認定制度の支援', '日医ニュース・日医雑誌', '地域の医師会活動'] as const;

function Benefits() {
  return (
    <Section title="医師会員へのサービス">
      <ul className="list-disc pl-6">
        {benefits.map((benefit) => (
          <li key={benefit}>{benefit}</li>
        ))}
      </ul>
    </Section>
  );
}

function Waiver({ until }: { until: Day | undefined }) {
  return (
    <Notice tone="info" title="現在会費無料期間中です">
      {until === undefined ? null : <p>{`免除は${formatDayPlain(until)}までの見込みです。`}</p>}
    </Notice>
  );
}

/** `query` carries what the next page must know: the case a new paper is made after. */
function to(step: string, from: string): string {
  return `?${new URLSearchParams({ step, ...(from === '' ? {} : { from }) }).toString()}`;
}

/** Message 1: what one would give up. */
export function FirstMessage({ waiver, from }: { waiver: { until: Day | undefined } | undefined; from: string }) {
  return (
    <>
      {waiver === undefined ? <Benefits /> : <Waiver until={waiver.until} />}
      <p className="font-bold">退会手続きを続けますか?</p>
      <Actions>
        <LinkButton to="/my" variant="primary">
          入会を継続する
        </LinkButton>
        <LinkButton to={to(confirmStep, from)}>退会する</LinkButton>
      </Actions>
    </>
  );
}

/** Message 2. */
export function SecondMessage({ from }: { from: string }) {
  return (
    <>
      <Notice tone="warn" title="本当に退会しますか?">
        <p>退会手続きを続けますか?</p>
      </Notice>
      <p>勤務先が変わるだけの場合は、異動届をご利用いただけます。</p>
      <Actions>
        <LinkButton to={to(formStep, from)}>実行する</LinkButton>
        <LinkButton to="/my" variant="primary">
          キャンセル
        </LinkButton>
        <LinkButton to="/my/applications/transfer">異動届に進む</LinkButton>
      </Actions>
    </>
  );
}

/** Nobody can leave what he does not belong to. */
export function NoMembership() {
  return (
    <>
      <Notice tone="info" title="現在、医師会に所属していません。" />
      <Actions>
        <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      </Actions>
    </>
  );
}
