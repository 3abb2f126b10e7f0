/**
 * Layout: sizes and places in Mbed TLS on which hosts/tls relies. Compiled with its flags and with
 * ESP-IDF's, never linked; hosts/esp32/build.mk compares both.
 */
#include <psa/crypto.h>
#include <stddef.h>

#include "version.h"

#define OF(type, member) offsetof(type, MBEDTLS_PRIVATE(member))

__attribute__((section(".rodata.layout"))) const unsigned long luminodeLayout[] = {
	sizeof(mbedtls_ssl_context),
	sizeof(mbedtls_ssl_config),
	sizeof(mbedtls_ssl_session),
	sizeof(mbedtls_x509_crt),
	sizeof(mbedtls_pk_context),
	sizeof(psa_hash_operation_t),
	sizeof(psa_mac_operation_t),
	sizeof(psa_key_attributes_t),
	OF(mbedtls_ssl_context, state),
	OF(mbedtls_ssl_context, session_negotiate),
	OF(mbedtls_ssl_session, peer_cert),
};
