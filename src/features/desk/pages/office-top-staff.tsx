import { Link } from 'react-router';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { StaffNotice } from '#features/staff/queries/to-look-at.ts';
import { Notice } from '#ui/parts/Notice.tsx';

const place = '/office/staff-members';

/** 管理者への注意 (`screens.md O-01`): accounts that end soon, and accounts that nobody uses. */
export function StaffNotices({ notice }: { notice: StaffNotice }) {
  const { ending, unused, days, unusedDays } = notice;
  return (
    <>
      {ending.length === 0 ? null : (
        <Notice tone="warn" title={`有効期間が${days}日以内に終わる事務局ユーザーがいます(${ending.length}名)。`}>
          <ul className="list-disc pl-6">
            {ending.map((one) => (
              <li key={one.staffId}>
                <Link to={`${place}/${one.staffId}`}>{one.name}</Link>
                {` ${formatDayPlain(one.validUntil)}まで`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {unused.length === 0 ? null : (
        <Notice title={`${unusedDays}日以上使われていないアカウントがあります(${unused.length}名)。不要なものは停止してください。`}>
          <ul className="list-disc pl-6">
            {unused.map((one) => (
              <li key={one.staffId}>
                <Link to={`${place}/${one.staffId}`}>{one.name}</Link>
                {one.lastLoginAt === null ? ' 未利用' : ` 最終ログイン ${formatInstant(one.lastLoginAt)}`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
