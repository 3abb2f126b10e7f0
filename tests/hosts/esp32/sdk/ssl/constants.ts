/** `ssl/constants`: how a key is exchanged. */
export const RSA = 0;
export const ECDHE_RSA = 6;
