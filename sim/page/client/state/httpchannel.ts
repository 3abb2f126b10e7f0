/** HTTP channel: to a simulation in a process on this machine, by requests and Server-Sent Events. */
import type { Channel } from "../../channel.js";

async function answerOf(request: Promise<Response>): Promise<unknown> {
	try {
		const response = await request;
		if (!response.ok) return undefined;
		return response.status === 204 ? true : await response.json();
	} catch {
		return undefined; // the simulator is gone
	}
}

const JSON_HEADERS = { "Content-Type": "application/json" };

/** The path with fields as its query. */
function addressOf(path: string, fields: object): string {
	const given = Object.entries(fields).filter(([, value]) => value !== undefined);
	const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
	return query.size === 0 ? path : `${path}?${query}`;
}

export const HTTP: Channel = {
	read: (path, fields) => answerOf(fetch(addressOf(path, fields))) as never,
	act: (path, fields) =>
		answerOf(
			fetch(path, { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(fields) }),
		) as never,
	follow(path, fields, { open, lost, ...messages }) {
		const events = new EventSource(addressOf(path, fields)); // joins again by itself
		for (const [name, act] of Object.entries(messages as Record<string, (data: unknown) => void>))
			events.addEventListener(name, ({ data }: MessageEvent<string>) => act(JSON.parse(data)));
		if (open) events.addEventListener("open", open, { once: true });
		if (lost) events.addEventListener("error", lost);
		return () => events.close();
	},
};
