/** Wi-Fi: never joins again by itself, throws while it joins, and calls back nothing on leave. */
import { power } from "../../../controller.js";

interface Scan {
	onFound(found: { SSID: string; RSSI: number; channel: number }): void;
	onComplete(): void;
}

export default class WiFi {
	constructor(options: { onChanged(property: string): void }) {
		power.on.fail("wifi");
		power.on.order.push("wifi");
		power.on.hasInterface = true;
		power.on.onChanged = options.onChanged;
	}
	get connection(): number {
		return power.on.connection;
	}
	readonly address = "192.168.1.7";
	readonly MAC = "30:ae:a4:00:00:07";
	readonly RSSI = -61;
	readonly channel = 6;
	connect(options: object): void {
		if (!power.on.canConnect) throw new Error("already connecting");
		power.on.joins.push(options);
	}
	disconnect(): void {
		power.on.leaves += 1;
		power.on.connection = 200;
	}
	scan({ onFound, onComplete }: Scan): void {
		if (power.on.radio === undefined) throw new Error("scan failed");
		const names = power.on.radio;
		power.on.scans.push(() => {
			for (const SSID of names) onFound({ SSID, RSSI: -70, channel: 11 });
			onComplete();
		});
	}
}
