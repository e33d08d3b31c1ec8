import { AssociationsLink } from '#features/association/pages/associations-link.tsx';
import { Stepper } from '#ui/parts/Stepper.tsx';

/** What the pages of 退会届 have in common. */

export function WithdrawalHead({ current, returned = false }: { current: 0 | 1 | 2 | 3; returned?: boolean }) {
  return (
    <>
      <h1>{returned ? '退会届の修正' : '退会届'}</h1>
      {current === 0 ? null : <Stepper steps={['医師会選択', returned ? '確認・再申請' : '確認・申請']} current={current} />}
    </>
  );
}

/** The notes under step 1, to the letter. */
export function WithdrawalNotes() {
  return (
    <div className="my-6 grid gap-1">
      <p>※複数のグループが表示されている場合、1回の操作につき1グループのみ申請が可能です。</p>
      <p>※下層の医師会を退会する場合、上層の医師会も同時退会となります。</p>
      <p>例)2層の都道府県医師会を退会される場合、同グループの1層 日本医師会も同時退会となります。</p>
      <p>例)4層の郡市区医師会を退会される場合、同グループのすべての医師会が同時退会となります。</p>
      <p>※退会を申請された各医師会で審査・承認後に、退会となります。</p>
      <p>※ 退会意思確認等のため医師会事務局よりご連絡することがありますので、ご対応のほどよろしくお願いいたします。</p>
      <p>
        ※退会する医師会によって退会申請時にご提出いただく書類が異なります。申請される前にお電話またはメールにてお問合せください。
        <AssociationsLink />
      </p>
      <p>退会日の当日までは会員です。</p>
    </div>
  );
}
