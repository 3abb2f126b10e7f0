/** Config: what the SDK's modules read as `mc/config`, which it does not make for this platform. */
export default Object.freeze({ tls: Object.freeze({ DHE_RSA: false, ECDHE_RSA: true }) });
