import { route } from '@react-router/dev/routes';

/** Answers for search boxes; the pages about associations come with `screens.md O-19`. */
export default [route('suggest/associations', 'features/association/pages/suggest.ts')];
