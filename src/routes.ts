import type { RouteConfig } from '@react-router/dev/routes';
import identity from './features/identity/routes.ts';
import mailbox from './features/mailbox/routes.ts';
import staff from './features/staff/routes.ts';

/** Every page of the product; each feature brings its own. */
export default [...identity, ...mailbox, ...staff] satisfies RouteConfig;
