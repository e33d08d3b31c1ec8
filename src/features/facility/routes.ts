import { route } from '@react-router/dev/routes';

/** Answers for search boxes; the pages about facilities come with `screens.md O-14`. */
export default [route('suggest/facilities', 'features/facility/pages/suggest.ts')];
