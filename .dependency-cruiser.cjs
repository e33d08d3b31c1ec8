/**
 * The walls of the house (ARCHITECTURE.md). Every wall is an error; `tests/walls/imports.test.ts` plants a violation
 * for each of them and shows that it is found.
 */

/** Lowest floor first. A feature imports itself and features before it in this list; news goes up as events. */
const floors = [
  ['system-settings', 'service-notice', 'association', 'identity', 'staff'],
  ['facility', 'person', 'entrance', 'membership', 'own-list', 'profile', 'facility-proposal'],
  ['application', 'reorganisation', 'bulk', 'certificate', 'filing-sheet'],
  ['mailbox', 'mail-delivery', 'audit-trail', 'member-notification', 'export', 'notice', 'help', 'inquiry'],
  ['desk', 'reports'],
].flat();

const test = String.raw`\.(test|test-support)\.tsx?$`;
const pure = [
  '^src/kernel/',
  String.raw`^src/features/[^/]+/(rules|date-rules|policy|schema|forms|fields|flow|plan|effects|clock|retention|labels|act-labels|messages|withdrawal-messages|withdrawal-rules|upper-rules|two-person-rules|guidance-rules|shown-papers|documents|condition|body-text|mail-choice|postal-label)\.ts$`,
  String.raw`^src/features/[^/]+/mails/(daily-)?texts\.ts$`,
  String.raw`^src/platform/(http/page-access|files/stored-file|sheet/messages|sheet/address-label)\.ts$`,
];
const store = String.raw`[./]store\.server\.ts$`;
const storeUsers = String.raw`^src/features/[^/]+/(commands/|queries/|mails/|documents/|reactions\.ts$)`;
const zod = '(^|/)node_modules/zod/';
const outsideModules = '^(node:)?(fs|fs/promises|net|tls|http|https|http2|dgram|dns|child_process|worker_threads|cluster)$';
const react = '(^|/)node_modules/(react|react-dom|react-router)/';

const walls = [
  {
    name: 'pure-files',
    comment: 'Pure files import only pure files and zod.',
    from: { path: pure, pathNot: test },
    to: { pathNot: [...pure, zod] },
  },
  {
    name: 'kernel',
    comment: 'The kernel imports only itself and zod.',
    from: { path: '^src/kernel/', pathNot: test },
    to: { pathNot: ['^src/kernel/', zod] },
  },
  {
    name: 'no-store-in-pages',
    comment: 'Pages and the API reach data by commands and queries.',
    from: { path: String.raw`^src/features/[^/]+/(pages/|api\.ts$|api/)` },
    to: { path: store },
  },
  {
    name: 'store-of-own-feature',
    comment: 'SQL of a feature is used by this feature alone.',
    from: { path: '^src/features/([^/]+)/', pathNot: test },
    to: { path: store, pathNot: '^src/features/$1/' },
  },
  {
    name: 'store-users',
    comment: 'A store is used by commands, queries, reactions, mails, documents and stores.',
    from: { path: '^src/features/', pathNot: [test, store, storeUsers] },
    to: { path: store },
  },
  {
    name: 'no-store-outside-features',
    comment: 'Outside of features nobody uses a store.',
    from: { path: '^(src/(kernel|platform|ui|main)/|src/[^/]+$|scripts/|bench/)', pathNot: test },
    to: { path: store },
  },
  {
    name: 'beyond-scope',
    comment: "Only the ledger works beyond the actor's own rows.",
    from: { path: '^src/', pathNot: [test, '^src/features/membership/(commands|queries)/'] },
    to: { path: String.raw`^src/platform/db/beyond-scope\.ts$` },
  },
  {
    name: 'platform',
    comment: 'The platform has no business words: no feature, no wiring, no screens.',
    from: { path: '^src/platform/', pathNot: test },
    to: { path: '^src/(features|main|ui)/' },
  },
  {
    name: 'ui',
    comment: 'Parts of the screen know ui, kernel, react and react-router.',
    from: { path: '^src/ui/', pathNot: test },
    to: { pathNot: ['^src/(ui|kernel)/', react] },
  },
  {
    name: 'known-floor',
    comment: 'A new feature takes its place in the list of floors of this file.',
    from: { path: '^src/' },
    to: { path: '^src/features/[^/]+/', pathNot: `^src/features/(${floors.join('|')})/` },
  },
  ...floors.slice(0, -1).map((feature, place) => ({
    name: `floor-of-${feature}`,
    comment: `${feature} imports only features below it; what happens here goes up as an event.`,
    from: { path: `^src/features/${feature}/`, pathNot: test },
    to: { path: `^src/features/(${floors.slice(place + 1).join('|')})/` },
  })),
  {
    name: 'no-wiring-in-features',
    comment: 'Features do not know how they are wired.',
    from: { path: '^src/features/', pathNot: test },
    to: { path: '^src/(main|root|routes|entry)' },
  },
  {
    name: 'no-outside-in-features',
    comment: 'What touches the outside is the platform.',
    from: { path: '^src/features/', pathNot: test },
    to: {
      path: ['(^|/)node_modules/(pg|graphile-worker|nodemailer|@node-rs/[^/]+|@hono/node-server)/', outsideModules],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'no-tests-in-product',
    comment: 'The product runs without its tests, scripts and measurements.',
    from: { path: '^src/', pathNot: test },
    to: { path: [test, '^(tests|scripts|bench)/'] },
  },
  {
    name: 'no-dev-packages-in-product',
    comment: 'The product runs without development packages; routes.ts is read by the build.',
    from: { path: '^src/', pathNot: [test, String.raw`/routes[-a-z]*\.ts$`] },
    to: { dependencyTypes: ['npm-dev'] },
  },
  {
    name: 'reference-model',
    comment: 'The reference model knows nothing of the product (P3): it is written from the rules alone.',
    from: { path: '^tests/model/reference/' },
    to: { pathNot: '^tests/model/reference/' },
  },
  { name: 'no-circles', comment: 'Circles hide who depends on whom.', from: {}, to: { circular: true } },
  { name: 'resolvable', comment: 'Every import leads somewhere.', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
];

module.exports = {
  forbidden: walls.map((wall) => ({ ...wall, severity: 'error' })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`(^|/)(\.react-router|build|data)/|\+types/|\.css$|\.svg$` },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
