import { createContext } from 'react-router';

/** The nonce of this response's content security policy; empty where no policy is sent (tests). */
export const cspNonce = createContext<string>('');
