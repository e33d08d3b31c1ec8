const sexes: Readonly<Record<string, string>> = { male: '男', female: '女', undisclosed: '回答しない' };

/** The word for 性別; '' for an unknown code. */
export function sexLabel(sex: string): string {
  return sexes[sex] ?? '';
}
