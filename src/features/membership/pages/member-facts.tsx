import type { ReactNode } from 'react';
import { formatPost } from '#kernel/fold-input.ts';
import { formatLicence } from '#kernel/licence.ts';
import { formatDay, formatDayPlain, formatInstant, formatWareki } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import type { Definition } from '#ui/parts/DefinitionTable.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import { guidanceTexts, lastText } from '../guidance-messages.ts';
import { contactErased } from '../labels.ts';
import type { MemberDetail } from '../queries/member.ts';
import { MarkLabel, Standing } from './members-columns.tsx';

/** Facts of 会員情報詳細 (`screens.md O-08`), and what has changed of them since the reader looked last. */

function yearMonthText(text: string | null): string {
  return text === null ? '' : text.replace('-', '/');
}

/** 利用中 with the last login, or 未登録. */
function loginText({ registered, lastLoginAt }: MemberDetail['profile']): string {
  if (!registered) return '未登録';
  return lastLoginAt === null ? '利用中' : `利用中(最終ログイン ${formatInstant(lastLoginAt)})`;
}

function Lines({ lines }: { lines: readonly string[] }) {
  const filled = lines.filter((line) => line !== '');
  return filled.length === 0 ? (
    <>－</>
  ) : (
    filled.map((line) => (
      <span className="block" key={line}>
        {line}
      </span>
    ))
  );
}

/** The number of today; those of former times open by mouse, key and touch alike. */
function Licence({ profile }: Pick<MemberDetail, 'profile'>) {
  const now = formatLicence(profile.licence, { checked: profile.licenceChecked });
  if (profile.formerLicences.length === 0) return <>{now}</>;
  return (
    <>
      {now}
      <details>
        <summary className="min-h-11 cursor-pointer py-2">以前の医籍登録番号</summary>
        <ul>
          {profile.formerLicences.map(({ number, licensedOn, recordedAt }) => (
            <li key={`${number}-${recordedAt.getTime()}`}>
              {`${formatLicence(number)}(登録日 ${formatDayPlain(licensedOn)}、${formatInstant(recordedAt)}に記録)`}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Marks({ marks }: { marks: MemberDetail['marks'] }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {marks.map((mark) => (
        <MarkLabel key={mark} mark={mark} />
      ))}
    </span>
  );
}

/** The head: where he stands, and who he is. */
export function headItems({ head, profile, marks }: MemberDetail): Definition[] {
  // The number itself says 「(確認前)」.
  const shown = marks.filter((mark) => mark !== 'unseen');
  return [
    {
      label: '在籍状況',
      value: (
        <>
          <Standing standing={head.standing} />
          {head.years === undefined ? '' : ` ${head.years}`}
        </>
      ),
    },
    { label: '医籍登録番号', value: <Licence profile={profile} /> },
    { label: '生年月日', value: `${formatDay(profile.birthOn)} ${formatWareki(profile.birthOn)}(${head.age}歳)` },
    { label: '会員区分', value: head.category },
    { label: '入会日', value: head.joinedOn === null ? '' : formatDayPlain(head.joinedOn) },
    ...(head.leftOn === null ? [] : [{ label: '退会日', value: formatDayPlain(head.leftOn) }]),
    ...(shown.length === 0 ? [] : [{ label: '状態', value: <Marks marks={shown} /> }]),
  ];
}

/** An entry, and the changes (`block.key`, or a whole block) that are seen in it. */
type Fact = { label: string; value: ReactNode; of: readonly string[] };

function contactFacts({ profile }: MemberDetail): Fact[] {
  const { contactFaded: faded } = profile;
  const address = <Lines lines={[`〒${formatPost(profile.postalCode)}`, profile.address]} />;
  const phones = <Lines lines={[profile.tel, profile.fax === '' ? '' : `FAX ${profile.fax}`]} />;
  return [
    { label: '自宅住所', value: faded ? contactErased : address, of: ['address'] },
    { label: 'TEL / FAX', value: faded ? contactErased : phones, of: ['contact.tel', 'contact.fax'] },
    { label: 'メールアドレス', value: faded ? contactErased : profile.mail, of: ['contact.mail'] },
  ];
}

function factsOf(member: MemberDetail): Fact[] {
  const { profile } = member;
  const school = `${profile.school} ${yearMonthText(profile.graduatedOn)}`;
  return [
    { label: '旧姓・旧名', value: profile.formerName, of: ['formerName'] },
    { label: '医籍登録日', value: formatDayPlain(profile.licensedOn), of: ['licence.licensedOn'] },
    { label: '性別', value: profile.sex, of: ['attribute.sex'] },
    ...contactFacts(member),
    { label: '主たる診療科', value: profile.mainDepartment, of: ['department.mainDepartment'] },
    { label: '担当する科', value: profile.departments.join('、'), of: ['department.departments'] },
    { label: '出身校・卒業年月', value: school, of: ['study.schoolCode', 'study.graduatedOn'] },
    { label: '臨床研修修了(予定)年月', value: yearMonthText(profile.trainingEndsOn), of: ['study.trainingEndsOn'] },
    { label: '学位', value: profile.degree, of: ['study.degreeText', 'study.degreeOn'] },
    { label: '所属学会', value: profile.societies.join('、'), of: ['society'] },
    { label: 'マイページ', value: loginText(profile), of: [] },
    ...(member.guidance === undefined ? [] : [{ label: guidanceTexts.title, value: lastText(member.guidance.last), of: [] }]),
    { label: '登録日時 / 更新日時', value: `${formatInstant(profile.createdAt)} / ${formatInstant(profile.updatedAt)}`, of: [] },
  ];
}

/** 基本情報; entries that have changed since the last look say so. */
export function profileItems(member: MemberDetail): Definition[] {
  const changed = new Set(member.sinceLook?.changes.flatMap(({ block, key }) => [block, `${block}.${key}`]));
  return factsOf(member).map(({ label, value, of }) => {
    if (!of.some((name) => changed.has(name))) return { label, value };
    const marked = (
      <>
        {value === '' ? '－' : value} <span className="ui-diff-mark">【変更】</span>
      </>
    );
    return { label, value: marked };
  });
}

const nothing = '(なし)';

/** 登録情報 before and after, where it has changed since the reader looked last. */
export function ChangesSection({ sinceLook }: Pick<MemberDetail, 'sinceLook'>) {
  if (sinceLook === undefined || sinceLook.changes.length === 0) return null;
  return (
    <Section title={`前回の表示(${formatInstant(sinceLook.at)})のあとに変わった登録情報`}>
      <Diff
        caption="前回の表示からの変更"
        changes={sinceLook.changes.map((change) => ({
          key: `${change.block}.${change.key}`,
          label: change.label,
          before: change.before === '' ? nothing : change.before,
          after: change.after === '' ? nothing : change.after,
          changed: true,
        }))}
      />
    </Section>
  );
}
