/** Requests: small requests of the page to the simulator. */

/** Sends a small JSON body; undefined when the simulator is gone. */
export async function post(path: string, body: unknown): Promise<Response | undefined> {
	try {
		const headers = { "Content-Type": "application/json" };
		return await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
	} catch {
		return undefined;
	}
}

/** Sends it and reads the JSON answer; undefined without one. */
export async function ask<T>(path: string, body: unknown): Promise<T | undefined> {
	const response = await post(path, body);
	return response?.ok ? ((await response.json()) as T) : undefined;
}

/** Reads a JSON document; undefined when there is none. */
export async function read<T>(path: string): Promise<T | undefined> {
	try {
		const response = await fetch(path);
		return response.ok ? ((await response.json()) as T) : undefined;
	} catch {
		return undefined;
	}
}
