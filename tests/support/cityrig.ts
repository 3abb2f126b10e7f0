/** City rig: a folder, a broker and lamps at it, for the tests of one of the city's programs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "@jest/globals";
import { AedesBroker } from "./aedesbroker.js";
import { FakeFleet, type FakeLamp } from "./fakefleet.js";
import { TestStation } from "./station.js";

export interface CityRig {
	readonly folder: string;
	readonly broker: AedesBroker;
	readonly fleet: FakeFleet;
}

/** Each test of the file has a rig of its own; the programs that it left are ended. */
export function cityRig(settings?: FakeLamp["settings"]): CityRig {
	const rig = {} as { -readonly [name in keyof CityRig]: CityRig[name] };
	beforeEach(async () => {
		rig.folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
		rig.broker = await new AedesBroker().start();
		rig.fleet = new FakeFleet(rig.broker.url, undefined, settings);
	});
	afterEach(async () => {
		await TestStation.endAll();
		await rig.fleet.close();
		await rig.broker.stop();
		rmSync(rig.folder, { recursive: true });
	});
	return rig;
}
