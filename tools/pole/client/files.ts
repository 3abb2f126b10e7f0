/**
 * Files: read and saved by the page on this computer.
 */

/** Saves a text as a download. */
export function save(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
	const link = Object.assign(document.createElement("a"), { href: url, download: name });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file that the page may write (WICG File System Access; Chrome and Edge). */
interface WritableFile {
	readonly name: string;
	createWritable(): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>;
}

type Picker = (options: { readonly suggestedName: string }) => Promise<WritableFile>;

/** The browser's dialogue for a file to write; undefined: it has none. */
export function pickerOf(page: object): Picker | undefined {
	return (page as { showSaveFilePicker?: Picker }).showSaveFilePicker?.bind(page);
}

/** Replaces the file's text: the browser writes beside it, and renames when all is written. */
export async function saveIn(file: WritableFile, text: string): Promise<void> {
	const writer = await file.createWritable();
	await writer.write(text);
	await writer.close();
}

/** The file that was chosen in an input. */
export function chosen(event: Event): File | undefined {
	return (event.currentTarget as HTMLInputElement).files?.[0];
}
