import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { changeInput, contradiction, definitionOf } from '../schema.ts';
import { systemSettingsOf } from '../queries/system-settings.ts';
import { forgetValue, storeValue } from '../store.server.ts';

/** Changes a period of the installation (`rules.md 4.4`). By the operator's command line only. */
export const changeSetting = command({
  name: 'systemSettings.change',
  input: changeInput,
  locks: async () => [{ kind: 'key', id: 'system-settings' }],
  load: async (tx) => await systemSettingsOf(tx),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, before, { name, value }) => {
    const after = { ...before, [name]: value ?? definitionOf(name).fallback };
    const problem = contradiction(after);
    return problem === undefined ? accepted({ before: before[name], after: after[name] }) : refuseFields({ value: [problem] });
  },
  save: async (tx, { ctx, decision, input: { name, value } }) => {
    if (value === undefined) await forgetValue(tx, name);
    else await storeValue(tx, { name, value, at: ctx.now });
    return {
      value: { name, value: decision.after },
      audit: { action: 'systemSettings.change', target: name, detail: decision },
      events: [],
    };
  },
});
