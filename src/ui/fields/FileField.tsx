import { useRef, useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { StateLabel } from '../parts/StateLabel.tsx';
import { useHydrated } from '../useHydrated.ts';
import { GroupFrame } from './FieldFrame.tsx';
import { type FieldProps, useField } from './formState.tsx';
import { type FileBox, useFileBox } from './useFileBox.ts';
import { type PendingFile, useUploads } from './useUploads.ts';

export type UploadedFile = {
  id: string;
  name: string;
  /** In bytes; not shown where it is not known. */
  size?: number;
  /** checking 検査中, accepted 受付済. */
  state: 'checking' | 'accepted';
  previewTo?: string | undefined;
};

type Props = FieldProps & {
  files: readonly UploadedFile[];
  /** 10 files a row (`screens.md 1.2`). */
  maxFiles?: number;
  /** How large one may be, where it is less than usual. */
  largest?: string;
  /**
   * Where script sends one file by itself (`row`, `file`): answers 200, or `{ message }` with another status. Without
   * it the whole form is sent; its answer must leave the form standing (same `key`), or what was typed and chosen on the
   * way is lost.
   */
  uploadTo?: string;
  /** Reads the list of files anew; awaited before the line of a sent file goes. */
  onUploaded?: () => Promise<void> | void;
};

export const acceptedFiles = '.jpg,.jpeg,.gif,.png,.pdf,.doc,.docx,.xls,.xlsx';

/**
 * Files of one kind, kept by the server as soon as they are there. The form needs `encType="multipart/form-data"`;
 * it gets `intent=upload:{name}` with the files, or `intent=delete-file:{id}`. Script sends each file at once, takes drops
 * and shows how far it is.
 */
export function FileField(props: Props) {
  const parts = useField(props);
  const most = props.maxFiles ?? 10;
  const uploads = useUploads({ to: props.uploadTo ?? '', row: props.name, onUploaded: () => props.onUploaded?.() });
  const box = useFileBox();
  const pending = [...uploads.pending, ...box.sent];
  const room = most - props.files.length;
  const take = props.uploadTo === undefined ? undefined : (files: readonly File[]) => void uploads.start(files);
  return (
    <GroupFrame field={props} parts={parts}>
      {props.files.length + pending.length === 0 ? null : (
        <ul className="ui-files">
          {props.files.map((file) => (
            <FileLine key={file.id} file={file} />
          ))}
          {pending.map((file) => (
            <PendingLine key={file.key} file={file} />
          ))}
        </ul>
      )}
      <p className="sr-only" aria-live="polite">
        {pending.map((file) => `${file.name} ${wordOf(file)}`).join('、')}
      </p>
      {room <= 0 ? (
        <p className="ui-hint">{`アップロードできるファイルは${most}個までです。`}</p>
      ) : (
        <Drop name={props.name} id={parts.id} describedBy={parts.describedBy} box={box} take={take} largest={props.largest ?? '10MB'} />
      )}
    </GroupFrame>
  );
}

function FileLine({ file }: { file: UploadedFile }) {
  return (
    <li>
      <span className="ui-files-name">{file.name}</span>
      {file.size === undefined ? null : <span>{sizeText(file.size)}</span>}
      <StateLabel tone={file.state === 'accepted' ? 'success' : 'neutral'}>{file.state === 'accepted' ? '受付済' : '検査中'}</StateLabel>
      {file.previewTo ? (
        <a href={file.previewTo} target="_blank" rel="noreferrer" aria-label={`${file.name}をプレビュー(新しいタブ)`}>
          プレビュー
        </a>
      ) : null}
      <Button name="intent" value={`delete-file:${file.id}`} size="small" formNoValidate aria-label={`${file.name}を削除`}>
        削除
      </Button>
    </li>
  );
}

/** Read out only when it changes in kind, not at every percent. */
function wordOf(file: PendingFile): string {
  if (file.error !== undefined) return file.error;
  return file.percent === 100 ? '検査中' : 'アップロード中';
}

function PendingLine({ file }: { file: PendingFile }) {
  return (
    <li>
      <span className="ui-files-name">{file.name}</span>
      <span>{sizeText(file.size)}</span>
      {file.error === undefined ? (
        <>
          <progress max={100} {...(file.percent === undefined ? {} : { value: file.percent })} aria-label={`${file.name}のアップロード`} />
          <StateLabel tone="neutral">{wordOf(file)}</StateLabel>
        </>
      ) : (
        <p className="ui-error w-full">{file.error}</p>
      )}
    </li>
  );
}

type DropProps = {
  name: string;
  id: string;
  describedBy: string | undefined;
  box: FileBox;
  /** Sends files by themselves; without it they go with the whole form. */
  take: ((files: readonly File[]) => void) | undefined;
  largest: string;
};

function Drop({ name, id, describedBy, box: { box, fill, empty, send }, take, largest }: DropProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const upload = () => {
    const files = box.current?.files;
    if (!files?.length) return;
    if (take === undefined) {
      send(button.current);
      return;
    }
    take([...files]);
    empty(); // what is on its way is not sent again with the form
  };
  const drop = (event: React.DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    fill(event.dataTransfer.files);
    upload();
  };
  return (
    // Dropping is extra; the file box inside does the same by key
    <div
      className={over ? 'ui-drop ui-drop-over' : 'ui-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>
        <span className="ui-js">ここにファイルをドラッグ&ドロップ または </span>ファイルを選択
      </label>
      <input ref={box} type="file" id={id} name={name} multiple accept={acceptedFiles} onChange={upload} aria-describedby={describedBy} />
      <p className="ui-hint">{`最大アップロードサイズ:${largest}`}</p>
      <Button ref={button} name="intent" value={`upload:${name}`} size="small" formNoValidate hidden={useHydrated()}>
        アップロードする
      </Button>
    </div>
  );
}

/** `820 KB`, `1.2 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000)).toLocaleString('ja-JP')} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
