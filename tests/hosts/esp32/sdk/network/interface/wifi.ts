/** Wi-Fi: never joins again by itself, throws while it joins, and says nothing when told to leave. */
import { power } from "../../../controller.js";

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
	connect(options: object): void {
		if (!power.on.canConnect) throw new Error("already connecting");
		power.on.joins.push(options);
	}
	disconnect(): void {
		power.on.leaves += 1;
		power.on.connection = 200;
	}
}
