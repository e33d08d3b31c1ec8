import { expect, test } from 'vitest';
import { readdressedForm } from './commands/readdress.ts';

const move = {
  from: { id: 27_001, name: '北区' },
  to: { id: 27_002, name: '都島区' },
  categories: new Map([[1, 11]]),
  affiliations: new Map([['old', 'new']]),
};

test('届の内容は、医師会・会員区分・所属だけが移った先のものになり、ほかは書いたとおりに残る(screens.md J-02)', () => {
  const form = {
    affiliationId: 'old',
    lowestAssociationId: 27_001,
    choices: [
      { associationId: 27_001, categoryId: 1 },
      { associationId: 27_000, categoryId: 1 },
    ],
    before: [{ associationId: 27_001, categoryId: 2 }],
    leave: [27_001, 27_000],
    moves: [{ associationId: 0, affiliationId: 'other' }],
    destination: null,
    details: { note: '27001', departments: ['01'] },
  };
  expect(readdressedForm(form, move)).toEqual({
    affiliationId: 'new',
    lowestAssociationId: 27_002,
    choices: [
      { associationId: 27_002, categoryId: 11 },
      { associationId: 27_000, categoryId: 1 },
    ],
    before: [{ associationId: 27_002, categoryId: 2 }],
    leave: [27_002, 27_000],
    moves: [{ associationId: 0, affiliationId: 'other' }],
    destination: null,
    details: { note: '27001', departments: ['01'] },
  });
});
