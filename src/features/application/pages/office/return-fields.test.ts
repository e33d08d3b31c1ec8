import { describe, expect, test } from 'vitest';
import { errorsAtComments, fieldRequests } from './return-fields.ts';

const codes = ['categories.27001', 'wishedOn', 'document.licence'];

describe('修正が必要な項目', () => {
  test('チェックか、コメントのある項目が選ばれる', () => {
    const values = { 'picks.0': '1', 'comments.0': '', 'comments.1': ' ', 'comments.2': '撮り直してください' };
    expect(fieldRequests(codes, values)).toEqual([
      { field: 'categories.27001', comment: '', place: 0 },
      { field: 'document.licence', comment: '撮り直してください', place: 2 },
    ]);
  });

  test('コメントの誤りは、書かれた欄に戻る', () => {
    const requests = fieldRequests(codes, { 'picks.2': '1', 'comments.2': 'あ' });
    expect(errorsAtComments({ 'fields.0.comment': ['長すぎます'], message: ['空です'] }, requests)).toEqual({
      'comments.2': ['長すぎます'],
      message: ['空です'],
    });
  });
});
