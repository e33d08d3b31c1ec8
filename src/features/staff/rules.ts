import { addDays, type Day } from '#kernel/day.ts';

const longestValidDays = 365;

/** 有効期間 of a new staff member unless another day is chosen: one year (O-17). */
export function defaultValidUntil(today: Day): Day {
  return addDays(today, longestValidDays);
}
