/** Ethernet: a cable; otherwise as the Wi-Fi beside it. */
export { default } from "./wifi.js";
