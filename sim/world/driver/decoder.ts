/**
 * Decoder: address, effect and answer of a forward frame of 16 bits at one driver.
 *
 * A configuration command counts only if the same frame comes twice with nothing in between; here
 * both must end within TIMING.twice, the strict reading.
 */
import {
	ADDRESS,
	ANSWER,
	CONFIGURATION,
	LED,
	LIGHT,
	QUERY,
	SPECIAL,
	STATUS,
} from "../../../lib/dali/commands.js";
import { FADES, LEVELS, TIMING } from "../../../lib/dali/timing.js";
import type { Random } from "../../../lib/random.js";
import { type Gear, MASK } from "./gear.js";

/** A backward frame; undefined: none. */
export type Answer = number | undefined;

const YES = ANSWER.yes.number;
const SHORT_MOST = 0x7f;
const isOf = (table: Readonly<Record<string, { readonly number: number }>>) => {
	const numbers = new Set(Object.values(table).map(({ number }) => number));
	return (opcode: number) => numbers.has(opcode);
};
const isConfiguration = isOf(CONFIGURATION);
/** Versions of the parts are two numbers in a byte: 2.1 is 8 + 1. */
const VERSION_AT = 0x16;
/** A D4i driver: LED, bus power, and the memory banks of parts 251 to 253 (*unverified*). */
const TYPES = [ANSWER.ledDevice.number, 49, 50, 51, 52, ANSWER.noType.number];
const MOST_NUMBER = 0xff_ffff;
/** INITIALISE counts for so long. */
const ADDRESSED = 15 * 60_000;
const TOP_RATE = 15;
/** Opcodes of device types begin there. */
const EXTENDED = 0xe0;
const FAILURE = { sound: 0, weak: 0, shorted: 1, open: 2 } as const;
const LED_NEXT = (SPECIAL.deviceType.number << 8) | ANSWER.ledDevice.number;

export class Decoder {
	#dtr0 = 0;
	#dtr1 = 0;
	#dtr2 = 0;
	#writes = false; // memory may be written
	#types = TYPES.length; // of TYPES, where the next question for a type is answered
	#isExtended = false; // the next command is one of device type 6
	#first: { frame: number; at: number } | undefined; // of a configuration command

	#addressedUntil = -Infinity; // it takes part in the addressing
	#isWithdrawn = false;
	#number = MOST_NUMBER; // drawn
	#searched = MOST_NUMBER;

	constructor(
		private readonly gear: Gear,
		private readonly random: Random,
	) {}

	/** Power came: registers are lost. */
	restart(): void {
		this.#dtr0 = this.#dtr1 = this.#dtr2 = 0;
		this.#writes = this.#isExtended = false;
		this.#first = undefined;
	}

	/** A forward frame ended at `now`. */
	receive(now: number, frame: number): Answer {
		const { gear } = this;
		if (!gear.isPowered || now < gear.missesUntil) return undefined;
		const first = this.#first;
		this.#first = undefined;
		const [address, data] = [frame >> 8, frame & 0xff];
		const types = this.#types;
		this.#types = TYPES.length;
		const isExtended = this.#isExtended;
		this.#isExtended = frame === LED_NEXT;
		if (address >= SPECIAL.terminate.number && address <= SPECIAL.writeSilently.number)
			return this.#addressing(now, frame, first) ?? this.#special(now, address, data);
		if (!this.#isMine(address)) return undefined;
		if ((address & 1) === 0) return this.#level(now, data);
		if (data >= EXTENDED && !isExtended && first?.frame !== frame) return undefined;
		if (data === QUERY.deviceType.number) this.#types = 0;
		else if (data === QUERY.nextDeviceType.number) {
			this.#types = types + 1;
			return TYPES[types];
		}
		if (!isConfiguration(data) && data !== LED.selectCurve.number) return this.#command(now, data);
		const isSecond = first?.frame === frame && now - first.at <= TIMING.twice.number;
		if (isSecond) this.#configure(now, data);
		else this.#first = { frame, at: now };
		return undefined;
	}

	#isMine(address: number): boolean {
		const { shortAddress } = this.gear.variables;
		const place = address & 0xfe;
		if (place === ADDRESS.broadcast.number) return true;
		if (place === ADDRESS.unaddressed.number) return shortAddress === MASK;
		return address <= SHORT_MOST && address >> 1 === shortAddress;
	}

