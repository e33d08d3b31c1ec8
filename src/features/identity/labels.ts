/** The texts that people agree to, and where they stand (`screens.md A-16`). */
const terms: Readonly<Record<string, { title: string; to: string }>> = {
  terms: { title: '利用規約', to: '/terms' },
  privacy: { title: '個人情報の取り扱いについて', to: '/privacy' },
  office: { title: '事務局規約', to: '/terms/office' },
};

/** Title and address of a text by its kind. */
export function termsTexts(kind: string): { title: string; to: string } {
  return terms[kind] ?? { title: kind, to: '/terms' };
}
