/** States of a mail in words. */
export const stateLabels: Readonly<Record<string, string>> = {
  waiting: '送信待ち',
  sent: '送信済',
  failed: '送信失敗',
  bounced: '不達',
  stopped: '送信停止',
};
