/**
 * Network: connects once and reports up and down; reconnecting is the lamp's decision.
 *
 * The SDK never reconnects by itself, and calls no callback after a requested disconnection.
 */
import { hasWifi, openInterface } from "host/joined";
import type { Turn } from "host/turn";
import type { NetworkDoor, NotAvailable } from "luminode/host";
import type { NetworkInterface } from "./interface";

export class Network implements NetworkDoor {
	readonly hasWifi = hasWifi;
	private readonly turn: Turn;
	private readonly onState: (isUp: boolean) => void;
	private door: NetworkInterface | undefined;
	private name = "";
	private password = "";
	private isUp = false;

	/** `onState` is called before the lamp's input. */
	constructor(turn: Turn, onState: (isUp: boolean) => void) {
		this.turn = turn;
		this.onState = onState;
	}

	open(): void {
		this.door = openInterface(this.turn.guarded(() => this.look()));
		this.tryToJoin(this.door);
	}

	useWifi(name: string, password: string): void {
		this.name = name;
		this.password = password;
		this.rejoin(); // nothing before it is open
	}

	rejoin(): true | NotAvailable {
		const { door } = this;
		if (!door) return "notAvailable";
		try {
			door.leave();
		} catch {
			// it was not connected
		}
		this.become(false);
		return this.tryToJoin(door) ? true : "notAvailable";
	}

	private tryToJoin(door: NetworkInterface): boolean {
		try {
			return door.join(this.name, this.password);
		} catch {
			return true; // "already connecting": its state is polled
		}
	}

	private look(): void {
		if (this.door) this.become(this.door.isUp());
	}

	private become(isUp: boolean): void {
		if (isUp === this.isUp) return;
		this.isUp = isUp;
		this.onState(isUp);
		this.turn.postLater((lamp, now) => lamp.onNetwork(now, isUp));
	}
}
