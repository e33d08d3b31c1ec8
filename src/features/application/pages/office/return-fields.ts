import type { FieldErrors } from '#kernel/refusal.ts';
import type { FormValues } from '#ui/fields/formState.tsx';
import { textOf } from '#ui/fields/formState.tsx';

/** 修正が必要な項目: the ticks and comments of the page as the command wants them, and its messages back at the comments. */

export type FieldRequest = { field: string; comment: string; place: number };

/** A comment alone asks for its field too: nobody writes one without meaning it. */
export function fieldRequests(codes: readonly string[], values: FormValues): FieldRequest[] {
  return codes.flatMap((field, place) => {
    const comment = textOf(values[`comments.${place}`]) ?? '';
    return textOf(values[`picks.${place}`]) !== undefined || comment.trim() !== '' ? [{ field, comment, place }] : [];
  });
}

/** Messages at `fields.{n}.comment` moved to the box where the comment was typed. */
export function errorsAtComments(errors: FieldErrors, requests: readonly FieldRequest[]): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([name, messages]) => {
      const [list, index] = name.split('.');
      const request = list === 'fields' ? requests[Number(index)] : undefined;
      return [request === undefined ? name : `comments.${request.place}`, messages];
    }),
  );
}