	/** Numbers and addresses; what comes twice within its time acts. */
	#addressing(
		now: number,
		frame: number,
		first: { frame: number; at: number } | undefined,
	): Answer {
		const { initialise, randomise, compare, withdraw, terminate } = SPECIAL;
		const { searchHigh, searchMiddle, searchLow, programShort } = SPECIAL;
		const [command, data] = [frame >> 8, frame & 0xff];
		const isFound = this.#number === this.#searched;
		if (command === initialise.number || command === randomise.number) {
			const isSecond = first?.frame === frame && now - first.at <= TIMING.twice.number;
			if (!isSecond) this.#first = { frame, at: now };
			else if (command === initialise.number && data === 0) {
				this.#addressedUntil = now + ADDRESSED;
				this.#isWithdrawn = false;
			} else if (now < this.#addressedUntil)
				this.#number = Math.floor(this.random.between(0, MOST_NUMBER + 1));
		}
		if (command === terminate.number) this.#addressedUntil = -Infinity;
		if (!(now < this.#addressedUntil)) return undefined;
		const put = (shift: number) => {
			this.#searched = (this.#searched & ~(0xff << shift)) | (data << shift);
		};
		if (command === searchHigh.number) put(16);
		else if (command === searchMiddle.number) put(8);
		else if (command === searchLow.number) put(0);
		else if (command === compare.number)
			return !this.#isWithdrawn && this.#number <= this.#searched ? YES : undefined;
		else if (command === withdraw.number) this.#isWithdrawn ||= isFound;
		else if (command === programShort.number && isFound && (data & 0x81) === 1)
			this.gear.variables.shortAddress = data >> 1;
		return undefined;
	}

	#special(now: number, command: number, data: number): Answer {
		switch (command) {
			case SPECIAL.dtr0.number:
				this.#dtr0 = data;
				return undefined;
			case SPECIAL.dtr1.number:
				this.#dtr1 = data;
				return undefined;
			case SPECIAL.dtr2.number:
				this.#dtr2 = data;
				return undefined;
			case SPECIAL.write.number:
				return this.#write(now, data) ? data : undefined;
			case SPECIAL.writeSilently.number:
				this.#write(now, data);
				return undefined;
			default:
				this.#writes = false;
				return undefined;
		}
	}

	#write(now: number, byte: number): boolean {
		const { memory } = this.gear;
		if (!this.#writes || !memory.has(this.#dtr1)) return false;
		const at = this.#advance();
		return memory.write(this.#dtr1, at, byte, now);
	}

	/** DTR0, which then is the next address. */
	#advance(): number {
		const at = this.#dtr0;
		if (at < 0xff) this.#dtr0 = at + 1;
		return at;
	}

	#level(now: number, level: number): Answer {
		const { gear } = this;
		this.#writes = false;
		if (level === MASK) gear.hold(now);
		else gear.go(now, level, gear.fadeSpan);
		return undefined;
	}

	#command(now: number, opcode: number): Answer {
		const { gear } = this;
		const { dtr0, dtr1, dtr2, readMemory } = QUERY;
		// questions about registers leave the permission to write
		if (opcode === dtr0.number) return this.#dtr0;
		if (opcode === dtr1.number) return this.#dtr1;
		if (opcode === dtr2.number) return this.#dtr2;
		this.#writes = false;
		if (opcode === readMemory.number) {
			if (!gear.memory.has(this.#dtr1)) return undefined;
			return gear.memory.read(this.#dtr1, this.#advance(), now);
		}
		if (opcode <= LIGHT.goToLast.number) return this.#light(now, opcode);
		return this.#query(now, opcode);
	}

	#light(now: number, opcode: number): undefined {
		const { gear } = this;
		const { minLevel, maxLevel } = gear.variables;
		const level = Math.round(gear.levelAt(now));
		const isLit = level > 0;
		const off = LEVELS.off.number;
		const { off: offNow, stepUp, stepDown, stepDownAndOff, onAndStepUp } = LIGHT;
		const atOnce = (to: number) => gear.go(now, to, 0);
		const within = (to: number) => Math.min(Math.max(to, minLevel), maxLevel);
		if (opcode === offNow.number) atOnce(off);
		else if (opcode === LIGHT.recallMax.number) atOnce(maxLevel);
		else if (opcode === LIGHT.recallMin.number) atOnce(minLevel);
		else if (opcode === LIGHT.goToLast.number) gear.go(now, gear.lastActive, gear.fadeSpan);
		else if (opcode === onAndStepUp.number) atOnce(isLit ? within(level + 1) : minLevel);
		else if (!isLit)
			return undefined; // the others light no lamp
		else if (opcode === stepUp.number) atOnce(within(level + 1));
		else if (opcode === stepDown.number) atOnce(within(level - 1));
		else if (opcode === stepDownAndOff.number) atOnce(level > minLevel ? level - 1 : off);
		else if (opcode === LIGHT.up.number)
			gear.go(now, within(level + gear.fadeSteps), TIMING.step.number);
		else if (opcode === LIGHT.down.number)
			gear.go(now, within(level - gear.fadeSteps), TIMING.step.number);
		return undefined;
	}

	#configure(now: number, opcode: number): void {
		const { gear } = this;
		const { variables } = gear;
		const data = this.#dtr0;
		this.#writes = opcode === CONFIGURATION.enableWrite.number;
		switch (opcode) {
			case CONFIGURATION.reset.number:
				gear.reset(now);
				break;
			case CONFIGURATION.storeActual.number:
				this.#dtr0 = Math.round(gear.levelAt(now));
				break;
			case CONFIGURATION.setMax.number:
				variables.maxLevel = Math.max(Math.min(data, LEVELS.mask.number - 1), variables.minLevel);
				this.#keepWithin(now);
				break;
			case CONFIGURATION.setMin.number:
				variables.minLevel = Math.min(Math.max(data, gear.physicalMinimum), variables.maxLevel);
				this.#keepWithin(now);
				break;
			case CONFIGURATION.setFailure.number:
				variables.systemFailureLevel = data;
				break;
			case CONFIGURATION.setPowerOn.number:
				variables.powerOnLevel = data;
				break;
			case CONFIGURATION.setFadeTime.number:
				variables.fadeTime = Math.min(data, TOP_RATE);
				break;
			case CONFIGURATION.setFadeRate.number:
				variables.fadeRate = Math.min(Math.max(data, 1), TOP_RATE);
				break;
			case CONFIGURATION.setExtendedFade.number: {
				const isNone = data > FADES.extendedMost.number;
				variables.extendedBase = isNone ? 0 : data & FADES.base.number;
				variables.extendedMultiplier = isNone ? 0 : (data & FADES.multiplier.number) >> 4;
				break;
			}
			case LED.selectCurve.number:
				if (data <= 1) gear.setCurve(now, data);
				break;
			case CONFIGURATION.setShort.number:
				if (data === MASK) variables.shortAddress = MASK;
				else if ((data & 0x81) === 1) variables.shortAddress = data >> 1;
		}
	}

	/** A lamp that is lit beyond its new limits goes to them at once. */
	#keepWithin(now: number): void {
		const { gear } = this;
		const { minLevel, maxLevel } = gear.variables;
		const level = gear.target;
		if (level > 0 && (level < minLevel || level > maxLevel)) gear.go(now, level, 0);
	}

	#query(now: number, opcode: number): Answer {
		const { gear } = this;
		const { variables } = gear;
		const yes = (is: boolean): Answer => (is ? YES : undefined);
		switch (opcode) {
			case QUERY.status.number:
				return this.#status(now);
			case QUERY.present.number:
				return YES;
			case QUERY.lampFailure.number:
				return yes(gear.hasFailedLamp);
			case QUERY.lampOn.number:
				return yes(gear.isLitAt(now));
			case QUERY.limitError.number:
				return yes(gear.limitError);
			case QUERY.resetState.number:
				return yes(gear.isReset);
			case QUERY.missingShort.number:
				return yes(variables.shortAddress === MASK);
			case QUERY.version.number:
				return gear.memory.read(0, VERSION_AT, now);
			case QUERY.deviceType.number:
				return MASK; // several
			case LED.curve.number:
				return variables.curve;
			case LED.failure.number:
				return FAILURE[gear.source];
			case QUERY.physicalMinimum.number:
				return gear.physicalMinimum;
			case QUERY.powerFailure.number:
				return yes(gear.powerCycleSeen);
			case QUERY.actualLevel.number:
				return gear.hasFailedLamp ? MASK : Math.round(gear.levelAt(now));
			case QUERY.maxLevel.number:
				return variables.maxLevel;
			case QUERY.minLevel.number:
				return variables.minLevel;
			case QUERY.powerOnLevel.number:
				return variables.powerOnLevel;
			case QUERY.failureLevel.number:
				return variables.systemFailureLevel;
			case QUERY.fade.number:
				return (variables.fadeTime << 4) | variables.fadeRate;
			case QUERY.extendedFade.number:
				return (variables.extendedMultiplier << 4) | variables.extendedBase;
			default:
				return undefined;
		}
	}

	#status(now: number): number {
		const { gear } = this;
		const bit = (is: boolean, { number }: { readonly number: number }) => (is ? number : 0);
		return (
			bit(gear.hasFailedLamp, STATUS.lampFailure) |
			bit(gear.isLitAt(now), STATUS.lampOn) |
			bit(gear.limitError, STATUS.limitError) |
			bit(gear.fadesAt(now), STATUS.fadeRunning) |
			bit(gear.isReset, STATUS.resetState) |
			bit(gear.variables.shortAddress === MASK, STATUS.missingShort) |
			bit(gear.powerCycleSeen, STATUS.powerCycle)
		);
	}
}
