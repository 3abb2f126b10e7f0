/** The module with functions, and methods named in `privates`, where they are called once. */
export function once(code: string, privates: Iterable<string>): string;
