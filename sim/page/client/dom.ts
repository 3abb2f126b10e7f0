/** DOM: the page's elements, and small requests to the simulator. */

/** Sends a small JSON body; undefined when the simulator is gone. */
export async function post(path: string, body: unknown): Promise<Response | undefined> {
	try {
		const headers = { "Content-Type": "application/json" };
		return await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
	} catch {
		return undefined;
	}
}

export function byId(id: string): HTMLElement {
	const found = document.getElementById(id);
	if (!found) throw new Error(`no #${id} in the page`);
	return found;
}

/** A new element with that text. */
export function element(name: string, text: string): HTMLElement {
	const made = document.createElement(name);
	made.textContent = text;
	return made;
}

/** The fields filled in within a form; empty ones are absent. */
export function filledIn(form: HTMLElement): Record<string, unknown> {
	const filled: Record<string, unknown> = {};
	for (const input of form.querySelectorAll("input")) {
		if (input.type === "checkbox") {
			if (input.checked) filled[input.name] = true;
		} else if (input.value !== "")
			filled[input.name] = input.type === "number" ? Number(input.value) : input.value;
	}
	return filled;
}
