import { formatInstant } from '#kernel/wareki.ts';
import { Notice } from '#ui/parts/Notice.tsx';
import type { OfficeApplication } from '../../queries/office-application.ts';

/** 「{氏名}が表示中」: so that no two officers work on one case unknowing (`screens.md O-05`). */
export function ViewersNotice({ viewers }: Pick<OfficeApplication, 'viewers'>) {
  return viewers.map(({ name, at }) => <Notice key={name} title={`${name}が表示中(${formatInstant(at)}から)`} />);
}
