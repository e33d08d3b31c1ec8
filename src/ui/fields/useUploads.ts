import { useRef, useState } from 'react';

/** A file on its way: how much has been sent, then 検査中 until the server has looked into it, or why it was refused. */
export type PendingFile = {
  key: number;
  name: string;
  size: number;
  /** 0 … 100 while sending, 100 while the server inspects; undefined where nobody knows. */
  percent: number | undefined;
  error: string | undefined;
};

export const uploadFailed = 'アップロードできませんでした。時間をおいて、もう一度お試しください。';
const tooLarge = 'ファイルの大きさが10MBを超えています。10MB以内のファイルをアップロードしてください';
const largest = 10 * 1024 * 1024;

function messageIn(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || !('message' in answer)) return undefined;
    return typeof answer.message === 'string' ? answer.message : undefined;
  } catch {
    return undefined; // an error page instead of an answer
  }
}

/** Undefined when the server has kept the file, else what to tell. */
function judge(request: XMLHttpRequest): string | undefined {
  if (request.status === 200) return undefined;
  return request.status === 413 ? tooLarge : (messageIn(request.responseText) ?? uploadFailed);
}

type Sending = { to: string; row: string; file: File; onProgress: (percent: number) => void };

/** One file by itself: `fetch` does not tell how much has been sent. Resolves with the message of a refusal. */
function send({ to, row, file, onProgress }: Sending): Promise<string | undefined> {
  const body = new FormData();
  body.set('row', row);
  body.set('file', file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', to);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(Math.round((100 * event.loaded) / event.total));
    });
    request.addEventListener('load', () => resolve(judge(request)));
    request.addEventListener('error', () => resolve(uploadFailed));
    request.addEventListener('timeout', () => resolve(uploadFailed));
    request.addEventListener('abort', () => resolve(uploadFailed));
    request.send(body);
  });
}

type Way = { to: string; row: string; onUploaded: () => Promise<void> | void };

/** Files of one row sent one after another, each with its progress and its own error. */
export function useUploads(way: Way) {
  const [pending, setPending] = useState<readonly PendingFile[]>([]);
  const next = useRef(0);
  const change = (key: number, facts: Partial<PendingFile>) =>
    setPending((all) => all.map((one) => (one.key === key ? { ...one, ...facts } : one)));
  const start = async (files: readonly File[]) => {
    const queue = files.map((file) => {
      next.current += 1;
      return { key: next.current, file };
    });
    const lines = queue.map(({ key, file }) => ({ key, name: file.name, size: file.size, percent: 0, error: undefined }));
    setPending((all) => [...all.filter((one) => one.error === undefined), ...lines]);
    for (const { key, file } of queue) {
      const { to, row } = way;
      const error = file.size > largest ? tooLarge : await send({ to, row, file, onProgress: (percent) => change(key, { percent }) });
      if (error === undefined) {
        await way.onUploaded();
        setPending((all) => all.filter((one) => one.key !== key));
      } else change(key, { error });
    }
  };
  return { pending, start };
}
