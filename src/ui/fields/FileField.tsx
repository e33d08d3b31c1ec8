import { useRef, useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { StateLabel } from '../parts/StateLabel.tsx';
import { useHydrated } from '../useHydrated.ts';
import { GroupFrame } from './FieldFrame.tsx';
import { type FieldProps, useField } from './formState.tsx';

export type UploadedFile = {
  id: string;
  name: string;
  /** In bytes. */
  size: number;
  /** checking 検査中, accepted 受付済. */
  state: 'checking' | 'accepted';
  previewTo?: string | undefined;
};

type Props = FieldProps & {
  files: readonly UploadedFile[];
  /** 10 files a row (`screens.md 1.2`). */
  maxFiles?: number;
};

const accept = '.jpg,.jpeg,.gif,.png,.pdf,.doc,.docx,.xls,.xlsx';

/**
 * Files of one kind, kept by the server as soon as they are there. The form needs `encType="multipart/form-data"`;
 * it gets `intent=upload:{name}` with the files, or `intent=delete-file:{id}`. Script uploads at once and takes drops.
 */
export function FileField(props: Props) {
  const parts = useField(props);
  const full = props.files.length >= (props.maxFiles ?? 10);
  return (
    <GroupFrame field={props} parts={parts}>
      {props.files.length === 0 ? null : (
        <ul className="ui-files">
          {props.files.map((file) => (
            <FileLine key={file.id} file={file} />
          ))}
        </ul>
      )}
      {full ? (
        <p className="ui-hint">{`アップロードできるファイルは${props.maxFiles ?? 10}個までです。`}</p>
      ) : (
        <Drop name={props.name} id={parts.id} describedBy={parts.describedBy} />
      )}
    </GroupFrame>
  );
}

function FileLine({ file }: { file: UploadedFile }) {
  return (
    <li>
      <span className="ui-files-name">{file.name}</span>
      <span>{sizeText(file.size)}</span>
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

function Drop({ name, id, describedBy }: { name: string; id: string; describedBy: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const upload = () => {
    // The button names the intent; requestSubmit behaves like a press of it.
    if (input.current?.files?.length) input.current.form?.requestSubmit(button.current);
  };
  const drop = (event: React.DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!input.current || event.dataTransfer.files.length === 0) return;
    input.current.files = event.dataTransfer.files;
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
      <input ref={input} type="file" id={id} name={name} multiple accept={accept} onChange={upload} aria-describedby={describedBy} />
      <p className="ui-hint">最大アップロードサイズ:10MB</p>
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
