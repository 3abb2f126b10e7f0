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

/** The file that was chosen in an input. */
export function chosen(event: Event): File | undefined {
	return (event.currentTarget as HTMLInputElement).files?.[0];
}
