/**
 * Provider: the SDK imports it as `device`. Ours is empty: pins are in `pins.ts`, by import.
 */
export default { io: {}, pin: {} };
