import { route } from '@react-router/dev/routes';

/** Answers for the search boxes of a profile. */
export default [route('suggest/profile/:list', 'features/person/pages/suggest.ts')];
