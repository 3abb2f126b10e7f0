/**
 * Cases: lamps in states that matter, and what comes to each of them afterwards.
 *
 * `lived` is what led to the state, `goes` what follows it; minutes from its own beginning each. A
 * case is here for a record of the store, or a cause of a boot, that no other case has.
 */
import { EC } from "../hosts/moddable/certificates.js";
import { datagramOf, GROUP, SITE, KEY as SITE_KEY } from "../support/neighbour.js";
import { KEPT, KEPT_AS, SECRET } from "../support/technician.js";
import type { Pole } from "./pole.js";
import {
	desired,
	evening,
	eveningWithoutClock,
	fed,
	forged,
	HOUR,
	offered,
	orderAt,
	untilRestart,
	withoutBroker,
	world,
} from "./scripts.js";
import { KEY } from "./signed.js";
import type { Begin } from "./state.js";

export interface Case {
	/** What is in the state that must not be lost. */
	readonly about: string;
	/** UTC of its first minute. */
	readonly from?: string;
	/** Settings as the depot stored them, over those of all. */
	readonly settings?: Readonly<Record<string, object>>;
	readonly keys?: Readonly<Record<string, string>>;
	readonly lived: (pole: Pole) => void;
	/** When the state is recorded; it is earlier where the lamp starts over and stays down. */
	readonly until: number;
	readonly begin: Begin;
	readonly goes: (pole: Pole) => void;
	readonly goesUntil: number;
}

const CALENDAR = {
	program: "sunset 60; 22:00 40; 05:30 60; sunrise 0",
	latitude: 50.6,
	longitude: 5.6,
	zone: "CET-1CEST,M3.5.0,M10.5.0/3",
};
const LINK = {
	brokerHost: "broker",
	brokerPort: 1883,
	brokerTls: false,
	reconnectSpread: 10,
	telemetryInterval: 3600,
	replySpread: 0,
};
const SETTINGS = {
	identity: { site: SITE, node: "pole-1" },
	link: LINK,
	calendar: CALENDAR,
};
export const FROM = "2026-11-24T15:00:00.000Z";
export const settingsOf = (frozenCase: Case) => ({ ...SETTINGS, ...frozenCase.settings });
export const keysOf = (frozenCase: Case) => ({ [KEPT_AS]: KEPT, ...frozenCase.keys });

/** A signed image is fetched and activated in the first life. */
const IMAGE_ACTIVATED = {
	keys: { "update.key": KEY },
	lived: offered,
	until: 22 * HOUR,
	goes: evening,
	goesUntil: 2 * HOUR,
};

