/**
 * Ethernet: on leave it forgets its address and no more: DHCP runs on. On connect it asks for
 * none where DHCP runs, and says "connecting" until an address comes.
 */
import { power } from "../../../controller.js";

export default class Ethernet {
	constructor(options: { onChanged(property: string): void }) {
		power.on.order.push("ethernet");
		power.on.hasInterface = true;
		power.on.onChanged = options.onChanged;
	}
	get connection(): number {
		const { isPlugged, hasAddress, isConnecting } = power.on.cable;
		if (isPlugged && hasAddress) return 500;
		if (isConnecting) return 300;
		return isPlugged ? 400 : 200;
	}
	readonly address = "192.168.1.8";
	readonly MAC = "30:ae:a4:00:00:08";
	connect(): void {
		if (power.on.cable.isConnecting) throw new Error("already connecting");
		power.on.cable.isConnecting = true;
	}
	disconnect(): void {
		power.on.cable.isConnecting = false;
		power.on.cable.hasAddress = false;
	}
}
