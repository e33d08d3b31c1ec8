import type { RouteConfig } from '@react-router/dev/routes';

/** Every page of the product; each feature brings its own. */
export default [] satisfies RouteConfig;
