import { Link } from 'react-router';
import { formatLicence } from '#kernel/licence.ts';
import { formatDay, formatDayPlain, formatInstant, formatWareki } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import type { Definition } from '#ui/parts/DefinitionTable.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import { layerLabel } from '../../labels.ts';
import type { Applicant, Standing } from '../../queries/office-applicant.ts';
import type { OfficeApplication } from '../../queries/office-application.ts';

function standingText(standing: Standing): string {
  const until = standing.leftOn === null ? '' : `(${formatDayPlain(standing.leftOn)}退会予定)`;
  const facility = standing.facility === '' ? '' : ` ${standing.facility}`;
  return `${layerLabel(standing.layer)} ${standing.associationName} ${standing.category} ${formatDayPlain(standing.joinedOn)}入会${until}${facility}`;
}

function contact(applicant: Applicant) {
  return [applicant.tel, applicant.mail]
    .filter((line) => line !== '')
    .map((line) => (
      <span className="block break-all" key={line}>
        {line}
      </span>
    ));
}

/** The number; once an officer has seen the licence, who and when (`screens.md O-05`). */
function licence({ licence: number, licenceChecked: checked, licenceSeen: seen }: Applicant) {
  return (
    <>
      {formatLicence(number, { checked })}
      {seen === undefined ? null : (
        <span className="block">{`医師免許証を確認しました(${formatInstant(seen.at)}${seen.office === undefined ? '' : ` ${seen.office}`})`}</span>
      )}
    </>
  );
}

function factsOf(applicant: Applicant): Definition[] {
  return [
    { label: '医籍登録番号', value: licence(applicant) },
    { label: '医籍登録日', value: formatDayPlain(applicant.licensedOn) },
    { label: '生年月日', value: `${formatDay(applicant.birthOn)} ${formatWareki(applicant.birthOn)}(${applicant.age}歳)` },
    { label: '性別', value: applicant.sex },
    { label: '出身校・卒業年月', value: `${applicant.school} ${applicant.graduatedOn.replace('-', '/')}` },
    ...(applicant.trainingEndsOn === null ? [] : [{ label: '臨床研修修了(予定)', value: applicant.trainingEndsOn.replace('-', '/') }]),
    { label: '連絡先', value: contact(applicant) },
    {
      label: '現在の所属',
      value:
        applicant.standings.length === 0
          ? ''
          : applicant.standings.map((one) => (
              <span className="block" key={`${one.associationId} ${one.joinedOn} ${one.category}`}>
                {standingText(one)}
              </span>
            )),
    },
  ];
}

/** 申請者; of somebody no longer in our scope only what the case itself has kept. */
export function ApplicantSection({ application }: { application: OfficeApplication }) {
  const { applicant } = application;
  const former = applicant === undefined || applicant.formerName === '' ? [] : [{ label: '旧姓・旧名', value: applicant.formerName }];
  return (
    <Section title="申請者">
      <DefinitionTable
        items={[
          { label: '氏名', value: <PersonName name={applicant?.name ?? application.name} kana={applicant?.kana ?? application.kana} /> },
          ...former,
          ...(applicant === undefined ? [{ label: '医籍登録番号', value: formatLicence(application.licence) }] : factsOf(applicant)),
        ]}
      />
      {applicant === undefined ? (
        <p>この申請者は現在、貴会の会員でも申請中でもないため、申請時の内容のみを表示しています。</p>
      ) : (
        <p className="mt-2">
          <Link className="inline-flex min-h-11 items-center" to={`/office/members/${applicant.personId}`}>
            会員情報詳細
          </Link>
        </p>
      )}
    </Section>
  );
}
