import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeliveryReport } from './delivery-report.ts';

const id = '018f2b3c-1111-7abc-8def-0123456789ab';

type Made = { to?: string; action?: string; status?: string; messageId?: string; type?: string };

/** As Postfix writes it. */
function report({ to = `bounces+${id}@mamis.example.jp`, action = 'failed', status = '5.1.1', messageId = id, type }: Made = {}): string {
  return [
    'Return-Path: <>',
    `To: ${to}`,
    'From: MAILER-DAEMON@mx.example.jp (Mail Delivery System)',
    `Content-Type: ${type ?? 'multipart/report; report-type=delivery-status;'}`,
    ' boundary="3F2A.1/mx.example.jp"',
    'MIME-Version: 1.0',
    '',
    'This is a MIME-encapsulated message.',
    '--3F2A.1/mx.example.jp',
    'Content-Type: text/plain',
    '',
    'Action: failed, it says here, Status: 5.9.9',
    '--3F2A.1/mx.example.jp',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.jp',
    '',
    'Final-Recipient: rfc822; ishi@example.jp',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 <ishi@example.jp>: User unknown',
    '',
    '--3F2A.1/mx.example.jp',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${messageId}@mamis.example.jp>`,
    'Subject: x',
    '',
    '--3F2A.1/mx.example.jp--',
    '',
  ].join('\r\n');
}

describe('配信不能の通知(RFC 3464)', () => {
  it('恒久的な失敗だけを、封筒の差出人から読み取る', () => {
    expect(readDeliveryReport(report())).toEqual({ mailId: id, status: '5.1.1' });
    expect(readDeliveryReport(report({ to: 'Delivered <bounces@mamis.example.jp>' }))).toEqual({ mailId: id, status: '5.1.1' });
    expect(readDeliveryReport(report({ messageId: 'ffffffff-1111-7abc-8def-0123456789ab' }))).toMatchObject({ mailId: id });
  });

  it.each([
    ['遅延', { action: 'delayed' }, 'no permanent failure'],
    ['一時的な失敗', { status: '4.2.2' }, 'no permanent failure'],
    ['配信の成功', { action: 'delivered', status: '2.0.0' }, 'no permanent failure'],
    ['形の違う状態', { status: '5' }, 'no permanent failure'],
    ['覚えのないメール', { to: 'bounces@mamis.example.jp', messageId: 'someone' }, 'names no mail of ours'],
    ['開封の通知', { type: 'multipart/mixed;' }, 'not a delivery report'],
  ])('%sは不達としない', (_title, made, ignored) => {
    expect(readDeliveryReport(report(made))).toEqual({ ignored });
  });

  it('どのような入力でも、例外にも不達にもならない', () => {
    const pieces = fc.constantFrom(
      '\r\n',
      '\n\n',
      '--b',
      'Content-Type: multipart/report; boundary=b',
      'Action: failed',
      ': ',
      '\u0000',
      '"',
      ' '.repeat(50),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), (parts) => {
        expect(readDeliveryReport(parts.join(''))).toHaveProperty('ignored');
      }),
      { numRuns: 300 },
    );
  });
});
