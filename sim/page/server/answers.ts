/** Answers of the desk to the page, whatever carries them. */

export interface Answer {
	/** As of HTTP (RFC 9110, 15). */
	readonly status: number;
	/** Media type; empty without a body. */
	readonly type: string;
	readonly body: string | Uint8Array;
	/** The body is compressed (RFC 1952). */
	readonly isPacked?: true;
	/** Ask again after so many seconds. */
	readonly again_s?: number;
}

/** Done, and nothing to say. */
export const DONE = 204;

export const status = (code: number): Answer => ({ status: code, type: "", body: "" });

export const json = (body: unknown, code = 200): Answer => ({
	status: code,
	type: "application/json",
	body: JSON.stringify(body),
});

export const packed = (body: Uint8Array): Answer => ({
	status: 200,
	type: "application/json",
	body,
	isPacked: true,
});

export const text = (kind: "html" | "css" | "plain", body: string, code = 200): Answer => ({
	status: code,
	type: `text/${kind}; charset=utf-8`,
	body,
});

/** A page that follows a stream. */
export interface Follower {
	/** Bytes that wait for a slow reader. */
	readonly backlog: number;
	/** A message by its name, as JSON. */
	send(name: string, message: string): void;
	/** No message follows; the page joins again. */
	end(): void;
	/** Likewise at once, without what waits. */
	drop(): void;
}
