import type { Config } from '@react-router/dev/config';

export default {
  appDirectory: 'src',
  ssr: true,
  // The whole route list at once would tell a visitor which office pages exist; /__manifest is answered on demand.
  routeDiscovery: { mode: 'lazy' },
} satisfies Config;
