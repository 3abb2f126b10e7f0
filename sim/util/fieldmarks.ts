/**
 * Field marks: the class required of a field between two poles in a minute, in the bits of one byte.
 *
 * The lowest three bits hold the number of the class within its family; 7: none was required.
 */
export const MARK = { noClass: 7, dark: 8, someone: 16, judged: 32, reached: 64 } as const;
