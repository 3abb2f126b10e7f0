export function prepare(code: string): string;
export function plain(code: string): string;
