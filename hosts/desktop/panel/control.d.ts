/**
 * The part of the SDK's simulators that an application uses (build/simulators/modules/control.js).
 */
declare module "control" {
	export default class Control {
		onJSON(json: object): void;
		postJSON(json: object): void;
	}
}
