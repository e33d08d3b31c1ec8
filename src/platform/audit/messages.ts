import type { Trace } from './verify-chains.ts';

/** What the verification of the audit says to people (`rules.md 8.1`). */

/** About the digests outside of the database; days as YYYY-MM-DD. */
export const digestTexts = {
  otherRecipe: '記録のハッシュの計算方法が、最後の控えの時から変わっています。',
  none: 'データベースの外に控えがないため、改ざんがないことを確かめられません。',
  late: (day: string) => `最後の控えは${slashed(day)}のものです。その後の控えがありません。`,
  broken: (file: string) => `控え ${file} が壊れています。`,
  badSignature: (file: string) => `控え ${file} の署名が正しくありません。`,
  gap: (file: string) => `控え ${file} の前の控えがありません。`,
  unlinked: (file: string) => `控え ${file} とその前の控えがつながりません。`,
} as const;

/** The name of a chain without an association of that number. */
export function chainName(chain: number): string {
  return chain < 0 ? '医師・システム' : `医師会コード${String(chain).padStart(5, '0')}`;
}

/** Mismatches beyond those that are named one by one. */
export function moreTraces(name: string, more: number): string {
  return `${name}には、ほかに${more}件の不一致があります。`;
}

/** What is said of a chain in which nothing was found; `coveredUntil`: day of the newest digest, YYYY-MM-DD. */
export function allRightText(coveredUntil: string | undefined): string {
  return coveredUntil === undefined
    ? '記録どうしのつながりに改ざんは見つかりませんでしたが、控えがありません。'
    : `${slashed(coveredUntil)}までの記録に改ざんは見つかりませんでした。`;
}

/** One mismatch in words. */
export function traceText(name: string, trace: Trace): string {
  const number = `連番${trace.seq}`;
  switch (trace.kind) {
    case 'changed':
      return `${name}の${trace.at ? `${trace.at}の` : ''}記録(${number})が一致しません。`;
    case 'missing':
      return trace.until === trace.seq
        ? `${name}の${number}の記録がありません。`
        : `${name}の${number}から${trace.until}までの記録がありません。`;
    case 'order':
      return `${name}の${number}の記録が重なっているか、順序が正しくありません。`;
    case 'unlinked':
      return `${name}の${number}の記録が、その前の記録とつながりません。`;
    case 'head':
      return `${name}の最後の記録(${number})が、鎖の先頭の控えと一致しません。`;
    case 'digest':
      return `${name}の${number}の記録が、${slashed(trace.date ?? '')}の控えと一致しません。`;
  }
}

function slashed(day: string): string {
  return day.replaceAll('-', '/');
}
