/** TCP: the SDK's, whose send buffer takes more than one packet of the lamp. */
export { default } from "embedded:io/socket/tcp";
