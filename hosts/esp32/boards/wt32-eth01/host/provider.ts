/** Provider: what the SDK calls `device`. Ours is empty: pins stand in `pins.ts`, and come by import. */
export default { io: {}, pin: {} };
