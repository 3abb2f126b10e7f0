export function prepare(code: string, change?: (text: string) => string): string;
export function plain(code: string, job?: { readonly isAsWritten?: boolean }): string;
