/**
 * Version: differences between Mbed TLS 3.6 (Debian) and 4 (ESP-IDF 6.0); nothing else names one.
 *
 * Version 4 has no random source as an argument: PSA's is the only one.
 */
#ifndef LUMINODE_VERSION_H
#define LUMINODE_VERSION_H

#include <mbedtls/build_info.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#if MBEDTLS_VERSION_MAJOR < 4
#include <mbedtls/psa_util.h>
#endif

#if !defined(MBEDTLS_SSL_KEEP_PEER_CERTIFICATE)
#error "luminode judges the peer's chain between two steps: MBEDTLS_SSL_KEEP_PEER_CERTIFICATE"
#endif

static inline int versionParseKey(mbedtls_pk_context *key, const uint8_t *bytes, size_t count)
{
#if MBEDTLS_VERSION_MAJOR < 4
	return mbedtls_pk_parse_key(key, bytes, count, NULL, 0, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
#else
	return mbedtls_pk_parse_key(key, bytes, count, NULL, 0);
#endif
}

static inline int versionCheckPair(mbedtls_pk_context *pub, mbedtls_pk_context *prv)
{
#if MBEDTLS_VERSION_MAJOR < 4
	return mbedtls_pk_check_pair(pub, prv, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
#else
	return mbedtls_pk_check_pair(pub, prv);
#endif
}

static inline void versionConfigure(mbedtls_ssl_config *config)
{
#if MBEDTLS_VERSION_MAJOR < 4
	mbedtls_ssl_conf_rng(config, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
	mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
		config, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED); /* 4 always does */
#else
	(void) config;
#endif
}

/* Neither version has functions for the two below. */

static inline int versionStateOf(const mbedtls_ssl_context *ssl)
{
	return ssl->MBEDTLS_PRIVATE(state);
}

/** The peer's certificates as they came, while the handshake goes on; NULL: none. */
static inline mbedtls_x509_crt *versionPeerIn(const mbedtls_ssl_context *ssl)
{
	mbedtls_ssl_session *session = ssl->MBEDTLS_PRIVATE(session_negotiate);
	return session ? session->MBEDTLS_PRIVATE(peer_cert) : NULL;
}

#endif
