/**
 * Pole: a console in tests, with a lamp's secret in its store and a technician who has it.
 */

import { Console } from "../../src/console/console.js";
import { REST } from "../../src/console/session.js";
import { SECRET_KEY } from "../../src/storekeys.js";
import type { Millis } from "../../src/units.js";
import { FakeHost } from "../support/fakehost.js";
import { KEPT_QUICKLY, SECRET } from "../support/technician.js";
import { Port, Terminal } from "../support/terminal.js";
import { FakeOwner } from "./fakeowner.js";

export { SECRET };

export class ConsoleRig {
	readonly port = new Port();
	readonly desk = new FakeOwner();
	readonly host = new FakeHost();
	/** Exceptions that the console reported. */
	readonly faults: string[] = [];
	console: Console;
	terminal = new Terminal();
	now: Millis = 0;
	private isIn = false;

	/** `secret` undefined: a lamp from the factory. */
	constructor(secret: string | undefined = KEPT_QUICKLY) {
		if (secret !== undefined) this.host.stored.set(SECRET_KEY, secret);
		this.console = this.boot();
	}

	/** Power comes, again perhaps. */
	boot(): Console {
		this.isIn = false;
		const doors = { ...this.port.doors, images: this.host.images };
		const onFault = (error: unknown) => void this.faults.push(String(error));
		this.console = new Console(doors, this.host.store, this.desk, this.now, onFault);
		return this.console;
	}

	/** Types and returns what the screen shows after it. */
	type(keys: string | readonly number[]): string {
		const before = this.terminal.lines.length;
		this.send(keys);
		return this.terminal.text.split("\n").slice(before).join("\n");
	}

	/** Types and returns what the line carries, as it is. */
	send(keys: string | readonly number[]): string {
		this.port.type(keys);
		do {
			this.console.onReadable(this.now);
			this.work();
		} while (this.port.typed.length > 0 && this.port.takes > 0);
		const text = this.port.received();
		this.terminal.show(text);
		return text;
	}

	/** The turns that are due for what was typed. */
	private work(): void {
		for (let { now } = this; this.console.dueAt <= now + REST && this.port.takes > 0; now += REST)
			this.console.tick(now + REST);
	}

	/** Time passes, with the turns that the console asks for. */
	pass(span: Millis): void {
		const until = this.now + span;
		while (this.console.dueAt <= until) {
			this.now = Math.max(this.now, this.console.dueAt);
			this.console.tick(this.now);
		}
		this.now = until;
		this.terminal.show(this.port.received());
	}

	login(): this {
		if (!this.isIn) this.type(`${SECRET}\r`);
		this.isIn = true;
		return this;
	}

	/** In plain mode, not logged in. */
	guessing(): this {
		this.send("\u0003plain\r");
		return this;
	}

	/** Runs one line, turning pages, and returns its answer. */
	run(line: string): string {
		this.login();
		this.terminal = new Terminal();
		this.type(`${line}\r`);
		while (this.terminal.line === "-- more --") this.type(" ");
		return this.terminal.text.split("\n").slice(1, -1).join("\n");
	}

	/** The same in plain mode: body and last line. */
	plain(line: string): string[] {
		return this.send(`${line}\r`).split("\r\n").slice(0, -1);
	}
}
