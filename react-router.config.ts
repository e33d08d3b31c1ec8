import type { Config } from '@react-router/dev/config';

export default {
  appDirectory: 'src',
  ssr: true,
  // Links in sight are looked up as they appear; no page has to carry the list of all routes.
  routeDiscovery: { mode: 'lazy' },
} satisfies Config;
