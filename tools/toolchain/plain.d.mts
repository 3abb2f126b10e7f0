export function prepare(code: string): string;
export function plain(code: string, job?: { readonly keepsNames?: boolean }): string;
