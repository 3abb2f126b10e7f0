/**
 * Network: connects once and reports up and down; reconnecting is the lamp's decision.
 *
 * The SDK never reconnects by itself, and calls no callback after a requested disconnection.
 */
import { hasWifi, openInterface } from "host/joined";
import type { Turn } from "host/turn";
import type { JoinRefusal, NetworkDoor, NetworkState, NotAvailable, WifiRow } from "luminode/host";
import { CONNECTS, HAS_ADDRESS, IS_LINKED, type NetworkInterface } from "./interface";

export class Network implements NetworkDoor {
	readonly hasWifi = hasWifi;
	private readonly turn: Turn;
	private readonly onState: (isUp: boolean) => void;
	private door: NetworkInterface | undefined;
	private name = "";
	private password = "";
	private isUp = false;
	private isJoining = false;
	private networks: readonly WifiRow[] | undefined; // of the last scan, once it has ended

	/** `onState` is called before the lamp's input. */
	constructor(turn: Turn, onState: (isUp: boolean) => void) {
		this.turn = turn;
		this.onState = onState;
	}

	open(): void {
		this.door = openInterface(this.turn.guarded(() => this.onChanged()));
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

	facts(): NetworkState {
		return this.door?.facts() ?? {};
	}

	scan(): true | NotAvailable {
		return this.look(() => {}) ? true : "notAvailable";
	}

	found(index: number): WifiRow | null | undefined {
		return this.networks ? this.networks[index] : null;
	}

	/** Begins a scan; false: none is possible, or one is under way. */
	private look(onDone: (found: readonly WifiRow[]) => void): boolean {
		const { door } = this;
		if (!door?.scan) return false;
		this.networks = undefined;
		try {
			door.scan(
				this.turn.guarded((found: readonly WifiRow[]) => {
					this.networks = found;
					onDone(found);
				}),
			);
			return true;
		} catch {
			this.networks = [];
			return false;
		}
	}

	private tryToJoin(door: NetworkInterface): boolean {
		this.isJoining = true;
		try {
			return door.join(this.name, this.password);
		} catch {
			return true; // "already connecting": its state is polled
		}
	}

	private onChanged(): void {
		const { door } = this;
		if (!door) return;
		const { connection } = door;
		const hasFailed = this.isJoining && connection < CONNECTS;
		if (connection !== CONNECTS) this.isJoining = false;
		if (hasFailed) this.explain();
		else if (connection >= IS_LINKED && connection < HAS_ADDRESS) this.reportFailure("noAddress");
		this.become(connection >= HAS_ADDRESS);
	}

	/** A Wi-Fi that is in reach did not admit the lamp. The SDK gives no reason. */
	private explain(): void {
		const { name } = this;
		this.look((found) => {
			if (!this.isUp && name === this.name)
				this.reportFailure(
					found.some((each) => each.name === name) ? "wifiRefused" : "wifiNotFound",
				);
		});
	}

	private reportFailure(why: JoinRefusal): void {
		this.turn.postLater("network", (lamp, now) => lamp.onNetwork(now, this.isUp, why));
	}

	private become(isUp: boolean): void {
		if (isUp === this.isUp) return;
		this.isUp = isUp;
		this.onState(isUp);
		this.turn.postLater("network", (lamp, now) => lamp.onNetwork(now, isUp));
	}
}
