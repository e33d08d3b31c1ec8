/** Days as `YYYY-MM-DD`, counted naively: nothing of the product is used here. */

export type Day = string;

export function plus(day: Day, count: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
