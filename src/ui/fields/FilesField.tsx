import { FieldFrame } from './FieldFrame.tsx';
import { acceptedFiles } from './FileField.tsx';
import { type FieldProps, useField } from './formState.tsx';

/** Files that are sent together with the text of the form (`encType="multipart/form-data"`), up to ten or `most`. */
export function FilesField(props: FieldProps & { most?: number }) {
  const parts = useField(props);
  return (
    <FieldFrame field={props} parts={parts}>
      <div className="ui-drop">
        <input
          type="file"
          id={parts.id}
          name={props.name}
          multiple
          accept={acceptedFiles}
          aria-describedby={parts.describedBy}
          aria-invalid={parts.invalid}
        />
        <p className="ui-hint">{`最大アップロードサイズ:10MB(${props.most ?? 10}個まで)`}</p>
      </div>
    </FieldFrame>
  );
}
