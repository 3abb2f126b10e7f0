/**
 * Pole: the host functions of one controller. The constructor opens no input: the light comes
 * first.
 */
import { crypto, Running } from "host/crypto";
import { NetworkStreams } from "host/streams";
import { utf8 } from "host/text";
import type { Turn } from "host/turn";
import type {
	Dimmer,
	Host,
	Indicator,
	Machine,
	PowerCause,
	Profile,
	Relay,
	Room,
} from "luminode/host";
import type { Lux, Millis, UtcMillis } from "luminode/units";
import Time from "time";
import type { PoleBoard } from "./board";
import { ClockChip } from "./clockchip";
import { LocalDatagrams } from "./datagrams";
import { JournalPartition, OtaSlots } from "./flash";
import { chipSerial, endBefore, idf, isResetBySoftware, random, retained, workOn } from "./machine";
import { Movement } from "./movement";
import { Network } from "./network";
import { NvsStore } from "./nvs";
import { openIndicator, openRelay } from "./outputs";
import { lightRangeOf, watchLight, watchTemperature } from "./probes";
import { TechnicianPort } from "./serialport";
import { TimeServer } from "./timeserver";

/** A clock with an earlier date was never set: 1 January 2026. */
const NEVER_SET = Date.UTC(2026, 0) as UtcMillis;

export class Esp32Host implements Host {
	readonly serial: string;
	readonly hardware: string;
	readonly profile = idf().luminode_profile() as Profile;
	readonly powerCause: PowerCause;
	readonly lightSensorRange: Lux | undefined;
	readonly dimmer: Dimmer;
	readonly relay: Relay | "notAvailable";
	readonly retained = retained;
	readonly indicator: Indicator;
	readonly serialPort = new TechnicianPort();
	readonly network: Network;
	readonly streams: NetworkStreams;
	readonly datagrams: LocalDatagrams;
	readonly store = new NvsStore();
	readonly flashLog = new JournalPartition();
	readonly images = new OtaSlots();
	readonly crypto = Object.freeze({ ...crypto, running: new Running(), random });
	readonly utf8 = utf8;
	/** ESP-IDF's heap: a release build does not count slots and chunks. */
	readonly machine: Machine;
	private readonly turn: Turn;
	private readonly board: PoleBoard;
	private readonly clockChip: ClockChip | undefined;
	private readonly timeServer: TimeServer;

	constructor(turn: Turn, board: PoleBoard, powerCause: PowerCause, dimmer: Dimmer) {
		this.turn = turn;
		this.board = board;
		// on probation it is this image's first boot; the previous image may have stored its reset
		// request elsewhere
		const isNew = this.images.state() === "probation" && isResetBySoftware();
		this.powerCause = isNew ? "update" : powerCause;
		this.dimmer = dimmer;
		const ended = endBefore();
		const isCrash = powerCause === "crash" || powerCause === "watchdog";
		this.machine = Object.freeze({
			freeBytes: () => idf().esp_get_minimum_free_heap_size(),
			endBefore: () => (isCrash ? ended : undefined),
			workIn: (room: Room) => workOn(turn.input, room),
		});
		this.hardware = board.hardware;
		this.lightSensorRange = lightRangeOf(board);
		const { relay, led, clock } = board;
		this.clockChip = clock && new ClockChip(clock);
		this.relay = (relay && this.opened(() => openRelay(relay))) ?? "notAvailable";
		this.indicator = this.opened(() => openIndicator(turn, led)) ?? openIndicator(turn, undefined);
		this.serial = this.store.read("serial") ?? chipSerial();
		this.streams = new NetworkStreams(turn, this.store);
		this.datagrams = new LocalDatagrams(turn);
		this.timeServer = new TimeServer(turn, this.store);
		this.network = new Network(turn, (isUp) => this.onNetwork(isUp));
	}

	/** After the first light: opens the inputs, the network after a pause. If one fails, the others still open. */
	listen(networkAfter: Millis = 0): void {
		const { turn, board } = this;
		this.opened(() => new Movement(turn, board.movement));
		this.opened(() => watchLight(turn, board));
		this.opened(() => watchTemperature(turn, board));
		this.opened(() => this.serialPort.open(turn, board.technician));
		const open = () => this.opened(() => this.network.open());
		if (networkAfter === 0 || !turn.after(networkAfter, open)) open();
	}

	monotonic(): Millis {
		return this.turn.clock.now();
	}

	/**
	 * The controller's clock survives every restart but a loss of power; a clock chip survives
	 * that, too.
	 */
	wallClock(): UtcMillis | undefined {
		const utc = Date.now() as UtcMillis;
		if (utc >= NEVER_SET) return utc;
		const kept = this.clockChip?.read();
		return kept !== undefined && kept >= NEVER_SET ? kept : undefined;
	}

	setWallClock(utc: UtcMillis): void {
		Time.set(utc / 1000);
		this.clockChip?.write(utc);
	}

	alarm(at: Millis): void {
		this.turn.alarm(at);
	}

	restart(_reason: string): void {
		idf().luminode_restart();
	}

	private onNetwork(isUp: boolean): void {
		this.streams.isUp = isUp;
		if (!isUp) {
			this.timeServer.stop();
			return;
		}
		this.datagrams.join();
		this.timeServer.start();
	}

	private opened<Thing>(open: () => Thing): Thing | undefined {
		try {
			return open();
		} catch (error) {
			this.turn.fault(error);
			return undefined;
		}
	}
}
