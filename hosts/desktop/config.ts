/**
 * Config: the SDK's modules import `mc/config`, which the SDK does not generate for this platform.
 */
export default Object.freeze({ tls: Object.freeze({ DHE_RSA: false, ECDHE_RSA: true }) });
