/** Days in Japan as screens show them: `2026/04/01`. `offset` in days from today. */
export function dayText(offset: number): string {
  const shifted = new Date(Date.now() + offset * 86_400_000);
  const parts = new Intl.DateTimeFormat('ja-JP', {
    timeZone: 'Asia/Tokyo',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(shifted);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}/${part('month')}/${part('day')}`;
}
