import { Diff } from '#ui/parts/Diff.tsx';
import type { StateTone } from '#ui/parts/StateLabel.tsx';
import type { SettingChange } from '../../settings-fields.ts';
import type { VersionState } from '../../settings-rules.ts';

export function settingsTo(version: number): string {
  return `/office/association-settings/${version}`;
}

const tones: Record<VersionState, StateTone> = { current: 'success', planned: 'info', past: 'neutral', withdrawn: 'neutral' };

export function stateTone(state: VersionState): StateTone {
  return tones[state];
}

export function Sentences({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return <>－</>;
  return lines.map((line) => (
    <span className="block" key={line}>
      {line}
    </span>
  ));
}

/** Two versions side by side, only what differs; all of it where that is asked for. */
export function Changes({ caption, changes }: { caption: string; changes: readonly SettingChange[] }) {
  const rows = changes.map(({ code, label, before, after, changed }) => ({
    key: code,
    label,
    before: <Sentences lines={before} />,
    after: <Sentences lines={after} />,
    changed,
  }));
  return <Diff caption={caption} changes={rows} />;
}
