/** World bus: the simulated driver and its bus behind a fake host, in place of the host's own. */
import { random } from "../../lib/random.js";
import { Bus as SimulatedBus } from "../../sim/world/driver/bus.js";
import { Gear, type GearOptions } from "../../sim/world/driver/gear.js";
import { identityOf } from "../../sim/world/driver/identity.js";
import type { Bus, BusInputs } from "../../src/host.js";
import type { FakeHost } from "./fakehost.js";

export class WorldBus implements Bus {
	readonly bus: SimulatedBus;
	readonly gear: Gear;
	frames = 0;
	private due: readonly [at: number, answer: number] | undefined;

	constructor(
		private readonly host: FakeHost,
		seed: number,
		options: Partial<GearOptions> = {},
	) {
		this.bus = new SimulatedBus(random(seed, "bus"));
		this.gear = WorldBus.gearOf(seed, options);
		this.bus.add(this.gear);
		this.bus.power(host.now, true);
	}

	static gearOf(seed: number, options: Partial<GearOptions> = {}): Gear {
		const contents = identityOf(random(seed, "identity"));
		return new Gear({ physicalMinimum: 85, contents, ...options });
	}

	send(frame: number, twice: boolean): boolean {
		if (this.due) return false;
		this.frames += 1;
		const { at } = this.bus.send(this.host.now, frame, twice);
		const reply = this.bus.receive(at);
		this.due = [Math.ceil(reply.at), reply.answer];
		return true;
	}

	arm(): void {}

	/** Lets time pass, with alarms and answers in their order. */
	run(until: number): void {
		const { host } = this;
		for (;;) {
			const at = this.due?.[0] ?? Infinity;
			const alarm = Math.max(host.alarmAt, host.now);
			const next = Math.min(at, alarm, this.bus.failsAt);
			if (next > until) break;
			if (this.bus.failsAt === next) this.bus.fail(next);
			else if (alarm < at) host.run(alarm);
			else {
				host.now = at;
				const answer = this.due![1];
				this.due = undefined;
				host.deliver((inputs, now) => (inputs as BusInputs).onBusAnswered(now, answer));
			}
		}
		host.run(until);
	}
}
