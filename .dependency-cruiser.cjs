/**
 * The walls of the house (ARCHITECTURE.md). Every wall is an error; `tests/walls/imports.test.ts` plants a violation
 * for each of them and shows that it is found.
 */

/** Lowest floor first. A feature imports itself and features before it in this list; news goes up as events. */
const floors = [
  ['association', 'identity', 'staff'],
  ['facility', 'person', 'membership'],
  ['application'],
  ['mailbox'],
  ['desk', 'reports'],
].flat();

const test = String.raw`\.(test|test-support)\.tsx?$`;
const pure = [
  '^src/kernel/',
  String.raw`^src/features/[^/]+/(rules|policy|schema|fields|flow|labels|documents)\.ts$`,
  String.raw`^src/features/[^/]+/mails/texts\.ts$`,
  String.raw`^src/platform/http/page-access\.ts$`,
];
const store = String.raw`[./]store\.server\.ts$`;
const storeUsers = String.raw`^src/features/[^/]+/(commands/|queries/|mails/|documents/|reactions\.ts$)`;
const zod = '(^|/)node_modules/zod/';
const react = '(^|/)node_modules/(react|react-dom|react-router)/';

function wall(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

const floorWalls = floors.slice(0, -1).map((feature, place) =>
  wall(
    `floor-of-${feature}`,
    `${feature} imports only features below it; what happens here goes up as an event.`,
    { path: `^src/features/${feature}/`, pathNot: test },
    { path: `^src/features/(${floors.slice(place + 1).join('|')})/` },
  ),
);

module.exports = {
  forbidden: [
    wall('pure-files', 'Pure files import only pure files and zod.', { path: pure, pathNot: test }, { pathNot: [...pure, zod] }),
    wall('kernel', 'The kernel imports only itself and zod.', { path: '^src/kernel/', pathNot: test }, { pathNot: ['^src/kernel/', zod] }),
    wall('no-store-in-pages', 'Pages and the API reach data by commands and queries.', { path: String.raw`^src/features/[^/]+/(pages/|api\.ts$|api/)` }, { path: store }),
    wall('store-of-own-feature', 'SQL of a feature is used by this feature alone.', { path: '^src/features/([^/]+)/', pathNot: test }, { path: store, pathNot: '^src/features/$1/' }),
    wall('store-users', 'A store is used by commands, queries, reactions, mails and stores.', { path: '^src/features/', pathNot: [test, store, storeUsers] }, { path: store }),
    wall('no-store-outside-features', 'Outside of features nobody uses a store.', { path: '^(src/(kernel|platform|ui|main)/|src/[^/]+$|scripts/|bench/)', pathNot: test }, { path: store }),
    wall('platform', 'The platform has no business words: no feature, no wiring, no screens.', { path: '^src/platform/', pathNot: test }, { path: '^src/(features|main|ui)/' }),
    wall('ui', 'Parts of the screen know ui, kernel, react and react-router.', { path: '^src/ui/', pathNot: test }, { pathNot: ['^src/(ui|kernel)/', react] }),
    wall('known-floor', 'A new feature takes its place in the list of floors of this file.', { path: '^src/' }, { path: '^src/features/[^/]+/', pathNot: `^src/features/(${floors.join('|')})/` }),
    ...floorWalls,
    wall('no-wiring-in-features', 'Features do not know how they are wired.', { path: '^src/features/', pathNot: test }, { path: '^src/(main|root|routes|entry)' }),
    wall('no-outside-in-features', 'What touches the outside is the platform.', { path: '^src/features/', pathNot: test }, { path: ['(^|/)node_modules/(pg|graphile-worker|nodemailer|@node-rs/[^/]+|@hono/node-server)/', String.raw`^(node:)?(fs|fs/promises|net|tls|http|https|http2|dgram|dns|child_process|worker_threads|cluster)$`] }),
    wall('no-tests-in-product', 'The product runs without its tests, scripts and measurements.', { path: '^src/', pathNot: test }, { path: [test, '^(tests|scripts|bench)/'] }),
    wall('no-dev-packages-in-product', 'The product runs without development packages; routes.ts is read by the build.', { path: '^src/', pathNot: [test, String.raw`/routes\.ts$`] }, { dependencyTypes: ['npm-dev'] }),
    wall('no-circles', 'Circles hide who depends on whom.', {}, { circular: true }),
    wall('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true, pathNot: '^virtual:' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`(^|/)(\.react-router|build|data)/|\+types/|\.css$|\.svg$` },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'] },
  },
};
