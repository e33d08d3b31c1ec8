/** What kind of association takes members of its own: 大学医師会, 地区医師会 (layer 4) or 郡市区等医師会. */
export function joinableKind(kind: string, layer: number): string {
  if (kind === 'university') return '大学医師会';
  return layer === 4 ? '地区医師会' : '郡市区等医師会';
}

/** 横浜市医師会の地区医師会 */
export function under(parent: string, kind: string): string {
  return `${parent}の${kind}`;
}

/** 医師会コード is the number with five digits. */
export function codeOf(associationId: number): string {
  return String(associationId).padStart(5, '0');
}
