/** What the SDK's simulators offer an application (build/simulators/modules/control.js). */
declare module "control" {
	export default class Control {
		onJSON(json: object): void;
		postJSON(json: object): void;
	}
}