export const CASES: Readonly<Record<string, Case>> = {
	orders: {
		about:
			"An override, an emergency and work on the lamp stand, each with its end; orders are known by " +
			"their ids; road users and energy are counted. A crash: the clock runs on.",
		lived: (pole) => {
			world(pole, 4 * HOUR);
			orderAt(pole, 3 * HOUR, { id: "o-1", command: "override", level: 75 }, 200);
			orderAt(pole, 3 * HOUR + 5, { id: "m-1", command: "maintenanceMode" }, 90);
			const emergency = { id: "e-1", command: "emergency" };
			orderAt(pole, 3 * HOUR + 10, emergency, 120, "liege/pole-1/emergency");
			orderAt(pole, 3 * HOUR + 15, { id: "s-1", command: "selfTest" });
		},
		until: 4 * HOUR,
		begin: { cause: "crash", away: 0 },
		goes: (pole) => {
			evening(pole);
			orderAt(pole, 10, { id: "o-1", command: "override", level: 10 }); // a repeat
			orderAt(pole, 11, { id: "x-1", command: "explain" });
			orderAt(pole, 12, { id: "l-1", command: "log" });
		},
		goesUntil: 6 * HOUR,
	},
	ordersClockLost: {
		about:
			"An override below the floor and an emergency, taken by a clock that is gone after a loss of " +
			"power: both end when what was left of them is over.",
		lived: (pole) => {
			world(pole, 4 * HOUR);
			const low = { level: 5, belowFloor: true, rampToLevelTime: 2, inhibitSensors: true };
			orderAt(pole, 3 * HOUR, { id: "o-2", command: "override", ...low }, 240);
			const emergency = { id: "e-2", command: "emergency" };
			orderAt(pole, 3 * HOUR + 30, emergency, 100, "liege/all/emergency");
		},
		until: 4 * HOUR + 7,
		begin: { cause: "powerOn", away: 20 },
		goes: eveningWithoutClock,
		goesUntil: 6 * HOUR,
	},
	settings: {
		about:
			"Settings of the depot under the lamp's seal, a revision of the city, a change at the pole, a " +
			"secret of its own, a wrong guess, the city's CA, a certificate and its key, the key of images.",
		settings: {
			identity: { site: SITE, node: "pole-1", group: "quay" },
			link: { ...LINK, brokerTls: true, wifiName: "street", wifiPassword: "lamps of the quay" },
		},
		keys: { "update.key": KEY, "tls.cert": "a certificate", "tls.key": "its key" },
		lived: (pole) => {
			world(pole, 5 * HOUR);
			pole.at(1, () => pole.type("certificate ca", ...EC.split("\n"))); // no session stood yet
			pole.at(60, () => desired(pole, "light", 7, 2, { floorLevel: 25, riseTime: 0.5 }));
			pole.at(60.1, () => desired(pole, "power", 7, 2, { ledPower_W: 44 }));
			pole.at(120, () => pole.type("set hold 45", "apply", "confirm"));
			pole.at(130, () => pole.type("set brokerPassword hers", "apply"));
			pole.at(135, () => pole.type("confirm"));
			pole.at(150, () => pole.type("secret ANOTHERLAMPSSECRET", "logout"));
			pole.at(160, () => pole.type(`login ${SECRET}`)); // no longer it
		},
		until: 5 * HOUR,
		begin: { cause: "powerOn", away: 1 },
		goes: (pole) => {
			evening(pole);
			pole.at(20, () => pole.type("login ANOTHERLAMPSSECRET", "set hold 50", "apply", "confirm"));
			pole.at(30, () => desired(pole, "light", 8, 1, { floorLevel: 30, hold: 40 }));
			pole.at(40, () => desired(pole, "light", 9, 1, { floorLevel: 101 })); // refused
			orderAt(pole, 50, { id: "r-1", command: "report" });
		},
		goesUntil: 3 * HOUR,
	},
	certificatesOnTrial: {
		about:
			"Another broker and another CA are in force until a session stood, and none does: the set before " +
			"is still there. A brownout in the middle of the trial.",
		settings: { link: { ...LINK, brokerTls: true } },
		keys: { "tls.ca": "the CA before" },
		lived: (pole) => {
			world(pole, 3 * HOUR);
			pole.at(160, () => pole.type("certificate ca", ...EC.split("\n")));
			pole.at(160, () => pole.type("set brokerHost elsewhere", "apply"));
			pole.at(161, () => pole.type("confirm"));
		},
		until: 165,
		begin: { cause: "brownout", away: 0 },
		goes: evening,
		goesUntil: 2 * HOUR,
	},
	settingsCollected: {
		about:
			"Two of the three sections of a revision have come, and a change at the pole is applied and " +
			"not yet confirmed, when the lamp restarts.",
		lived: (pole) => {
			untilRestart(pole);
			pole.at(120, () => pole.type("set floorLevel 45", "apply"));
			pole.at(122, () => desired(pole, "light", 4, 3, { floorLevel: 35 }));
			pole.at(122.1, () => desired(pole, "power", 4, 3, { ledPower_W: 50 }));
			pole.at(123, () => pole.type("restart"));
		},
		until: 3 * HOUR,
		begin: { cause: "restart", away: 0 },
		goes: (pole) => {
			evening(pole);
			pole.at(5, () => desired(pole, "calendar", 4, 3, { ...CALENDAR, program: "sunset 50" }));
		},
		goesUntil: 2 * HOUR,
	},
	outboxKept: {
		about:
			"The broker has been away for nine hours, and stays away: readings and events wait, and what " +
			"waits is neither lost nor doubled in flash.",
		lived: withoutBroker,
		until: 13 * HOUR + 3,
		begin: { cause: "watchdog", away: 0 },
		goes: (pole) => {
			pole.isBrokerReachable = false;
			evening(pole);
			pole.at(4 * HOUR, () => {
				pole.isBrokerReachable = true;
			});
		},
		goesUntil: 5 * HOUR,
	},
	imageGoneBack: {
		about:
			"A signed image was fetched and activated, and power is lost on probation: the image before runs, says so, and tries again.",
		...IMAGE_ACTIVATED,
		begin: { cause: "powerOn", away: 2 },
	},
	feeder: {
		about:
			"A feeder switched at the cabinet, in its sixth night, a clock in the first alone: midnight is " +
			"learnt from the nights. Cut in the evening for a minute; then fed as before.",
		settings: { power: { supply: "switched" } },
		lived: (pole) => {
			fed(pole, 5);
			pole.at(2 * HOUR, () => {
				pole.hasClock = false;
			});
		},
		until: 5 * 24 * HOUR + 4 * HOUR,
		begin: { cause: "powerOn", away: 1 },
		goes: (pole) => {
			pole.hasClock = false;
			world(pole, 35 * HOUR);
			pole.at(11 * HOUR + 40, () => pole.cut());
			const dusk = 20 * HOUR + 50;
			pole.at(dusk - 1, () => pole.begin({ cause: "powerOn", away: dusk }));
		},
		goesUntil: 35 * HOUR,
	},
	sensors: {
		about:
			"A movement sensor that saw nobody for days is in doubt, so is a light sensor that says nothing; " +
			"datagrams of neighbours are accepted, a run of forged datagrams stands.",
		settings: {
			sensing: {
				neighbourGroup: GROUP,
				poleNumber: 10,
				siteKey: SITE_KEY,
				pirSilentAfter: 12,
				lampResponse: 8,
			},
		},
		lived: (pole) => {
			world(pole, 18 * HOUR, 0);
			for (const minute of [30, 31, 32]) pole.at(minute, () => pole.move(minute % 2 === 0));
			pole.at(10 * HOUR, () => pole.receive(datagramOf({ pole: 9, counter: 5 })));
			for (let index = 0; index < 5; index += 1)
				pole.at(17 * HOUR + 40 + index, () => pole.receive(forged(index)));
		},
		until: 18 * HOUR,
		begin: { cause: "watchdog", away: 0 },
		goes: (pole) => {
			world(pole, 12 * HOUR, 0);
			pole.at(20, () => pole.receive(datagramOf({ pole: 9, counter: 6 })));
			pole.at(21, () => pole.receive(datagramOf({ pole: 11, counter: 3 })));
			for (let minute = 6 * HOUR; minute < 11 * HOUR; minute += 60) {
				pole.at(minute, () => pole.move(true));
				pole.at(minute + 1, () => pole.move(false));
			}
		},
		goesUntil: 12 * HOUR,
	},
	place: {
		about: "The node stands in the place of a dead one: life and counters wait for its next boot.",
		lived: (pole) => {
			untilRestart(pole);
			orderAt(pole, 150, {
				id: "n-1",
				command: "nodeReplaced",
				commandConfirmation: true,
				life: 17,
				activeEnergy_kWh: 1234.5,
				energySaved_kWh: 2345,
				operatingHours: 4021,
				switchOnCounter: 365,
				accumulatedRoadUserNumber: 99,
				accumulatedSince: "2025-01-01T00:00:00Z",
			});
		},
		until: 3 * HOUR,
		begin: { cause: "restart", away: 0 },
		goes: evening,
		goesUntil: 3 * HOUR,
	},
	luminaire: {
		about: "A new light source was put in: its hours begin anew, the energy goes on.",
		lived: (pole) => {
			world(pole, 4 * HOUR);
			const replaced = { id: "n-2", command: "luminaireReplaced", commandConfirmation: true };
			orderAt(pole, 3 * HOUR, { ...replaced, ledPower_W: 29.5 });
		},
		until: 3 * HOUR + 30,
		begin: { cause: "powerOn", away: 1 },
		goes: evening,
		goesUntil: 2 * HOUR,
	},
	reset: {
		about: "A technician has reset it: of all that it held its count of lives alone is left.",
		lived: (pole) => {
			untilRestart(pole);
			pole.at(150, () => pole.type("factoryReset fake-0001"));
		},
		until: 3 * HOUR,
		begin: { cause: "restart", away: 0 },
		goes: evening,
		goesUntil: HOUR,
	},
};
